//! A mail as an area hands it over, and when a failed one is tried again.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// What the mail is about, e.g. `certificate-issued:{id}`: the same is never queued twice.
    pub dedup_key: String,
    /// The address it goes to.
    pub recipient: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body_text: String,
}

/// How often sending is tried before somebody has to look.
pub(super) const MAX_ATTEMPTS: i32 = 8;

/// How long a sender may take for the mails it took, before another may take them.
pub(super) const LEASE: TimeDelta = TimeDelta::minutes(5);

/// When to try again after the given number of failed tries: 1, 4, 16, 64 minutes and so on, a day
/// at most. `None` when it is enough.
pub(super) fn next_attempt(now: DateTime<Utc>, attempts: i32) -> Option<DateTime<Utc>> {
    if attempts >= MAX_ATTEMPTS {
        return None;
    }
    let exponent = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0);
    let minutes = 4_i64.saturating_pow(exponent).min(24 * 60);
    Some(now + TimeDelta::minutes(minutes))
}

/// The name of the file that a mail becomes when no SMTP relay is configured: when it was queued,
/// and enough of its id to tell it from others.
#[must_use]
pub fn file_name(id: Uuid) -> String {
    let (seconds, _) = id
        .get_timestamp()
        .map_or((0, 0), |timestamp| timestamp.to_unix());
    let queued =
        DateTime::from_timestamp(i64::try_from(seconds).unwrap_or(0), 0).unwrap_or_default();
    let simple = id.simple().to_string();
    let tail = simple.get(20..).unwrap_or_default();
    format!("{}-{tail}.eml", queued.format("%Y%m%d-%H%M%S"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[test]
    fn waits_longer_each_time_and_gives_up() {
        let now = DateTime::UNIX_EPOCH;
        let waits: Vec<_> = (1..=MAX_ATTEMPTS)
            .map(|attempts| next_attempt(now, attempts).map(|at| (at - now).num_minutes()))
            .collect();
        assert_eq!(
            waits,
            [
                Some(1),
                Some(4),
                Some(16),
                Some(64),
                Some(256),
                Some(1024),
                Some(1440),
                None
            ]
        );
    }

    #[test]
    fn files_are_named_by_time_and_id() {
        let clock = Clock::fixed("2026-11-22T09:00:05Z".parse().unwrap());
        let (one, other) = (file_name(clock.new_id()), file_name(clock.new_id()));
        assert!(
            one.starts_with("20261122-090005-") && one.strip_suffix(".eml").is_some(),
            "{one}"
        );
        assert_ne!(one, other);
    }
}
