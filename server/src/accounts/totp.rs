//! The codes of a second factor: those of an authenticator app (TOTP, RFC 6238: SHA-1, six digits, a new one
//! every 30 seconds, which is what every app knows), and recovery codes, each of which works once.

use chrono::{DateTime, Utc};
use data_encoding::{BASE32_NOPAD, BASE64};
use qrcode::{EcLevel, QrCode, render::svg};
use rand::RngExt as _;
use totp_rs::{Builder, Totp};

use super::session::token_hash;
use crate::random;

/// The name of the site in an app.
const ISSUER: &str = "Iespeja";

/// The digits of a code.
const DIGITS: usize = 6;

/// How many recovery codes are made at a time.
const RECOVERY_CODES: usize = 10;

/// A new secret in Base32: 160 bits, as RFC 4226 recommends.
#[must_use]
pub(super) fn new_secret() -> String {
    BASE32_NOPAD.encode(&random::rng().random::<[u8; 20]>())
}

/// A secret in groups of four characters, for typing it.
#[must_use]
pub(super) fn in_groups(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let groups = characters.chunks(4).map(|group| group.iter().collect());
    groups.collect::<Vec<String>>().join(" ")
}

fn totp(secret: &str, account: &str) -> Option<Totp> {
    let bytes = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    Builder::new()
        .with_secret(bytes)
        .with_skew(1)
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build()
        .ok()
}

/// The step of 30 seconds to which a code belongs: the present one, the one before or the one after, because
/// clocks differ. `None` if it belongs to none of them.
#[must_use]
pub(super) fn step_of(secret: &str, code: &str, now: DateTime<Utc>) -> Option<i64> {
    let time = u64::try_from(now.timestamp()).ok()?;
    let step = totp(secret, "")?.check(code, time)?;
    i64::try_from(step).ok()
}

/// The code of a secret at a time, for tests.
#[cfg(any(test, feature = "testing"))]
#[must_use]
pub fn code_at(secret: &str, now: DateTime<Utc>) -> String {
    let time = u64::try_from(now.timestamp()).unwrap_or_default();
    totp(secret, "")
        .map(|totp| totp.generate(time).to_string())
        .unwrap_or_default()
}

/// The picture that an app scans, as the address of an image: a secret for the account with this address.
#[must_use]
pub(super) fn picture(secret: &str, account: &str) -> Option<String> {
    let address = totp(secret, account)?.to_url().ok()?;
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    let svg = code.render::<svg::Color<'_>>().quiet_zone(true).build();
    Some(format!(
        "data:image/svg+xml;base64,{}",
        BASE64.encode(svg.as_bytes())
    ))
}

/// What somebody typed: the code of an app, or the hash of a recovery code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TypedCode {
    /// Six digits.
    App(String),
    /// Anything else.
    Recovery(String),
}

impl TypedCode {
    /// Reads a code: case, spaces and hyphens do not matter.
    #[must_use]
    pub(super) fn read(text: &str) -> Self {
        let plain: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        if plain.chars().count() == DIGITS && plain.chars().all(|c| c.is_ascii_digit()) {
            return Self::App(plain);
        }
        // Base32 has neither 0, 1 nor 8.
        let letters = plain.to_uppercase().replace('0', "O").replace('1', "I");
        Self::Recovery(token_hash(&letters.replace('8', "B")))
    }
}

/// New recovery codes as they are shown: 80 random bits each, in groups.
#[must_use]
pub(super) fn new_recovery_codes() -> Vec<String> {
    let code = || {
        let text = BASE32_NOPAD.encode(&random::rng().random::<[u8; 10]>());
        in_groups(&text).replace(' ', "-")
    };
    std::iter::repeat_with(code).take(RECOVERY_CODES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the test values in RFC 6238, appendix B.
    const RFC: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = BASE32_NOPAD.encode(RFC);
        // The last six of its eight digits.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(step_of(&secret, code, at(seconds)), Some(seconds / 30));
            assert_eq!(step_of(&secret, code, at(seconds + 30)), Some(seconds / 30));
            assert_eq!(step_of(&secret, code, at(seconds + 90)), None);
            assert_eq!(code_at(&secret, at(seconds)), code);
        }
        assert_eq!(step_of(&secret, "000000", at(59)), None);
        assert_eq!(step_of("no Base32", "287082", at(59)), None);
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        assert_eq!(
            TypedCode::read(" 287 082 "),
            TypedCode::App("287082".to_owned())
        );
        let codes = new_recovery_codes();
        assert_eq!(codes.len(), RECOVERY_CODES);
        for code in &codes {
            assert_eq!(code.len(), 19, "{code}");
            let read = TypedCode::read(code);
            assert!(matches!(read, TypedCode::Recovery(_)));
            for typed in [
                code.to_lowercase(),
                code.replace('-', " "),
                code.replace('O', "0").replace('I', "1").replace('B', "8"),
            ] {
                assert_eq!(TypedCode::read(&typed), read, "{typed}");
            }
        }
        assert_ne!(codes[0], codes[1]);
        assert_eq!(in_groups(&new_secret()).len(), 39);
    }

    #[test]
    fn the_picture_names_the_site_and_the_account() {
        let picture = picture(&new_secret(), "anna@example.lv").unwrap();
        assert!(picture.starts_with("data:image/svg+xml;base64,"));
    }
}
