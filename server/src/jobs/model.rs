//! What a job is, how it fails, and when a failed one is tried again.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, de::DeserializeOwned};

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
