//! The query of the list of accounts: order and filters.

use super::model::{ROLES, Role, role_from_slug, role_slug};
use crate::{
    list::{Filter, Query, SortOrder},
    people,
};

/// By which column accounts are sorted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AccountOrder {
    /// The address.
    #[default]
    Email,
    /// When they were registered.
    Registered,
}

impl SortOrder for AccountOrder {
    const ALL: &'static [Self] = &[Self::Email, Self::Registered];

    fn slug(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Registered => "registered",
        }
    }

    fn is_descending_first(self) -> bool {
        self == Self::Registered
    }
}

/// Which accounts are listed, in which order.
#[derive(Debug, Clone)]
pub(crate) struct AccountsQuery {
    /// Search, order and page, as given in the address.
    pub list: Query<AccountOrder>,
    /// Only those with this role.
    pub role: Option<Role>,
    /// Only those whose address is confirmed, or is not.
    pub is_confirmed: Option<bool>,
    /// Only those that are closed, or are open.
    pub is_closed: Option<bool>,
}

impl AccountsQuery {
    /// Reads the query string of an address.
    #[must_use]
    pub(crate) fn read(query: &str) -> Self {
        let list = Query::read(query, &filters());
        Self {
            role: list.chosen("role").and_then(role_from_slug),
            is_confirmed: list.chosen("address").map(|value| value == "confirmed"),
            is_closed: list.chosen("state").map(|value| value == "closed"),
            list,
        }
    }
}

/// The filters of the list.
#[must_use]
pub(super) fn filters() -> Vec<Filter> {
    let role = |role| {
        (
            role_slug(role).to_owned(),
            format!("role-{}", role_slug(role)),
        )
    };
    let word = |value: &str| (value.to_owned(), format!("accounts-{value}"));
    vec![
        Filter::new(
            "role",
            "accounts-role",
            "accounts-any-role",
            ROLES.map(role),
        ),
        Filter::new(
            "address",
            "accounts-address",
            "accounts-any-address",
            ["confirmed", "unconfirmed"].map(word),
        ),
        Filter::new(
            "state",
            "accounts-state",
            "accounts-any-state",
            ["open", "closed"].map(word),
        ),
        people::name_filter(),
    ]
}
