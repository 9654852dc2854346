//! Who is signed in, and what they may do.
//!
//! `accounts` finds out who it is, `http` holds every page's rule against it; neither knows the other for it.

use crate::ids::{AccountId, PersonId};

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

    /// Those among them, in the order of [`ROLES`].
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

/// The person behind a request, read anew for every request together with what may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// The account signed in.
    pub account_id: AccountId,
    /// Whose it is.
    pub person_id: PersonId,
    /// What the page's head calls them: their given name, or their address until they have said it.
    pub display_name: String,
    /// What they may do beyond learning.
    pub roles: Roles,
    /// The version of what is recorded about the person; pages rendered under it are still true.
    pub record_version: i64,
}
