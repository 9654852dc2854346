//! What happens now and then without anybody asking: tidying up. Each server does it for itself,
//! so a task harms nobody by running on several.

use std::time::Duration;

use futures::future::{BoxFuture, join_all};

use super::Failure;
use crate::http::App;

/// Something to do now and then.
pub type Task = for<'a> fn(&'a App) -> BoxFuture<'a, Result<(), Failure>>;

/// What to do how often.
#[derive(Debug, Clone, Default)]
pub struct Schedule(Vec<Entry>);

#[derive(Debug, Clone, Copy)]
struct Entry {
    name: &'static str,
    every: Duration,
    task: Task,
}

impl Schedule {
    /// With one more task, done at the start and then after every `every`.
    #[must_use]
    pub fn every(mut self, every: Duration, name: &'static str, task: Task) -> Self {
        self.0.push(Entry { name, every, task });
        self
    }

    /// Does everything at its time until [`super::Bell::stop`].
    pub async fn run(&self, app: &App) {
        join_all(self.0.iter().map(|entry| repeat(app, *entry))).await;
    }
}

async fn repeat(app: &App, entry: Entry) {
    loop {
        if let Err(failure) = (entry.task)(app).await {
            tracing::error!(
                task = entry.name,
                reason = failure.reason(),
                "a task of the schedule failed"
            );
        }
        if !app.jobs.sleep(entry.every).await {
            return;
        }
    }
}
