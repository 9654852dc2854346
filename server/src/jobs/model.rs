//! Kinds of jobs, their failures, and their retries.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, de::DeserializeOwned};

use crate::ids::JobId;

/// Work to be done outside a request. Its fields are the worker's input; they are stored as JSON, so a field
/// added later needs `#[serde(default)]`.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// The kind's name in the database. Never changed once it was in a release.
    const KIND: &'static str;

    /// When a failed job is tried again.
    const RETRY: Retry = Retry::SOON;

    /// The job's output, stored as JSON.
    type Output: Serialize + DeserializeOwned + Send;

    /// Removes from a finished job what should not be stored, such as a one-time link.
    fn redact(&mut self) {}
}

/// Fields of a payload that administrators may see; a kind of job has them or not. Nothing else of a payload is
/// shown to anybody.
pub(super) const RECIPIENT: &str = "recipient";
/// See [`RECIPIENT`].
pub(super) const TOPIC: &str = "topic";

/// What administrators see of a job. Its input stays unseen, except whom it is for and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobSummary {
    /// Which.
    pub id: JobId,
    /// The name of its kind, [`Job::KIND`].
    pub kind: String,
    /// What it is about: a slug, if its kind has some (the field `topic` of the job).
    pub topic: Option<String>,
    /// The address that it is for, if there is one (the field `recipient` of the job).
    pub recipient: Option<String>,
    /// Where it stands.
    pub phase: Phase,
    /// How many times it was tried.
    pub attempts: u32,
    /// Not before this; of a job that has ended, when it was last due.
    pub run_at: DateTime<Utc>,
    /// Parts done, and all parts, as reported by its worker; `(0, 0)` before that.
    pub progress: (u32, u32),
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// When it was done or dropped.
    pub done_at: Option<DateTime<Utc>>,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It is due, or being run.
    Due,
    /// It is tried (again) later.
    Later,
    /// It is done.
    Done,
    /// It failed for good.
    Dead,
    /// An administrator dropped it.
    Dropped,
}

/// Every phase, in the order of filters.
pub const PHASES: [Phase; 5] = [
    Phase::Due,
    Phase::Later,
    Phase::Dead,
    Phase::Done,
    Phase::Dropped,
];

/// Which jobs, in which order.
#[derive(Debug, Clone, Default)]
pub struct JobFilter {
    /// In lower case; the address that the job is for contains each of them.
    pub words: Vec<String>,
    /// Only those in this phase.
    pub phase: Option<Phase>,
    /// Only those of this kind.
    pub kind: Option<String>,
    /// By the time of the next try instead of that of queueing.
    pub is_by_next_try: bool,
    /// The latest first.
    pub is_descending: bool,
}

/// When a failed job is tried again: after `first`, then each time after four times as long, up to `longest`.
/// After [`Retry::ATTEMPTS`] attempts the job is dead, and an administrator has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    first: TimeDelta,
    longest: TimeDelta,
}

impl Retry {
    /// The most attempts at a job.
    pub const ATTEMPTS: i32 = 8;

    /// From 10 seconds to 6 hours: for failures within this installation.
    pub const SOON: Self = Self {
        first: TimeDelta::seconds(10),
        longest: TimeDelta::hours(6),
    };

    /// From a minute to a day: for failures of another server, e.g. the mail server.
    pub const PATIENT: Self = Self {
        first: TimeDelta::minutes(1),
        longest: TimeDelta::days(1),
    };

    /// When to try again after this many attempts; `None`: never.
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

/// Why a job failed. Any error becomes a transient failure with `?`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    reason: String,
    then: Then,
}

/// What follows a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// It is tried again, after a pause that grows.
    Retry,
    /// It is given up.
    GiveUp,
    /// It is tried at this time, as if it had not been tried now.
    Postpone(DateTime<Utc>),
}

impl Failure {
    /// It may succeed later: the job is tried again.
    #[must_use]
    pub fn transient(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            then: Then::Retry,
        }
    }

    /// It can never succeed: the job is dead at once.
    #[must_use]
    pub fn permanent(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            then: Then::GiveUp,
        }
    }

    /// It may not be done yet: the job waits until then, and this does not count as a try.
    #[must_use]
    pub fn postponed(until: DateTime<Utc>, reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            then: Then::Postpone(until),
        }
    }

    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    pub(super) const fn then(&self) -> Then {
        self.then
    }
}

// `Failure` is not an `Error` itself, so that every error can be converted into one.
impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::transient(error.to_string())
    }
}

/// How long a runner holds a job before another may take it.
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
