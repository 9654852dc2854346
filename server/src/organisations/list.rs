//! The query of the register's list: order and filters.

use super::model::{
    KINDS, OrganisationKind, OrganisationStatus, STATUSES, kind_from_slug, kind_slug,
    status_from_slug, status_slug,
};
use crate::list::{Filter, Query, SortOrder};

/// By which column the register is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum RegisterOrder {
    /// The name.
    #[default]
    Name,
    /// When it was recorded.
    Created,
}

impl SortOrder for RegisterOrder {
    const ALL: &'static [Self] = &[Self::Name, Self::Created];

    fn slug(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Created => "created",
        }
    }

    fn is_descending_first(self) -> bool {
        self == Self::Created
    }
}

/// Which organisations are listed, in which order.
#[derive(Debug, Clone)]
pub(crate) struct RegisterQuery {
    /// Search, order and page, as given in the address.
    pub list: Query<RegisterOrder>,
    /// Only those of this status.
    pub status: Option<OrganisationStatus>,
    /// Only those of this kind.
    pub kind: Option<OrganisationKind>,
}

impl RegisterQuery {
    /// Reads the query string of an address.
    #[must_use]
    pub(crate) fn read(query: &str) -> Self {
        let list = Query::read(query, &filters());
        Self {
            status: list.chosen("status").and_then(status_from_slug),
            kind: list.chosen("kind").and_then(kind_from_slug),
            list,
        }
    }
}

/// The filters of the list.
#[must_use]
pub(super) fn filters() -> Vec<Filter> {
    let status = STATUSES.map(status_slug);
    let kind = KINDS.map(kind_slug);
    let choice =
        |of: &'static str| move |slug: &str| (slug.to_owned(), format!("organisation-{of}-{slug}"));
    vec![
        Filter::new(
            "status",
            "register-status",
            "register-any-status",
            status.map(choice("status")),
        ),
        Filter::new(
            "kind",
            "organisation-kind-label",
            "register-any-kind",
            kind.map(choice("kind")),
        ),
    ]
}
