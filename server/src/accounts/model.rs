//! Who is signed in, and roles.

use uuid::Uuid;

pub use crate::db::entity::role_grant::Role;

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
    /// Grows with every change to what the person has learnt; pages rendered under it are still
    /// true.
    pub learning_version: i64,
}

impl Principal {
    /// What the page's head calls them.
    #[must_use]
    pub fn display_name(&self) -> &str {
        if self.given_name.is_empty() {
            &self.email
        } else {
            &self.given_name
        }
    }
}
