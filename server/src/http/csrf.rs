//! Protection against cross-site request forgery (CSRF).
//!
//! The token is an HMAC of the cookie that identifies the session or, before sign-in, the visitor. So nothing
//! is stored, and a rendered page can be cached.

use data_encoding::BASE64URL_NOPAD;
use hmac::Mac as _;

use super::secret_key::SecretKey;
use crate::ids::PersonId;

/// The name of the form field that carries the token.
pub const FIELD: &str = "csrf";

/// The token for this cookie.
#[must_use]
pub fn token(key: &SecretKey, cookie: &str) -> String {
    BASE64URL_NOPAD.encode(&key.mac("csrf", cookie).finalize().into_bytes())
}

/// Names a person to their own browser, the same whenever they come and whatever the session; nobody else can tell
/// whose it is.
#[must_use]
pub fn person_key(key: &SecretKey, person: PersonId) -> String {
    let mac = key.mac("person", &person.to_string()).finalize();
    let mac = mac.into_bytes();
    BASE64URL_NOPAD.encode(mac.get(..12).unwrap_or_default())
}

/// Whether the token belongs to this cookie; compares in constant time.
#[must_use]
pub fn is_valid(key: &SecretKey, cookie: &str, token: &str) -> bool {
    BASE64URL_NOPAD
        .decode(token.as_bytes())
        .is_ok_and(|bytes| key.mac("csrf", cookie).verify_slice(&bytes).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_its_cookie_and_key_alone() {
        let (key, other) = (
            SecretKey::from_bytes([1; 64]),
            SecretKey::from_bytes([2; 64]),
        );
        let token = token(&key, "visitor");
        assert!(is_valid(&key, "visitor", &token));
        assert!(!is_valid(&key, "someone else", &token));
        assert!(!is_valid(&other, "visitor", &token));
        for damaged in [
            "",
            "ā",
            "AAAA",
            token.trim_start_matches(char::is_alphanumeric),
        ] {
            assert!(!is_valid(&key, "visitor", damaged));
        }
    }
}
