//! Who is signed in, roles, addresses, and what can be wrong with a link.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::mail;
pub use crate::{db::entity::role_grant::Role, mail::Email};

/// The roles that an account holds now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Roles(u8);

impl Roles {
    /// Whether the role is among them. An administrator may do nothing else for being one: roles
    /// are given one by one, so that least privilege holds for them too.
    #[must_use]
    pub const fn has(self, role: Role) -> bool {
        self.0 & bit(role) != 0
    }

    /// With one more.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | bit(role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<T: IntoIterator<Item = Role>>(roles: T) -> Self {
        roles.into_iter().fold(Self::default(), Self::with)
    }
}

const fn bit(role: Role) -> u8 {
    match role {
        Role::Organiser => 1,
        Role::Manager => 2,
        Role::Author => 4,
        Role::Admin => 8,
    }
}

/// The person behind a request, read anew for every request together with what may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The account signed in.
    pub account_id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// As they want to be called; empty until the profile is filled.
    pub given_name: String,
    /// The account's address.
    pub email: String,
    /// What they may do beyond learning.
    pub roles: Roles,
    /// The version of what is recorded about the person; pages rendered under it are still true.
    pub record_version: i64,
}

impl Principal {
    /// What the page's head calls them.
    #[must_use]
    pub fn display_name(&self) -> String {
        if self.given_name.is_empty() {
            mail::readable(&self.email)
        } else {
            self.given_name.clone()
        }
    }
}

impl Roles {
    /// Those among them, in the order of [`ROLES`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        ROLES.into_iter().filter(move |role| self.has(*role))
    }
}

/// Every role, in the order in which they are shown.
pub const ROLES: [Role; 4] = [Role::Organiser, Role::Manager, Role::Author, Role::Admin];

/// The word by which forms and messages (`role-…`) know a role.
#[must_use]
pub const fn role_slug(role: Role) -> &'static str {
    match role {
        Role::Organiser => "organiser",
        Role::Manager => "manager",
        Role::Author => "author",
        Role::Admin => "admin",
    }
}

/// The role of a word.
#[must_use]
pub fn role_from_slug(slug: &str) -> Option<Role> {
    ROLES.into_iter().find(|role| role_slug(*role) == slug)
}

/// Why a one-time link does nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkProblem {
    /// There never was such a link, or it was copied in part.
    Unknown,
    /// Its time has passed.
    Expired,
    /// It was used, or a newer one that changed the password was.
    Used,
}

/// Whose a one-time link is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOwner {
    /// The account's address; empty for the first administrator, who has no account yet.
    pub email: String,
    /// Whether the address was confirmed before, so that there is a password already.
    pub is_confirmed: bool,
}

/// An account as administrators see it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSummary {
    /// The account.
    pub id: Uuid,
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
