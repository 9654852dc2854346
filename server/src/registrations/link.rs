//! The link in mails about a registration: whoever has it may see, confirm, change and cancel that registration.

use data_encoding::BASE64URL_NOPAD;
use hmac::Mac as _;

use super::model::Registration;
use crate::{http::secret_key::SecretKey, ids::RegistrationId};

/// What the links are signed for.
const PURPOSE: &str = "registration";

/// How many bytes of the signature are in a link.
const SIGNATURE_BYTES: usize = 16;

fn signed(id: RegistrationId, generation: i32) -> String {
    format!("{id}/{generation}")
}

/// The token of a registration's link.
#[must_use]
pub(super) fn token(secret: &SecretKey, registration: &Registration) -> String {
    let text = signed(registration.id, registration.link_generation);
    let mac = secret.mac(PURPOSE, &text).finalize().into_bytes();
    let signature = mac.get(..SIGNATURE_BYTES).unwrap_or_default();
    format!("{}~{}", registration.id, BASE64URL_NOPAD.encode(signature))
}

/// Which registration a link claims to be of; whether it is valid, [`is_valid`] says.
#[must_use]
pub(super) fn id_of(token: &str) -> Option<RegistrationId> {
    token.split_once('~')?.0.parse().ok()
}

/// Whether a token is the present one of a registration.
#[must_use]
pub(super) fn is_valid(secret: &SecretKey, registration: &Registration, token: &str) -> bool {
    let signature = token
        .split_once('~')
        .and_then(|(_, signature)| BASE64URL_NOPAD.decode(signature.as_bytes()).ok())
        .filter(|signature| signature.len() == SIGNATURE_BYTES);
    signature.is_some_and(|signature| {
        let text = signed(registration.id, registration.link_generation);
        let mac = secret.mac(PURPOSE, &text);
        mac.verify_truncated_left(&signature).is_ok()
    })
}
