//! The query of the list of registrations: order and filters.

use crate::{
    list::{Filter, Query, SortOrder},
    registrations::{Origin, RegistrationState, model::ACTIVE, state_slug},
};

/// By which column registrations are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum RegistrationOrder {
    /// When they were made, which is the order of the waiting list.
    #[default]
    Made,
    /// The family name.
    Name,
    /// The organisation.
    Organisation,
}

impl SortOrder for RegistrationOrder {
    const ALL: &'static [Self] = &[Self::Made, Self::Name, Self::Organisation];

    fn slug(self) -> &'static str {
        match self {
            Self::Made => "made",
            Self::Name => "name",
            Self::Organisation => "organisation",
        }
    }
}

/// Every state, in the order in which they are shown.
const STATES: [RegistrationState; 6] = [
    RegistrationState::Registered,
    RegistrationState::Offered,
    RegistrationState::Pending,
    RegistrationState::Waiting,
    RegistrationState::Cancelled,
    RegistrationState::Expired,
];

/// Every origin, in the order in which they are shown.
pub(super) const ORIGINS: [Origin; 6] = [
    Origin::Account,
    Origin::Guest,
    Origin::Group,
    Origin::Organiser,
    Origin::Import,
    Origin::Api,
];

/// The slug of an origin, in addresses and messages (`registration-origin-…`).
#[must_use]
pub(super) const fn origin_slug(origin: Origin) -> &'static str {
    match origin {
        Origin::Account => "account",
        Origin::Guest => "guest",
        Origin::Group => "group",
        Origin::Organiser => "organiser",
        Origin::Import => "import",
        Origin::Api => "api",
    }
}

/// The value of the filter for registrations of every state.
const EVERY_STATE: &str = "all";

/// Which registrations of an event are listed.
#[derive(Debug, Clone)]
pub(crate) struct RegistrationsQuery {
    /// Search, order, filters and page, as given in the address.
    pub list: Query<RegistrationOrder>,
    /// Only those in these states.
    pub states: Vec<RegistrationState>,
    /// Only those that came like this.
    pub origin: Option<Origin>,
    /// Only those that asked for something, or for nothing.
    pub has_requests: Option<bool>,
}

impl RegistrationsQuery {
    /// Reads the query string of an address.
    #[must_use]
    pub(crate) fn read(query: &str) -> Self {
        let list: Query<RegistrationOrder> = Query::read(query, &filters());
        let states = match list.chosen("state") {
            None => ACTIVE.to_vec(),
            Some(EVERY_STATE) => STATES.to_vec(),
            Some(slug) => {
                let state = STATES.into_iter().find(|state| state_slug(*state) == slug);
                state.into_iter().collect()
            }
        };
        let origin = list.chosen("origin");
        Self {
            states,
            origin: ORIGINS
                .into_iter()
                .find(|known| Some(origin_slug(*known)) == origin),
            has_requests: match list.chosen("requests") {
                Some("yes") => Some(true),
                Some("no") => Some(false),
                _ => None,
            },
            list,
        }
    }
}

/// The filters of the list. Without a choice, registrations in force are listed.
#[must_use]
pub(super) fn filters() -> Vec<Filter> {
    let choice = |of: &'static str| {
        move |slug: &str| (slug.to_owned(), format!("registrations-{of}-{slug}"))
    };
    let states = STATES.map(state_slug).into_iter().chain([EVERY_STATE]);
    vec![
        Filter::new(
            "state",
            "registrations-state",
            "registrations-state-in-force",
            states.map(choice("state")),
        ),
        Filter::new(
            "requests",
            "registrations-requests",
            "registrations-any-requests",
            ["yes", "no"].map(choice("requests")),
        ),
        Filter::new(
            "origin",
            "registrations-origin",
            "registrations-any-origin",
            ORIGINS.map(origin_slug).map(choice("origin")),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_choice_the_list_has_the_registrations_in_force() {
        let states = |query: &str| RegistrationsQuery::read(query).states;
        assert_eq!(states("").len(), 4);
        assert!(!states("").contains(&RegistrationState::Cancelled));
        assert_eq!(states("state=all").len(), 6);
        assert_eq!(states("state=expired"), [RegistrationState::Expired]);
        assert_eq!(states("state=unknown"), states(""));
    }
}
