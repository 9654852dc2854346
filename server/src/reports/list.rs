//! The query of the list of reports.

use crate::list::{Filter, Query, SortOrder};

/// The columns by which reports can be sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ReportOrder {
    /// The time of the report.
    #[default]
    Created,
    /// The page.
    Page,
}

impl SortOrder for ReportOrder {
    const ALL: &'static [Self] = &[Self::Created, Self::Page];

    fn slug(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Page => "page",
        }
    }

    fn is_descending_first(self) -> bool {
        self == Self::Created
    }
}

/// Which reports, in which order.
#[derive(Debug, Clone)]
pub(crate) struct ReportsQuery {
    /// The query string of the address.
    pub(crate) list: Query<ReportOrder>,
    /// Only reports that are handled, or only those that are open.
    pub(crate) is_handled: Option<bool>,
}

impl ReportsQuery {
    /// Reads the query string of an address.
    #[must_use]
    pub(crate) fn read(query: &str) -> Self {
        let list = Query::read(query, &filters());
        Self {
            is_handled: list.chosen("status").map(|value| value == "handled"),
            list,
        }
    }
}

/// The filters of the list.
#[must_use]
pub(super) fn filters() -> Vec<Filter> {
    let status = ["open", "handled"].map(|value| (value.to_owned(), format!("report-{value}")));
    vec![Filter::new(
        "status",
        "report-status",
        "report-any-status",
        status,
    )]
}
