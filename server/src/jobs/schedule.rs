//! Periodic tasks, e.g. deleting expired sessions. Each of several servers runs them, so a task must be
//! harmless when it runs on several at once.

use std::{fmt, sync::Arc, time::Duration};

use futures::{
    FutureExt as _,
    future::{BoxFuture, join_all},
};

use super::{model::Failure, notifier::Notifier};

/// A periodic task.
type Task = Arc<dyn Fn() -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>;

/// The tasks with their intervals.
#[derive(Clone, Default)]
pub struct Schedule(Vec<Entry>);

#[derive(Clone)]
struct Entry {
    name: &'static str,
    every: Duration,
    task: Task,
}

impl fmt::Debug for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.0.iter().map(|entry| (entry.name, entry.every));
        f.debug_map().entries(entries).finish()
    }
}

impl Schedule {
    /// Adds a task, which runs at the start and then every `every`.
    #[must_use]
    pub fn every<F>(
        mut self,
        every: Duration,
        name: &'static str,
        task: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        self.0.push(Entry {
            name,
            every,
            task: Arc::new(move || task().boxed()),
        });
        self
    }

    /// Runs the tasks until [`Notifier::stop`].
    pub async fn run(&self, notifier: &Notifier) {
        join_all(self.0.iter().map(|entry| repeat(notifier, entry))).await;
    }
}

async fn repeat(notifier: &Notifier, entry: &Entry) {
    loop {
        if let Err(failure) = (entry.task)().await {
            tracing::error!(
                task = entry.name,
                reason = failure.reason(),
                "a task of the schedule failed"
            );
        }
        if !notifier.sleep(entry.every).await {
            return;
        }
    }
}
