//! Workers, how they fail, and when a failed job is tried again.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use serde_json::Value;

use crate::http::App;

/// What does the jobs of a kind, given their payload. It may be called again for the same job.
pub type Worker = for<'a> fn(&'a App, &'a Value) -> BoxFuture<'a, Result<(), Failure>>;

/// The workers of an installation by the kind of job that they do.
#[derive(Debug, Clone, Default)]
pub struct Workers(BTreeMap<&'static str, Worker>);

impl Workers {
    /// With one more: `.with("render-certificate", |app, payload| render(app, payload).boxed())`.
    #[must_use]
    pub fn with(mut self, kind: &'static str, worker: Worker) -> Self {
        self.0.insert(kind, worker);
        self
    }

    pub(super) fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.0.keys().copied()
    }

    pub(super) fn of(&self, kind: &str) -> Option<Worker> {
        self.0.get(kind).copied()
    }
}

/// Why a job was not done. Any error becomes one with `?` and is tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    reason: String,
    is_final: bool,
}

impl Failure {
    /// It may work later.
    #[must_use]
    pub fn passing(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            is_final: false,
        }
    }

    /// It can never work: it is not tried again.
    #[must_use]
    pub fn lasting(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            is_final: true,
        }
    }

    pub(super) fn reason(&self) -> &str {
        &self.reason
    }

    /// When to try again after the given number of tries; `None`: the job is dead.
    pub(super) fn next_try(&self, now: DateTime<Utc>, attempts: i32) -> Option<DateTime<Utc>> {
        if self.is_final || attempts >= MAX_ATTEMPTS {
            return None;
        }
        let exponent = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
        let seconds = 10_i64
            .saturating_mul(4_i64.saturating_pow(exponent))
            .min(6 * 3600);
        Some(now + TimeDelta::seconds(seconds))
    }
}

// Not an error itself, so that every error can become one.
impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::passing(error.to_string())
    }
}

/// How often a job is tried before somebody has to look.
pub(super) const MAX_ATTEMPTS: i32 = 8;

/// How long a runner has a job before another may take it. Longer than a worker may take.
pub(super) const LEASE: TimeDelta = TimeDelta::minutes(5);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_longer_each_time_and_gives_up() {
        let now = DateTime::UNIX_EPOCH;
        let failure = Failure::passing("x");
        let waits: Vec<_> = (1..=MAX_ATTEMPTS)
            .map(|tries| {
                failure
                    .next_try(now, tries)
                    .map(|at| (at - now).num_seconds())
            })
            .collect();
        let waited = [10, 40, 160, 640, 2_560, 10_240, 21_600].map(Some);
        assert_eq!(waits[..7], waited);
        assert_eq!(waits[7], None);
        assert_eq!(Failure::lasting("x").next_try(now, 1), None);
    }
}
