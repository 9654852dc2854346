//! The signed-in person and their roles.
//!
//! `accounts` finds out who is signed in, `http` checks each page's rule; through this module neither depends
//! on the other.

use chrono::TimeDelta;

use crate::ids::{AccountId, PersonId};

pub use crate::db::entity::role_grant::Role;

/// The current roles of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Roles(u8);

impl Roles {
    /// Whether the account has the role. An administrator has no other role by being one: roles are granted
    /// one by one (least privilege).
    #[must_use]
    pub const fn has(self, role: Role) -> bool {
        self.0 & bit(role) != 0
    }

    /// Adds a role.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | bit(role))
    }

    /// The roles of the account, in the order of [`ROLES`].
    pub fn iter(self) -> impl Iterator<Item = Role> {
        ROLES.into_iter().filter(move |role| self.has(*role))
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

/// Every role, in the order in which they are shown.
pub const ROLES: [Role; 4] = [Role::Organiser, Role::Manager, Role::Author, Role::Admin];

/// The slug of a role, in forms, messages (`role-…`) and the configuration.
#[must_use]
pub const fn role_slug(role: Role) -> &'static str {
    match role {
        Role::Organiser => "organiser",
        Role::Manager => "manager",
        Role::Author => "author",
        Role::Admin => "admin",
    }
}

/// The role with this slug.
#[must_use]
pub fn role_from_slug(slug: &str) -> Option<Role> {
    ROLES.into_iter().find(|role| role_slug(*role) == slug)
}

/// The rules of an installation for sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionRules {
    /// After how long without a request a session ends.
    pub idle: TimeDelta,
    /// The same for somebody with a role: their session opens other people's records.
    pub idle_of_roles: TimeDelta,
    /// The roles that need a second factor.
    pub second_factor: Roles,
}

impl Default for SessionRules {
    fn default() -> Self {
        Self {
            idle: TimeDelta::minutes(60),
            idle_of_roles: TimeDelta::minutes(30),
            second_factor: Roles::default(),
        }
    }
}

impl SessionRules {
    /// After how long without a request the session of somebody with these roles ends.
    #[must_use]
    pub fn idle_limit(&self, roles: Roles) -> TimeDelta {
        if roles == Roles::default() {
            self.idle
        } else {
            self.idle_of_roles
        }
    }

    /// Whether somebody with these roles needs a second factor.
    #[must_use]
    pub fn needs_second_factor(&self, roles: Roles) -> bool {
        roles.iter().any(|role| self.second_factor.has(role))
    }
}

/// The person who makes a request, read from the database with every request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// Their account.
    pub account_id: AccountId,
    /// Their person record.
    pub person_id: PersonId,
    /// The name in the page's header: the given name, or the e-mail address until it is entered.
    pub display_name: String,
    /// Their roles.
    pub roles: Roles,
    /// Whether they have to set up a second factor before anything else, because a role of theirs needs one.
    pub must_enrol: bool,
    /// The version of what is recorded about the person; pages cached with the same version are valid.
    pub record_version: i64,
    /// Whether the account's address does not take mails; pages say so.
    pub is_address_refused: bool,
}
