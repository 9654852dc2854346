//! What an author asks of the list of reports.

use crate::list::{Filter, Order, Query};

/// By what reports are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ReportOrder {
    /// When they came.
    #[default]
    Created,
    /// The page.
    Page,
}

impl Order for ReportOrder {
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
    /// As it stands in the address.
    pub(crate) list: Query<ReportOrder>,
    /// Only those that were seen to, or were not.
    pub(crate) is_handled: Option<bool>,
}

impl ReportsQuery {
    /// Reads what follows the `?` of an address.
    #[must_use]
    pub(crate) fn read(query: &str) -> Self {
        let list = Query::read(query, &filters());
        Self {
            is_handled: list.chosen("status").map(|value| value == "handled"),
            list,
        }
    }
}

/// By what the list can be narrowed.
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
