//! Terms and results.

use chrono::{DateTime, TimeDelta, Utc};

/// How long an erasure can be taken back.
pub const GRACE: TimeDelta = TimeDelta::days(7);

/// An erasure that was asked for and is not carried out yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pending {
    /// From when on it is carried out.
    pub(super) due_at: DateTime<Utc>,
}

/// What a rule of retention deleted, or would delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The rule.
    pub rule: &'static str,
    /// After how many days it deletes.
    pub days: u32,
    /// How many rows.
    pub rows: u64,
}
