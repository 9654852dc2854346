//! What a manager asks of the people whom an indicator counts.

use super::indicator::Indicator;
use crate::{
    list::{Filter, Order, Query},
    organisations::{Kind, kind_from_slug, kind_slug},
};

/// By what people are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum CountedOrder {
    /// When they began to count.
    #[default]
    Date,
    /// By family name, then by given name.
    Name,
    /// By organisation.
    Organisation,
}

impl Order for CountedOrder {
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

/// Which people of an indicator, in which order.
#[derive(Debug, Clone)]
pub(crate) struct CountedQuery {
    /// As it stands in the address.
    pub list: Query<CountedOrder>,
    /// Only those who are counted, or only those who wait until their organisation is approved.
    pub is_counted: Option<bool>,
    /// Only those of this kind of organisation.
    pub kind: Option<Kind>,
}

impl CountedQuery {
    /// Reads what follows the `?` of an address.
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

/// By what the people of an indicator can be narrowed.
#[must_use]
pub(super) fn filters(indicator: &Indicator) -> Vec<Filter> {
    let state = |value: &str| (value.to_owned(), format!("heads-state-{value}"));
    let kind = |kind: Kind| {
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
    ]
}
