//! Kinds of jobs, their failures, and their retries.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, de::DeserializeOwned};

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
    is_permanent: bool,
}

impl Failure {
    /// It may succeed later: the job is tried again.
    #[must_use]
    pub fn transient(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            is_permanent: false,
        }
    }

    /// It can never succeed: the job is dead at once.
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
