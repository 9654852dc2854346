//! The API for other programs, below `/api/v1`, and the tokens with which they use it.
//!
//! A token belongs to an account and has at most its rights of the moment: the strands of an organiser, all of a
//! manager. It ends with the account's closing and with the loss of the role. Its requests are answered with JSON,
//! mistakes with `application/problem+json` (RFC 9457); cookies mean nothing there.
//!
//! The API is thin: what it reads and does are the use cases of `events` and `registrations`.

mod forms;
mod model;
mod pages;
mod privacy;
mod service;
mod state;
mod store;
mod v1;
pub(crate) mod views;

pub use forms::NewToken;
pub use model::{
    DEFAULT_DAYS, MOST_DAYS, MadeToken, SCOPES, Scope, Scopes, Standing, Token, scope_from_slug,
    scope_slug,
};
pub use pages::pages;
pub use privacy::PersonalTokens;
pub use service::{TokenError, create_token, end_tokens, revoke_any, tokens_of};
pub use state::State;
pub use v1::routes;
