//! Reports of mistakes.

use chrono::{DateTime, Utc};

use crate::ids::MistakeReportId;

/// A report as authors see it.
#[derive(Debug, Clone)]
pub(super) struct MistakeReport {
    pub(super) id: MistakeReportId,
    /// The page's path with its language; `None` when it is not known.
    pub(super) page: Option<String>,
    pub(super) text: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) is_handled: bool,
}
