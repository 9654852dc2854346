//! The inputs of organisations: their rules, and the types made from them.

use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::model::{OrganisationKind, kind_from_slug};
use crate::{
    ids::OrganisationId,
    input::{self, Field, Input, broken, holds},
    text::has_personal_code,
};

/// The most characters of an organisation's name.
const MAX_NAME_CHARACTERS: u64 = 200;
/// The most characters of a registration number as it is typed, with its spaces and `LV`.
const MAX_NUMBER_CHARACTERS: u64 = 20;
/// The most characters of a reason.
const MAX_REASON_CHARACTERS: u64 = 500;

/// An organisation's name; made from [`RawOrganisation`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationName(String);

impl OrganisationName {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number in the Register of Enterprises or the list of public persons: 11 digits; made
/// from [`RawOrganisation`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationNumber(String);

impl RegistrationNumber {
    /// The 11 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The data of an organisation as typed by a person who proposes it, or by a manager who corrects it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationInput {
    /// Its name.
    pub name: OrganisationName,
    /// Its number, where known.
    pub registration_number: Option<RegistrationNumber>,
    /// Its kind.
    pub kind: OrganisationKind,
}

/// The data of an organisation, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
#[validate(schema(function = holds_no_personal_code, code = "personal-code"))]
pub struct RawOrganisation {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(
        length(min = 1, max = MAX_NAME_CHARACTERS, code = "organisation-name"),
        custom(function = is_name, code = "organisation-name-strange"),
        custom(function = input::has_no_stacked_marks, code = "marks-stacked")
    )]
    name: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(
        custom(function = is_number_or_none, code = "registration-number-wrong"),
        custom(function = has_check_digit, code = "registration-number-check-digit")
    )]
    registration_number: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_kind, code = "organisation-kind-missing"))]
    kind: String,
    /// What looks like a personal code is none.
    #[serde(deserialize_with = "input::ticked")]
    not_personal: bool,
}

impl Input for RawOrganisation {
    const FIELDS: &'static [Field] = &[
        Field::new("name").at_most(MAX_NAME_CHARACTERS),
        Field::new("registration_number").at_most(MAX_NUMBER_CHARACTERS),
        Field::new("kind"),
        Field::new("not_personal"),
    ];
    type Checked = OrganisationInput;

    fn into_checked(self) -> Option<OrganisationInput> {
        let digits = digits(&self.registration_number);
        Some(OrganisationInput {
            name: OrganisationName(self.name),
            registration_number: (!digits.is_empty()).then_some(RegistrationNumber(digits)),
            kind: kind_from_slug(&self.kind)?,
        })
    }
}

fn is_name(text: &str) -> Result<(), ValidationError> {
    holds(text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_control))
}

/// A number without its spaces and hyphens and a leading `LV` (of a VAT number).
pub(super) fn digits(text: &str) -> String {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2013}');
    let digits: String = text.chars().filter(|c| !is_between(*c)).collect();
    let number = digits
        .strip_prefix("LV")
        .or_else(|| digits.strip_prefix("lv"));
    number.unwrap_or(&digits).to_owned()
}

fn is_number_or_none(text: &str) -> Result<(), ValidationError> {
    let digits = digits(text);
    let is_number = digits.len() == 11 && digits.bytes().all(|b| b.is_ascii_digit());
    holds(digits.is_empty() || is_number)
}

/// The weights of the first ten digits.
const WEIGHTS: [u32; 10] = [9, 1, 4, 8, 3, 10, 2, 5, 7, 6];

/// The check digit of legal persons, by the European Commission's “VIES VAT number construction rules”, section on
/// Latvia: a number of VAT is the registration number. With the weighted sum of the first ten digits, the last one is
/// `3 - sum` modulo 11. Where that is 10, the sources do not agree on what stands there, and any digit passes; so
/// does a number that begins with 0 to 3, which is none of a legal person: see [`holds_no_personal_code`].
fn has_check_digit(text: &str) -> Result<(), ValidationError> {
    let digits: Vec<u32> = digits(text)
        .chars()
        .filter_map(|c| c.to_digit(10))
        .collect();
    let (Some(first), Some(last)) = (digits.first(), digits.get(10)) else {
        return Ok(());
    };
    let products = digits
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight);
    let expected = (3 + 11 - products.sum::<u32>() % 11) % 11;
    holds(*first < 4 || expected == 10 || expected == *last)
}

/// Neither the number nor the name looks like a personal code, unless the person has said that it is none. The numbers
/// of legal persons begin with 4 to 9, so what begins with less looks like one.
fn holds_no_personal_code(organisation: &RawOrganisation) -> Result<(), ValidationError> {
    if organisation.not_personal {
        return Ok(());
    }
    if digits(&organisation.registration_number).starts_with(['0', '1', '2', '3']) {
        return Err(broken("registration_number"));
    }
    if has_personal_code(&organisation.name) {
        return Err(broken("name"));
    }
    Ok(())
}

fn is_kind(slug: &str) -> Result<(), ValidationError> {
    holds(kind_from_slug(slug).is_some())
}

/// Why an organisation was rejected; shown to the people who named it. Made from `RawRejection`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The reason of a rejection, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawRejection {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(
        length(min = 1, max = MAX_REASON_CHARACTERS, code = "reason"),
        custom(function = names_nobody, code = "reason-personal-code")
    )]
    reason: String,
}

/// Others read it.
fn names_nobody(text: &str) -> Result<(), ValidationError> {
    holds(!has_personal_code(text))
}

impl Input for RawRejection {
    const FIELDS: &'static [Field] = &[Field::new("reason").at_most(MAX_REASON_CHARACTERS)];
    type Checked = Reason;

    fn into_checked(self) -> Option<Reason> {
        Some(Reason(self.reason))
    }
}

/// Which of two organisations goes on, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawMerging {
    #[validate(custom(function = input::is_a::<OrganisationId>, code = "merge-keep-missing"))]
    keep: String,
}

impl Input for RawMerging {
    const FIELDS: &'static [Field] = &[Field::new("keep")];
    type Checked = OrganisationId;

    fn into_checked(self) -> Option<OrganisationId> {
        self.keep.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn organisation(name: &str, number: &str, is_meant: bool) -> Result<Option<String>, String> {
        let raw = json!({
            "name": name,
            "registration_number": number,
            "kind": "other",
            "not_personal": is_meant,
        });
        let raw: RawOrganisation = serde_json::from_value(raw).unwrap();
        raw.check()
            .map(|input| Some(input.registration_number?.as_str().to_owned()))
            .map_err(|problems| format!("{} {}", problems[0].field, problems[0].code))
    }

    fn number(text: &str) -> Result<Option<String>, String> {
        organisation("SIA", text, false)
    }

    #[test]
    fn registration_numbers_have_eleven_digits() {
        let known = Ok(Some("40003003456".to_owned()));
        assert_eq!(number(" LV 4000 300 3456 "), known);
        assert_eq!(number("  "), Ok(None));
        for text in ["4000300345", "400030034567", "4000300345a", "٤٠٠٠٣٠٠٣٤٥٦"] {
            let wrong = Err("registration_number registration-number-wrong".to_owned());
            assert_eq!(number(text), wrong, "{text}");
        }
    }

    #[test]
    fn the_last_digit_of_a_registration_number_checks_the_others() {
        // Numbers of a company, of the authorities for taxes and of a town, as they publish them.
        for known in [
            "40003032949",
            "90000069281",
            "90000064250",
            "lv4000-3032949",
        ] {
            assert!(number(known).is_ok(), "{known}");
        }
        let wrong = Err("registration_number registration-number-check-digit".to_owned());
        for text in ["40003032948", "40003032994", "40003023949", "90000069282"] {
            assert_eq!(number(text), wrong, "{text}");
        }
        // Of ten last digits, one is right.
        let right = "40003032949";
        for typed in 0..10 {
            let mut digits: Vec<char> = right.chars().collect();
            digits[10] = char::from_digit(typed, 10).unwrap();
            let text: String = digits.into_iter().collect();
            assert_eq!(number(&text).is_ok(), text == right, "{text}");
        }
    }

    #[test]
    fn a_personal_code_is_taken_only_if_it_is_said_to_be_none() {
        let warned = |field: &str| Err(format!("{field} personal-code"));
        for code in [
            "161175-19997",
            "16117519997",
            "32345612345",
            "LV 323456-12345",
        ] {
            assert_eq!(number(code), warned("registration_number"), "{code}");
            assert!(organisation("SIA", code, true).unwrap().is_some(), "{code}");
        }
        let name = "Saimnieks 161175-19997";
        assert_eq!(organisation(name, "", false), warned("name"));
        assert_eq!(organisation(name, "", true), Ok(None));
    }
}
