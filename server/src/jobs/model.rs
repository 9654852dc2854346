//! Jobs and their workers, how they fail, and when a failed job is tried again.

use std::{collections::BTreeMap, fmt, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use futures::{FutureExt as _, future::BoxFuture};
use sea_orm::DbErr;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use super::{Notifier, store};
use crate::{clock::Clock, db::Db};

/// Work to be done outside a request. Its fields are what the worker needs to know; they are kept as JSON, so a
/// field added later needs `#[serde(default)]`.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// Names the kind of work in the database. Never changed once it was in a release.
    const KIND: &'static str;

    /// When a failed job is tried again.
    const RETRY: Retry = Retry::SOON;

    /// What the work leaves behind for whoever asked for it, kept as JSON.
    type Output: Serialize + DeserializeOwned + Send;

    /// Removes from a job that is done what need not be kept, such as a one-time link.
    fn forget(&mut self) {}
}

/// When a failed job is tried again: after `first`, then after four times as long each time, `longest` at most.
/// After [`Retry::ATTEMPTS`] tries the job is dead: somebody has to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    first: TimeDelta,
    longest: TimeDelta,
}

impl Retry {
    /// How often a job is tried.
    pub const ATTEMPTS: i32 = 8;

    /// After 10 seconds at first, every 6 hours at last: what fails for a reason in this installation.
    pub const SOON: Self = Self {
        first: TimeDelta::seconds(10),
        longest: TimeDelta::hours(6),
    };

    /// After a minute at first, a day at last: what depends on somebody else's server.
    pub const PATIENT: Self = Self {
        first: TimeDelta::minutes(1),
        longest: TimeDelta::days(1),
    };

    /// When to try again after the given number of tries; `None`: never.
    pub(super) fn after(self, now: DateTime<Utc>, attempts: i32) -> Option<DateTime<Utc>> {
        if attempts >= Self::ATTEMPTS {
            return None;
        }
        let exponent = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
        let factor = 4_i32.saturating_pow(exponent);
        let wait = self.first.checked_mul(factor).unwrap_or(self.longest);
        Some(now + wait.min(self.longest))
    }
}

/// Why a job was not done. Any error becomes a transient one with `?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    reason: String,
    is_permanent: bool,
}

impl Failure {
    /// It may work later: the job is tried again.
    #[must_use]
    pub fn transient(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            is_permanent: false,
        }
    }

    /// It can never work: the job is dead at once.
    #[must_use]
    pub fn permanent(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            is_permanent: true,
        }
    }

    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    pub(super) const fn is_permanent(&self) -> bool {
        self.is_permanent
    }
}

// Not an error itself, so that every error can become one.
impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::transient(error.to_string())
    }
}

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

/// One try at a job.
#[derive(Clone)]
pub struct Run {
    pub(super) queue: Queue,
    pub(super) job_id: Uuid,
    pub(super) attempt: i32,
}

impl Run {
    /// The job, under the id that [`super::enqueue`] gave.
    #[must_use]
    pub const fn job_id(&self) -> Uuid {
        self.job_id
    }

    /// Notes that `done` of `total` parts are done, for whoever waits, and keeps the job for another lease.
    ///
    /// # Errors
    /// The database fails, or another runner has taken the job since: this one was too slow and should end.
    pub async fn progress(&self, done: u32, total: u32) -> Result<(), Failure> {
        let (id, attempt, now) = (self.job_id, self.attempt, self.queue.clock.now());
        let is_ours = self
            .queue
            .db
            .write::<_, DbErr>(move |txn| {
                async move { store::progress(txn, now, (id, attempt), (done, total)).await }.boxed()
            })
            .await?;
        if is_ours {
            Ok(())
        } else {
            Err(Failure::transient("another runner has taken the job"))
        }
    }
}

/// What a job leaves behind: its output, and of its payload what may be kept.
pub(super) struct Done {
    pub(super) output: Value,
    pub(super) payload: Value,
}

type Work = dyn Fn(Value, Run) -> BoxFuture<'static, Result<Done, Failure>> + Send + Sync;

/// A worker, the type of its jobs forgotten.
#[derive(Clone)]
pub(super) struct Worker {
    pub(super) retry: Retry,
    pub(super) work: Arc<Work>,
}

/// The workers of some runners by the kind of job that they do.
#[derive(Clone, Default)]
pub struct Workers(BTreeMap<&'static str, Worker>);

impl fmt::Debug for Workers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Workers {
    /// With one more. `work` may be called again for the same job.
    #[must_use]
    pub fn with<J, F, W>(mut self, work: W) -> Self
    where
        J: Job,
        F: Future<Output = Result<J::Output, Failure>> + Send + 'static,
        W: Fn(J, Run) -> F + Send + Sync + 'static,
    {
        let work = move |payload: Value, run: Run| {
            let job = read::<J>(payload.clone());
            let working = job.map(|job| work(job, run));
            async move {
                let output = working?.await?;
                let mut job = read::<J>(payload)?;
                job.forget();
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

    pub(super) fn kinds(&self) -> impl Iterator<Item = &'static str> {
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

/// How long a runner has a job before another may take it.
pub(super) const LEASE: TimeDelta = TimeDelta::minutes(5);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_longer_each_time_and_gives_up() {
        let now = DateTime::UNIX_EPOCH;
        let waits = |retry: Retry| -> Vec<_> {
            (1..=Retry::ATTEMPTS)
                .map(|tries| retry.after(now, tries).map(|at| (at - now).num_seconds()))
                .collect()
        };
        let soon = [10, 40, 160, 640, 2_560, 10_240, 21_600].map(Some);
        assert_eq!(waits(Retry::SOON), [&soon[..], &[None]].concat());
        let minutes = [1, 4, 16, 64, 256, 1_024, 1_440].map(|minutes| Some(minutes * 60));
        assert_eq!(waits(Retry::PATIENT), [&minutes[..], &[None]].concat());
    }
}
