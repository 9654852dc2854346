//! The query of the list of people whom an indicator counts: order and filters.

use super::indicator::Indicator;
use crate::{
    list::{Filter, Query, SortOrder},
    organisations::{OrganisationKind, kind_from_slug, kind_slug},
    people,
};

/// By which column people are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum CountedOrder {
    /// When they were first counted.
    #[default]
    Date,
    /// By family name, then by given name.
    Name,
    /// By organisation.
    Organisation,
}

impl SortOrder for CountedOrder {
    const ALL: &'static [Self] = &[Self::Date, Self::Name, Self::Organisation];

    fn slug(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Name => "name",
            Self::Organisation => "organisation",
        }
    }

    fn is_descending_first(self) -> bool {
        self == Self::Date
    }
}

/// Which people of an indicator are listed, in which order.
#[derive(Debug, Clone)]
pub(crate) struct CountedQuery {
    /// Search, order and page, as given in the address.
    pub list: Query<CountedOrder>,
    /// Only counted people, or only those whose organisation is not approved yet.
    pub is_counted: Option<bool>,
    /// Only those of this kind of organisation.
    pub kind: Option<OrganisationKind>,
}

impl CountedQuery {
    /// Reads the query string of an address.
    #[must_use]
    pub(crate) fn read(query: &str, indicator: &Indicator) -> Self {
        let list = Query::read(query, &filters(indicator));
        Self {
            is_counted: list.chosen("state").map(|value| value == "counted"),
            kind: list.chosen("kind").and_then(kind_from_slug),
            list,
        }
    }
}

/// The filters of the list.
#[must_use]
pub(super) fn filters(indicator: &Indicator) -> Vec<Filter> {
    let state = |value: &str| (value.to_owned(), format!("heads-state-{value}"));
    let kind = |kind: OrganisationKind| {
        let slug = kind_slug(kind);
        (slug.to_owned(), format!("organisation-kind-{slug}"))
    };
    vec![
        Filter::new(
            "state",
            "heads-column-state",
            "heads-any-state",
            ["counted", "waiting"].map(state),
        ),
        Filter::new(
            "kind",
            "heads-column-kind",
            "register-any-kind",
            indicator.kinds().map(kind),
        ),
        people::name_filter(),
    ]
}

/// The filters of the list of people who have not named an employer.
#[must_use]
pub(super) fn filters_of_unnamed() -> Vec<Filter> {
    vec![people::name_filter()]
}
