//! Time as a parameter. Code that needs the time or a new id is given a [`Clock`]; reading the system's clock
//! is allowed here only. In tests the time is fixed, or set by the test.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use uuid::{ContextV7, Timestamp, Uuid};

/// Decimal places of a second that both databases store. With more, a time would differ after being stored
/// and read.
const SUBSECOND_DIGITS: u16 = 6;

/// Gives the time and new ids. Cheap to clone; clones share their time.
#[derive(Clone)]
pub struct Clock(Arc<Inner>);

struct Inner {
    source: Source,
    ids: Mutex<ContextV7>,
}

enum Source {
    System,
    /// Microseconds since the Unix epoch.
    Stepped(Arc<AtomicI64>),
}

impl Clock {
    /// The real time.
    pub fn system() -> Self {
        Self::from_source(Source::System)
    }

    /// A clock with a fixed time, for tests.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::stepped(at).0
    }

    /// A clock whose time is changed only by its [`ClockControl`], for tests.
    pub fn stepped(at: DateTime<Utc>) -> (Self, ClockControl) {
        let micros = Arc::new(AtomicI64::new(at.timestamp_micros()));
        let clock = Self::from_source(Source::Stepped(Arc::clone(&micros)));
        (clock, ClockControl(micros))
    }

    fn from_source(source: Source) -> Self {
        Self(Arc::new(Inner {
            source,
            ids: Mutex::new(ContextV7::new()),
        }))
    }

    /// The current time in UTC, to the microsecond.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the system's time"
    )]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0.source {
            Source::System => Utc::now().trunc_subsecs(SUBSECOND_DIGITS),
            Source::Stepped(micros) => at_micros(micros.load(Ordering::SeqCst)),
        }
    }

    /// A new id: a UUID v7 of the current time. The ids of one clock are ascending, also within a
    /// millisecond.
    pub fn new_id<Id: From<Uuid>>(&self) -> Id {
        let now = self.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        let ids = self.0.ids.lock().unwrap_or_else(PoisonError::into_inner);
        Uuid::new_v7(Timestamp::from_unix(
            &*ids,
            seconds,
            now.timestamp_subsec_nanos(),
        ))
        .into()
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::system()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.source {
            Source::System => f.write_str("Clock(system)"),
            Source::Stepped(_) => write!(f, "Clock({})", self.now()),
        }
    }
}

/// Changes the time of a [`Clock::stepped`].
#[derive(Clone, Debug)]
pub struct ClockControl(Arc<AtomicI64>);

impl ClockControl {
    /// Moves the time forward, or back by a negative step.
    pub fn advance(&self, by: TimeDelta) {
        let micros = by.num_microseconds().unwrap_or(i64::MAX);
        self.0.fetch_add(micros, Ordering::SeqCst);
    }

    /// Sets the time.
    pub fn set(&self, at: DateTime<Utc>) {
        self.0.store(at.timestamp_micros(), Ordering::SeqCst);
    }
}

fn at_micros(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stepped_time_changes_only_through_its_control() {
        let start = at_micros(1_700_000_000_000_000);
        let (clock, control) = Clock::stepped(start);
        let copy = clock.clone();
        assert_eq!(clock.now(), start);

        control.advance(TimeDelta::minutes(31));
        assert_eq!(copy.now(), start + TimeDelta::minutes(31));

        control.set(start);
        assert_eq!(copy.now(), start);
    }

    #[test]
    fn ids_carry_their_time_and_ascend() {
        let at = at_micros(1_700_000_000_123_456);
        let clock = Clock::fixed(at);
        let ids: Vec<Uuid> = (0..1_000).map(|_| clock.new_id()).collect();
        assert!(ids.is_sorted());
        let (seconds, nanos) = ids[0].get_timestamp().unwrap().to_unix();
        assert_eq!((seconds, nanos), (1_700_000_000, 123_000_000));
    }

    #[test]
    fn system_time_has_no_more_than_microseconds() {
        assert_eq!(Clock::system().now().timestamp_subsec_nanos() % 1_000, 0);
    }
}
