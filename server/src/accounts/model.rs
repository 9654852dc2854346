//! Roles and their slugs, account summaries, and why a link cannot be used.

use chrono::{DateTime, Utc};

use crate::{
    db::entity::email_token::Purpose,
    http::{
        Lang,
        address::{self, Address as _},
    },
    ids::{AccountId, SessionId},
};

/// What stands in place of the address of an erased account, before the account's id. It is no address, so
/// nobody can sign in with it or be written to.
pub(in crate::accounts) const ERASED: &str = "erased:";

/// Whether an account was erased, by what stands in place of its address.
pub(super) fn is_erased(email: &str) -> bool {
    email.starts_with(ERASED)
}

pub(super) use crate::{
    mail::Email,
    principal::{ROLES, Role, Roles, role_from_slug, role_slug},
};

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
    /// The language of its mails.
    pub lang: Lang,
    /// When it was closed, and why.
    pub closed: Option<Closed>,
}

/// That an account is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Closed {
    /// Since when.
    pub at: DateTime<Utc>,
    /// Why, in the words of the administrator who closed it; may be empty.
    pub reason: String,
}

/// A session, for its owner and for administrators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SessionSummary {
    /// The session.
    pub id: SessionId,
    /// When it was begun.
    pub begun_at: DateTime<Utc>,
    /// When it was last used, to a minute.
    pub last_used_at: DateTime<Utc>,
    /// The browser and the system; empty if they are not known.
    pub device: String,
    /// Whether it is that of the request.
    pub is_current: bool,
}

/// The address of a one-time link.
#[must_use]
pub(super) fn link_url(purpose: Purpose, token: &str, lang: Lang) -> String {
    let token = token.to_owned();
    match purpose {
        Purpose::ConfirmEmail => address::Confirm { token }.url(lang),
        Purpose::ResetPassword => address::Reset { token }.url(lang),
        Purpose::ChangeEmail => address::ConfirmNewEmail { token }.url(lang),
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
