//! The cookie of somebody whose password was right and whose code is still missing: a signature over the account,
//! the time and the hash of the password. It signs nobody in, works for ten minutes, and becomes invalid with a
//! new password. Nothing is stored on the server.

use actix_web::cookie::{Cookie, SameSite, time};
use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE64URL_NOPAD;
use hmac::Mac as _;

use crate::{http::secret_key::SecretKey, ids::AccountId};

/// The name of the cookie.
pub(super) const COOKIE: &str = "code-needed";

/// How long there is for entering the code.
const LASTS: TimeDelta = TimeDelta::minutes(10);

/// The separator of its parts; occurs in none of them.
const BETWEEN: char = '~';

/// The cookie for an account with this password.
#[must_use]
pub(super) fn cookie(
    key: &SecretKey,
    now: DateTime<Utc>,
    account_id: AccountId,
    password_hash: &str,
    is_https: bool,
) -> Cookie<'static> {
    let at = now.timestamp();
    let signature = mac(key, at, account_id, password_hash)
        .finalize()
        .into_bytes();
    let signature = BASE64URL_NOPAD.encode(&signature);
    let value = format!("{account_id}{BETWEEN}{at}{BETWEEN}{signature}");
    Cookie::build(COOKIE, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(is_https)
        .max_age(time::Duration::minutes(LASTS.num_minutes()))
        .finish()
}

/// The cookie that deletes it from the browser.
#[must_use]
pub(super) fn removal() -> Cookie<'static> {
    let mut cookie = Cookie::build(COOKIE, "").path("/").finish();
    cookie.make_removal();
    cookie
}

/// The account that a value names; whether it is genuine, [`is_valid`] says.
#[must_use]
pub(super) fn account(value: &str) -> Option<AccountId> {
    value.split(BETWEEN).next()?.parse().ok()
}

/// Whether a value was made for the account with this password, not long ago.
#[must_use]
pub(super) fn is_valid(
    key: &SecretKey,
    now: DateTime<Utc>,
    value: &str,
    (account_id, password_hash): (AccountId, &str),
) -> bool {
    let mut parts = value.split(BETWEEN).skip(1);
    let (Some(at), Some(signature), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let (Ok(at), Ok(signature)) = (
        at.parse::<i64>(),
        BASE64URL_NOPAD.decode(signature.as_bytes()),
    ) else {
        return false;
    };
    let age = now.timestamp().saturating_sub(at);
    (0..LASTS.num_seconds()).contains(&age)
        && mac(key, at, account_id, password_hash)
            .verify_slice(&signature)
            .is_ok()
}

fn mac(
    key: &SecretKey,
    at: i64,
    account_id: AccountId,
    password_hash: &str,
) -> hmac::Hmac<sha2::Sha256> {
    key.mac("code-needed", &format!("{at} {account_id} {password_hash}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_valid_for_its_account_and_password_for_ten_minutes() {
        let key = SecretKey::from_bytes([1; 64]);
        let now: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
        let (anna, eva) = (AccountId::from_u128(1), AccountId::from_u128(2));
        let value = cookie(&key, now, anna, "hash", true).value().to_owned();
        assert_eq!(account(&value), Some(anna));
        let valid = |now, who, hash| is_valid(&key, now, &value, (who, hash));
        assert!(valid(now, anna, "hash"));
        assert!(valid(now + TimeDelta::seconds(599), anna, "hash"));
        assert!(!valid(now + TimeDelta::minutes(10), anna, "hash"));
        assert!(!valid(now - TimeDelta::seconds(1), anna, "hash"));
        assert!(!valid(now, eva, "hash") && !valid(now, anna, "new hash"));
        let other = SecretKey::from_bytes([2; 64]);
        assert!(!is_valid(&other, now, &value, (anna, "hash")));
        for damaged in ["", "~", "~~", "x~1~", &format!("{value}~"), "ā~1~AAAA"] {
            assert!(!is_valid(&key, now, damaged, (anna, "hash")), "{damaged}");
        }
    }
}
