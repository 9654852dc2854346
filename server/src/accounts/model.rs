//! Roles by their words, addresses, and what can be wrong with a link.

use chrono::{DateTime, Utc};

use crate::{
    db::entity::email_token::Purpose,
    http::{
        Lang,
        address::{self, Address as _},
    },
    ids::AccountId,
};

pub(super) use crate::{
    mail::Email,
    principal::{ROLES, Role, Roles},
};

/// The word by which forms and messages (`role-…`) know a role.
#[must_use]
pub(super) const fn role_slug(role: Role) -> &'static str {
    match role {
        Role::Organiser => "organiser",
        Role::Manager => "manager",
        Role::Author => "author",
        Role::Admin => "admin",
    }
}

/// The role of a word.
#[must_use]
pub(super) fn role_from_slug(slug: &str) -> Option<Role> {
    ROLES.into_iter().find(|role| role_slug(*role) == slug)
}

/// Why a one-time link does nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkProblem {
    /// There never was such a link, or it was copied in part.
    Unknown,
    /// Its time has passed.
    Expired,
    /// It was used, or a newer one that changed the password was.
    Used,
}

/// Whose a one-time link is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinkOwner {
    /// The account's address; empty for the first administrator, who has no account yet.
    pub email: String,
    /// Whether the address was confirmed before, so that there is a password already.
    pub is_confirmed: bool,
}

/// An account as administrators see it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountSummary {
    /// The account.
    pub id: AccountId,
    /// Its address.
    pub email: String,
    /// Whose it is; empty until they have said.
    pub name: String,
    /// Whether the address was confirmed.
    pub is_confirmed: bool,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    /// Its roles.
    pub roles: Roles,
}

/// The address of a one-time link.
#[must_use]
pub(super) fn link_url(purpose: Purpose, token: &str, lang: Lang) -> String {
    let token = token.to_owned();
    match purpose {
        Purpose::ConfirmEmail => address::Confirm { token }.url(lang),
        Purpose::ResetPassword => address::Reset { token }.url(lang),
        Purpose::FirstAdministrator => address::FirstAdministrator { token }.url(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back_to_its_role() {
        for role in ROLES {
            assert_eq!(role_from_slug(role_slug(role)), Some(role));
        }
        let roles: Roles = [Role::Admin, Role::Author].into_iter().collect();
        assert_eq!(
            roles.iter().collect::<Vec<_>>(),
            [Role::Author, Role::Admin]
        );
    }
}
