//! What a manager asks of the register's list.

use super::model::{
    KINDS, Kind, STATUSES, Status, kind_from_slug, kind_slug, status_from_slug, status_slug,
};
use crate::list::{Filter, Order, Query};

/// By what the register is sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum RegisterOrder {
    /// The name.
    #[default]
    Name,
    /// When it was recorded.
    Created,
}

impl Order for RegisterOrder {
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

/// Which organisations, in which order.
#[derive(Debug, Clone)]
pub(crate) struct RegisterQuery {
    /// As it stands in the address.
    pub list: Query<RegisterOrder>,
    /// Only those of this status.
    pub status: Option<Status>,
    /// Only those of this kind.
    pub kind: Option<Kind>,
}

impl RegisterQuery {
    /// Reads what follows the `?` of an address.
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

/// By what the register can be narrowed.
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
