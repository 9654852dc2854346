//! The use cases of the API, one file each.

mod access;
mod reading;
mod registering;
mod tokens;

pub(super) use access::{Access, authenticate};
pub(super) use reading::{event, events, registration, registrations};
pub(super) use registering::{RegisterError, cancel, organisation_of, register};
pub(super) use tokens::{NotRevoked, own_token, revoke_own};
pub use tokens::{TokenError, create_token, end_tokens, revoke_any, tokens_of};
