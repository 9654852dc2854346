//! The inputs of organisations: their rules, and the types made from them.

use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::model::{OrganisationKind, kind_from_slug};
use crate::input::{self, Field, Input, holds};

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
pub struct RawOrganisation {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(
        length(min = 1, max = MAX_NAME_CHARACTERS, code = "organisation-name"),
        custom(function = is_name, code = "organisation-name-strange"),
        custom(function = input::has_no_stacked_marks, code = "marks-stacked")
    )]
    name: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_number_or_none, code = "registration-number-wrong"))]
    registration_number: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_kind, code = "organisation-kind-missing"))]
    kind: String,
}

impl Input for RawOrganisation {
    const FIELDS: &'static [Field] = &[
        Field::new("name").at_most(MAX_NAME_CHARACTERS),
        Field::new("registration_number").at_most(MAX_NUMBER_CHARACTERS),
        Field::new("kind"),
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

/// A number without its spaces and a leading `LV` (of a VAT number).
fn digits(text: &str) -> String {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.strip_prefix("LV").unwrap_or(&digits).to_owned()
}

fn is_number_or_none(text: &str) -> Result<(), ValidationError> {
    let digits = digits(text);
    let is_number = digits.len() == 11 && digits.bytes().all(|b| b.is_ascii_digit());
    holds(digits.is_empty() || is_number)
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
    #[validate(length(min = 1, max = MAX_REASON_CHARACTERS, code = "reason"))]
    reason: String,
}

impl Input for RawRejection {
    const FIELDS: &'static [Field] = &[Field::new("reason").at_most(MAX_REASON_CHARACTERS)];
    type Checked = Reason;

    fn into_checked(self) -> Option<Reason> {
        Some(Reason(self.reason))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn number(text: &str) -> Result<Option<String>, String> {
        let raw = json!({ "name": "SIA", "registration_number": text, "kind": "other" });
        let raw: RawOrganisation = serde_json::from_value(raw).unwrap();
        raw.check()
            .map(|input| Some(input.registration_number?.as_str().to_owned()))
            .map_err(|problems| problems[0].code.to_string())
    }

    #[test]
    fn registration_numbers_have_eleven_digits() {
        let known = Ok(Some("40003003456".to_owned()));
        assert_eq!(number(" LV 4000 300 3456 "), known);
        assert_eq!(number("  "), Ok(None));
        for text in ["4000300345", "400030034567", "4000300345a", "٤٠٠٠٣٠٠٣٤٥٦"] {
            let wrong = Err("registration-number-wrong".to_owned());
            assert_eq!(number(text), wrong, "{text}");
        }
    }
}
