//! The input of the verification of a certificate.

use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::{Code, code::SERIES};
use crate::input::{self, Field, Input, holds};

/// The most characters of what is typed or pasted: a whole line of the certificate, or its address.
const MAX_CODE_CHARACTERS: u64 = 300;

/// What is on a certificate and finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// Its code: everything on it is shown.
    Code(Code),
    /// Its serial number: its date and state are shown.
    Serial(String),
}

impl Asked {
    /// What is searched for in an address.
    pub(super) fn as_part(&self) -> String {
        match self {
            Self::Code(code) => code.to_string(),
            Self::Serial(serial) => serial.clone(),
        }
    }
}

/// Finds a code or a serial number in whatever was copied from a certificate: either of them alone, with the
/// words around it, or the address.
pub(super) fn find(text: &str) -> Option<Asked> {
    let text = text.trim();
    if let Some(code) = Code::parse(text) {
        return Some(Asked::Code(code));
    }
    if let Some((_, rest)) = text.split_once("/verify/") {
        let end = rest.find(|c: char| c.is_whitespace() || "/?#&".contains(c));
        let part = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        if let Some(code) = Code::parse(part) {
            return Some(Asked::Code(code));
        }
    }
    if let Some(serial) = serial(text) {
        return Some(Asked::Serial(serial));
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || ",;:.()\"„”".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    // A code may have been copied in parts.
    (1..=3).find_map(|count| {
        words
            .windows(count)
            .find_map(|part| Code::parse(&part.concat()).map(Asked::Code))
    })
}

/// The serial number in a text, in its usual form: `IESP-2026-000123`.
fn serial(text: &str) -> Option<String> {
    const YEAR_DIGITS: usize = 4;
    const DIGITS: usize = 10;
    let plain = text.to_ascii_uppercase();
    let (_, rest) = plain.split_once(SERIES)?;
    let mut digits = String::new();
    for c in rest.chars() {
        match c {
            '0'..='9' if digits.len() < DIGITS => digits.push(c),
            // A longer number is not a serial.
            '0'..='9' => return None,
            _ if digits.len() == DIGITS => break,
            c if c.is_alphabetic() => return None,
            _ => {}
        }
    }
    let (year, number) = digits.split_at_checked(YEAR_DIGITS)?;
    (digits.len() == DIGITS).then(|| format!("{SERIES}-{year}-{number}"))
}

/// The code of a certificate, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawVerification {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(
        length(min = 1, code = "verify"),
        custom(function = is_code, code = "verify-malformed")
    )]
    code: String,
}

impl Input for RawVerification {
    const FIELDS: &'static [Field] = &[Field::new("code").at_most(MAX_CODE_CHARACTERS)];
    type Checked = Asked;

    fn into_checked(self) -> Option<Asked> {
        find(&self.code)
    }
}

fn is_code(text: &str) -> Result<(), ValidationError> {
    holds(find(text).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_copied_from_a_certificate_finds_it() {
        let code = Code::from_random(7);
        let shown = code.to_string();
        for text in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', "\u{2011}"),
            shown.replace('-', " - "),
            shown.replace('-', "\u{ad}-"),
            format!("Kods: {shown}"),
            format!("Apliecības kods {shown}."),
            format!("Code: {}", shown.replace('-', " ")),
            format!("https://iespeja.example/lv/verify/{shown}"),
            format!("iespeja.example/en/verify/{shown}?x=1"),
            format!("Pārbaude: https://iespeja.example/lv/verify/{shown}."),
        ] {
            assert_eq!(find(&text), Some(Asked::Code(code.clone())), "{text}");
        }
        let serial = Asked::Serial("IESP-2026-000123".to_owned());
        for text in [
            "IESP-2026-000123",
            "iesp-2026-000123",
            "Nr. IESP-2026-000123",
            "IESP 2026 000123",
            "IESP–2026–000123.",
            "Apliecība IESP-2026-000123, 23.11.2026.",
        ] {
            assert_eq!(find(text), Some(serial.clone()), "{text}");
        }
        for text in [
            "",
            "IESP-2026",
            "IESP-2026-00012",
            "Anna Paraudziņa",
            "https://iespeja.example/",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
