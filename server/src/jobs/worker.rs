//! Workers, and what they receive.

use std::{collections::BTreeMap, fmt, sync::Arc};

use futures::{FutureExt as _, future::BoxFuture};
use sea_orm::DbErr;
use serde_json::Value;

use super::{
    model::{Failure, Job, Retry},
    notifier::Notifier,
    store::{self, Done},
};
use crate::{clock::Clock, db::Db, ids::JobId};

/// The queue of an installation. Cheap to clone.
#[derive(Clone)]
pub struct Queue {
    /// Where the jobs are.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// Wakes and stops the runners.
    pub notifier: Notifier,
}

/// One attempt at a job.
#[derive(Clone)]
pub struct JobRun {
    pub(super) queue: Queue,
    pub(super) job_id: JobId,
    pub(super) attempt: i32,
}

impl JobRun {
    /// The job's id, as returned by [`super::enqueue`].
    #[must_use]
    pub const fn job_id(&self) -> JobId {
        self.job_id
    }

    /// Stores that `done` of `total` parts are done, and renews the lease.
    ///
    /// # Errors
    /// The database fails, or another runner has taken the job: this one was too slow and should end.
    pub async fn progress(&self, done: u32, total: u32) -> Result<(), Failure> {
        let (id, attempt, now) = (self.job_id, self.attempt, self.queue.clock.now());
        let is_ours = self
            .queue
            .db
            .write::<_, DbErr>(async move |txn| {
                store::progress(txn, now, (id, attempt), (done, total)).await
            })
            .await?;
        if is_ours {
            Ok(())
        } else {
            Err(Failure::transient("another runner has taken the job"))
        }
    }
}

type Work = dyn Fn(Value, JobRun) -> BoxFuture<'static, Result<Done, Failure>> + Send + Sync;

/// A worker, type-erased.
#[derive(Clone)]
pub(super) struct Worker {
    pub(super) retry: Retry,
    pub(super) work: Arc<Work>,
}

/// The workers by their kind of job.
#[derive(Clone, Default)]
pub struct Workers(BTreeMap<&'static str, Worker>);

impl fmt::Debug for Workers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Workers {
    /// Adds a worker. `work` may be called again for the same job.
    #[must_use]
    pub fn with<J, F, W>(mut self, work: W) -> Self
    where
        J: Job,
        F: Future<Output = Result<J::Output, Failure>> + Send + 'static,
        W: Fn(J, JobRun) -> F + Send + Sync + 'static,
    {
        let work = move |payload: Value, run: JobRun| {
            let job = read::<J>(payload.clone());
            let working = job.map(|job| work(job, run));
            async move {
                let output = working?.await?;
                let mut job = read::<J>(payload)?;
                job.redact();
                Ok(Done {
                    output: serde_json::to_value(output)?,
                    payload: serde_json::to_value(job)?,
                })
            }
            .boxed()
        };
        let worker = Worker {
            retry: J::RETRY,
            work: Arc::new(work),
        };
        self.0.insert(J::KIND, worker);
        self
    }

    /// The names of their kinds of jobs.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    pub(super) fn of(&self, kind: &str) -> Option<&Worker> {
        self.0.get(kind)
    }
}

fn read<J: Job>(payload: Value) -> Result<J, Failure> {
    serde_json::from_value(payload)
        .map_err(|error| Failure::permanent(format!("the job cannot be read: {error}")))
}
