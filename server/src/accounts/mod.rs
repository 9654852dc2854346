//! Accounts: signing in, sessions, roles, and the links that mails carry.
//!
//! This area is about who signs in and which roles they have; who a person is, belongs to `people`. Passwords
//! are stored only as Argon2id hashes, tokens only as SHA-256 hashes.

mod device;
mod forms;
mod known_browser;
mod list;
mod model;
mod pages;
mod password;
mod pending;
mod privacy;
mod service;
mod session;
mod state;
mod store;
mod totp;
pub(crate) mod views;

pub use crate::{
    mail::Email,
    principal::{Role, Roles},
};
pub use pages::routes;
pub use password::{hash as hash_password, start_threads as start_hashing};
pub use privacy::{PersonalAccounts, is_own_password};
pub use service::{
    Added, AddedGuest, KnownPerson, OnAddress, OnRightsLost, RoleHolder, account_of, add_guest,
    add_known, addresses_of, count, first_administrator_token, lock_roles, note_failures,
    note_refusals, person_of, principal_of, remove_second_factor_of, with_role,
};
pub use session::{
    SESSION_COOKIE, Sessions, begin as begin_session, delete_expired as delete_expired_sessions,
    token_hash,
};
pub use state::State;
#[cfg(any(test, feature = "testing"))]
pub use totp::code_at;
