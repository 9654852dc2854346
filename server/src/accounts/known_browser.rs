//! Browsers that signed in before: their owners are not slowed down while somebody guesses at their account
//! (decision 15).
//!
//! A cookie holds up to five signed tokens, one for each account that was signed in to in this browser. A
//! token is a signature over the account, the day and the hash of its password. It signs nobody in: it only
//! shortens the delay of sign-in attempts for that account, and only for a few wrong passwords. It becomes
//! invalid with a new password, after half a year, or with another secret key. Nothing is stored on the
//! server.

use actix_web::cookie::{Cookie, SameSite, time};
use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use hmac::Mac as _;

use crate::{http::secret_key::SecretKey, ids::AccountId};

/// The name of the cookie.
pub(super) const COOKIE: &str = "known";
/// For how many days a browser counts as known after signing in.
const DAYS: i64 = 180;
/// For how many accounts a browser can be known, e.g. on a shared computer.
const MOST_TOKENS: usize = 5;
/// The separator between tokens; occurs in no token.
const BETWEEN: char = '.';
/// The separator between the day and the signature in a token.
const AFTER_DAY: char = '~';

/// The token for a browser that signs in now to the account with this password.
#[must_use]
pub(super) fn token(
    key: &SecretKey,
    now: DateTime<Utc>,
    account_id: AccountId,
    password_hash: &str,
) -> String {
    signed(key, day(now), account_id, password_hash)
}

/// The token in a cookie that is valid for the account and its current password.
#[must_use]
pub(super) fn find<'a>(
    key: &SecretKey,
    now: DateTime<Utc>,
    cookie: &'a str,
    account_id: AccountId,
    password_hash: &str,
) -> Option<&'a str> {
    tokens(cookie).find(|token| fits(key, now, token, account_id, password_hash) == Some(true))
}

fn fits(
    key: &SecretKey,
    now: DateTime<Utc>,
    token: &str,
    account_id: AccountId,
    password_hash: &str,
) -> Option<bool> {
    let (on, signature) = token.split_once(AFTER_DAY)?;
    let on = i64::from(on.parse::<u32>().ok()?);
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?;
    let is_recent = (0..=DAYS).contains(&(day(now) - on));
    let is_signed = signature.len() == SIGNATURE_BYTES
        && mac(key, on, account_id, password_hash)
            .verify_truncated_left(&signature)
            .is_ok();
    Some(is_recent && is_signed)
}

/// The cookie with one more token. `before` is the cookie that the browser sent, `fits` the token in it that
/// is replaced by the new one.
#[must_use]
pub(super) fn cookie(
    token: &str,
    before: &str,
    fits: Option<&str>,
    is_https: bool,
) -> Cookie<'static> {
    let others = tokens(before).filter(|other| Some(*other) != fits && *other != token);
    let mut value = token.to_owned();
    for other in others.take(MOST_TOKENS - 1) {
        value.push(BETWEEN);
        value.push_str(other);
    }
    Cookie::build(COOKIE, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(is_https)
        .max_age(time::Duration::days(DAYS))
        .finish()
}

/// Signatures are cut to 128 bits.
const SIGNATURE_BYTES: usize = 16;
/// The most characters of a token.
const TOKEN_CHARACTERS: usize = 40;

/// The tokens of a cookie: at most as many as the server issues, and only those of a possible length.
fn tokens(cookie: &str) -> impl Iterator<Item = &str> {
    cookie.split(BETWEEN).take(MOST_TOKENS).filter(|token| {
        token.len() <= TOKEN_CHARACTERS
            && token.contains(AFTER_DAY)
            && token
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | AFTER_DAY))
    })
}

fn day(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(24 * 60 * 60)
}

fn signed(key: &SecretKey, on: i64, account_id: AccountId, password_hash: &str) -> String {
    let signature = mac(key, on, account_id, password_hash)
        .finalize()
        .into_bytes();
    let cut = signature.get(..SIGNATURE_BYTES).unwrap_or(&signature);
    format!("{on}{AFTER_DAY}{}", BASE64URL_NOPAD.encode(cut))
}

fn mac(
    key: &SecretKey,
    on: i64,
    account_id: AccountId,
    password_hash: &str,
) -> hmac::Hmac<sha2::Sha256> {
    key.mac(
        "known-browser",
        &format!("{on} {account_id} {password_hash}"),
    )
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_mark_fits_its_account_password_and_time_alone() {
        let (key, other_key) = (
            SecretKey::from_bytes([1; 64]),
            SecretKey::from_bytes([2; 64]),
        );
        let (anna, eva) = (AccountId::from_u128(1), AccountId::from_u128(2));
        let token = token(&key, now(), anna, "hash");
        let find = |key, now, account, hash| find(key, now, &token, account, hash).is_some();
        assert!(find(&key, now(), anna, "hash"));
        assert!(find(&key, now() + TimeDelta::days(180), anna, "hash"));
        assert!(!find(&key, now() + TimeDelta::days(181), anna, "hash"));
        assert!(!find(&key, now() - TimeDelta::days(1), anna, "hash"));
        assert!(!find(&key, now(), eva, "hash"));
        assert!(!find(&key, now(), anna, "new hash"));
        assert!(!find(&other_key, now(), anna, "hash"));
    }

    #[test]
    fn damaged_and_overlong_cookies_identify_no_account() {
        let (key, anna) = (SecretKey::from_bytes([1; 64]), AccountId::from_u128(1));
        let token = token(&key, now(), anna, "hash");
        let (day, signature) = token.split_once(AFTER_DAY).unwrap();
        let long = ".".repeat(100_000) + &token;
        for cookie in [
            "",
            "ā",
            day,
            &format!("{day}~"),
            &format!("{day}~{}", signature.get(..4).unwrap()),
            &format!("{}~{signature}", i64::MIN),
            &format!("{}~{signature}", u32::MAX),
            &long,
        ] {
            assert_eq!(
                find(&key, now(), cookie, anna, "hash"),
                None,
                "{cookie:.60}"
            );
        }
    }

    #[test]
    fn a_shared_browser_is_known_to_the_last_five_accounts() {
        let key = SecretKey::from_bytes([1; 64]);
        let accounts: Vec<_> = (1..=7).map(AccountId::from_u128).collect();
        let mut value = String::new();
        for account in &accounts {
            let token = token(&key, now(), *account, "hash");
            value = cookie(&token, &value, None, false).value().to_owned();
        }
        for (number, account) in accounts.iter().enumerate() {
            let found = find(&key, now(), &value, *account, "hash");
            assert_eq!(found.is_some(), number >= 2, "{number}");
        }
        // Signing in again replaces the earlier token.
        let later = now() + TimeDelta::days(1);
        let new = token(&key, later, accounts[6], "hash");
        let before = find(&key, later, &value, accounts[6], "hash");
        let cookie = cookie(&new, &value, before, true);
        assert_eq!(tokens(cookie.value()).count(), 5);
        assert!(find(&key, later, cookie.value(), accounts[2], "hash").is_some());
        assert!(cookie.http_only() == Some(true) && cookie.secure() == Some(true));
    }
}
