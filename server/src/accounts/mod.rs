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
pub use service::{
    Added, AddedGuest, KnownPerson, add_guest, add_known, addresses_of, first_administrator_token,
};
pub use state::State;
