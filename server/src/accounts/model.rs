//! Roles and their slugs, account summaries, and why a link cannot be used.

use chrono::{DateTime, Utc};

use crate::{
    db::entity::email_token::Purpose,
    http::{
        Lang,
        address::{self, Address as _},
    },
    ids::AccountId,
};

/// What stands in place of the address of an erased account, before the account's id. It is no address, so
/// nobody can sign in with it or be written to.
pub(in crate::accounts) const ERASED: &str = "erased:";

pub(super) use crate::{
    mail::Email,
    principal::{ROLES, Role, Roles},
};

/// The slug of a role in forms and messages (`role-…`).
#[must_use]
pub(super) const fn role_slug(role: Role) -> &'static str {
    match role {
        Role::Organiser => "organiser",
        Role::Manager => "manager",
        Role::Author => "author",
        Role::Admin => "admin",
    }
}

/// The role with this slug.
#[must_use]
pub(super) fn role_from_slug(slug: &str) -> Option<Role> {
    ROLES.into_iter().find(|role| role_slug(*role) == slug)
}

/// Why a one-time link cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkProblem {
    /// There is no such link, e.g. because it was copied only in part.
    Unknown,
    /// It has expired.
    Expired,
    /// It was used, or became invalid when the password was changed by a newer one.
    Used,
}

/// The account to which a one-time link belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LinkOwner {
    /// The account's address; empty in the link for the first administrator, who has no account yet.
    pub email: String,
    /// Whether the address was confirmed before; then the account has a password already.
    pub is_confirmed: bool,
    /// Words of the person, such as the name and the workplace: a password made of them is easy to guess.
    pub words: Vec<String>,
}

/// An account as administrators see it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountSummary {
    /// The account.
    pub id: AccountId,
    /// Its address.
    pub email: String,
    /// The person's name; empty until they have entered it.
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
