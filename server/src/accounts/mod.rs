//! Accounts: signing in, sessions, roles, and the links that mails carry.
//!
//! Knows who signs in and what they may do; who a person is, is `people`'s. Passwords live here
//! only as Argon2id hashes, tokens only as SHA-256 hashes.

pub mod forms;
pub mod known_browser;
pub mod list;
pub mod model;
pub mod pages;
pub mod password;
pub mod service;
pub mod session;
mod state;
mod store;
pub mod views;

pub use model::{Email, Role, Roles};
pub use pages::routes;
pub use password::{hash as hash_password, start_threads as start_hashing};
pub use service::{
    Added, AddedGuest, KnownPerson, add_guest, add_known, addresses_of, count,
    first_administrator_token,
};
pub use session::{
    SESSION_COOKIE, Sessions, begin as begin_session, delete_expired as delete_expired_sessions,
};
pub use state::State;
