//! Addresses that cannot be guessed: the link in mails about a registration, with which one may see, confirm, change and
//! cancel it, and that of the feed of somebody's own events. Each is an id with a signature of it and of its generation.

use std::{fmt::Display, str::FromStr};

use data_encoding::BASE64URL_NOPAD;
use hmac::Mac as _;

use super::model::Registration;
use crate::{
    http::secret_key::SecretKey,
    ids::{AccountId, RegistrationId},
};

/// What the links of registrations are signed for.
const REGISTRATION: &str = "registration";

/// What the addresses of feeds are signed for.
const FEED: &str = "calendar-feed";

/// How many bytes of the signature are in a link.
const SIGNATURE_BYTES: usize = 16;

fn text(id: impl Display, generation: i32) -> String {
    format!("{id}/{generation}")
}

fn signed(secret: &SecretKey, purpose: &str, (id, generation): (impl Display, i32)) -> String {
    let mac = secret.mac(purpose, &text(&id, generation));
    let mac = mac.finalize().into_bytes();
    let signature = mac.get(..SIGNATURE_BYTES).unwrap_or_default();
    format!("{id}~{}", BASE64URL_NOPAD.encode(signature))
}

fn claimed<Id: FromStr>(token: &str) -> Option<Id> {
    token.split_once('~')?.0.parse().ok()
}

fn is_signed(
    secret: &SecretKey,
    purpose: &str,
    (id, generation): (impl Display, i32),
    token: &str,
) -> bool {
    let signature = token
        .split_once('~')
        .and_then(|(_, signature)| BASE64URL_NOPAD.decode(signature.as_bytes()).ok())
        .filter(|signature| signature.len() == SIGNATURE_BYTES);
    signature.is_some_and(|signature| {
        let mac = secret.mac(purpose, &text(id, generation));
        mac.verify_truncated_left(&signature).is_ok()
    })
}

/// The token of a registration's link.
#[must_use]
pub(super) fn token(secret: &SecretKey, registration: &Registration) -> String {
    let of = (registration.id, registration.link_generation);
    signed(secret, REGISTRATION, of)
}

/// Which registration a link claims to be of; whether it is valid, [`is_valid`] says.
#[must_use]
pub(super) fn id_of(token: &str) -> Option<RegistrationId> {
    claimed(token)
}

/// Whether a token is the present one of a registration.
#[must_use]
pub(super) fn is_valid(secret: &SecretKey, registration: &Registration, token: &str) -> bool {
    let of = (registration.id, registration.link_generation);
    is_signed(secret, REGISTRATION, of, token)
}

/// The token of the address of an account's feed.
#[must_use]
pub(super) fn feed_token(secret: &SecretKey, account_id: AccountId, generation: i32) -> String {
    signed(secret, FEED, (account_id, generation))
}

/// Of whose account the address of a feed claims to be; whether it is valid, [`is_feed`] says.
#[must_use]
pub(super) fn feed_account(token: &str) -> Option<AccountId> {
    claimed(token)
}

/// Whether a token is that of an account's feed in this generation.
#[must_use]
pub(super) fn is_feed(secret: &SecretKey, of: (AccountId, i32), token: &str) -> bool {
    is_signed(secret, FEED, of, token)
}
