//! Verification codes: random, easy to type, and with a check character that detects mistyped ones.
//!
//! Eleven random characters of Crockford's base 32 (55 bits) and a check character by Luhn's method modulo
//! 32, which detects every single changed character. Shown as `XXXX-XXXX-XXXX`.

use std::fmt;

use crate::http::address;

/// What every serial number of a certificate begins with.
pub(super) const SERIES: &str = "IESP";

/// Crockford's alphabet: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;

/// A well-formed code. It may or may not belong to a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// The address of the certificate's page.
    #[must_use]
    pub fn address(&self) -> address::Certificate {
        let code = self.to_string();
        address::Certificate { code }
    }

    /// A new code from 64 random bits, of which 55 are used.
    #[must_use]
    pub fn from_random(mut bits: u64) -> Self {
        let mut values = Vec::with_capacity(LENGTH);
        for _ in 1..LENGTH {
            values.push((bits & 31) as u8);
            bits >>= 5;
        }
        values.push(check_value(&values));
        Self(
            values
                .iter()
                .filter_map(|value| ALPHABET.get(usize::from(*value)))
                .map(|c| char::from(*c))
                .collect(),
        )
    }

    /// Reads a code as typed: case, spaces and hyphens do not matter, I and L are read as 1, O as 0. `None`
    /// if it is not well-formed, e.g. because a character is wrong.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut values = Vec::with_capacity(LENGTH);
        for c in text
            .chars()
            .filter(|c| !c.is_whitespace() && !is_hyphen(*c))
        {
            let c = match c.to_ascii_uppercase() {
                'I' | 'L' => '1',
                'O' => '0',
                c => c,
            };
            let value = ALPHABET.iter().position(|known| char::from(*known) == c)?;
            values.push(u8::try_from(value).ok()?);
        }
        let (check, body) = values.split_last()?;
        if values.len() != LENGTH || check_value(body) != *check {
            return None;
        }
        Some(Self(
            values
                .iter()
                .filter_map(|value| ALPHABET.get(usize::from(*value)))
                .map(|c| char::from(*c))
                .collect(),
        ))
    }

    /// As stored in the database and used in addresses: twelve characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, c) in self.0.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{c}")?;
        }
        Ok(())
    }
}

/// Hyphens and dashes, as programs put them in place of each other, and invisible ones.
const fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{ad}' | '\u{200b}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.'
    )
}

/// Luhn modulo 32: from the right, every second value is doubled and its two base-32 digits added.
fn check_value(values: &[u8]) -> u8 {
    let sum: u32 = values
        .iter()
        .rev()
        .enumerate()
        .map(|(index, value)| {
            let value = u32::from(*value);
            if index % 2 == 0 {
                (value * 2) / 32 + (value * 2) % 32
            } else {
                value
            }
        })
        .sum();
    u8::try_from((32 - sum % 32) % 32).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn reads_back_however_it_is_typed(bits: u64) {
            let code = Code::from_random(bits);
            let shown = code.to_string();
            prop_assert_eq!(shown.len(), 14);
            for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), shown.replace('0', "o")] {
                prop_assert_eq!(Code::parse(&typed), Some(code.clone()));
            }
        }

        #[test]
        fn notices_every_changed_character(bits: u64, place in 0_usize..12, other in 0_usize..32) {
            let code = Code::from_random(bits);
            let mut changed: Vec<char> = code.as_str().chars().collect();
            let other = char::from(ALPHABET[other]);
            prop_assume!(changed[place] != other);
            changed[place] = other;
            prop_assert_eq!(Code::parse(&changed.into_iter().collect::<String>()), None);
        }

        #[test]
        fn never_panics(text: String) {
            let _ = Code::parse(&text);
        }
    }
}
