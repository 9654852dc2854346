//! The input of a message: its rules, and what is made from it.

use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::model::{Wording, Wordings};
use crate::{
    input::{self, Field, Input, broken},
    registrations::model::RegistrationState,
};

/// The most characters of a subject.
const MAX_SUBJECT_CHARACTERS: u64 = 150;
/// The most characters of a text.
const MAX_TEXT_CHARACTERS: u64 = 5_000;

/// A message, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
#[validate(
    schema(
        function = has_audience,
        skip_on_field_errors = false,
        code = "message-to-missing"
    ),
    schema(
        function = has_lv_subject,
        skip_on_field_errors = false,
        code = "message-subject-missing"
    ),
    schema(
        function = has_lv_text,
        skip_on_field_errors = false,
        code = "message-text-missing"
    ),
    schema(
        function = has_en_subject,
        skip_on_field_errors = false,
        code = "message-subject-missing"
    ),
    schema(
        function = has_en_text,
        skip_on_field_errors = false,
        code = "message-text-missing"
    )
)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a checkbox for each group of people"
)]
pub(super) struct RawMessage {
    /// Whether it goes to registrations that were selected in the list; not a field.
    #[serde(skip)]
    pub is_for_selected: bool,
    #[serde(deserialize_with = "input::ticked")]
    to_registered: bool,
    #[serde(deserialize_with = "input::ticked")]
    to_waiting: bool,
    #[serde(deserialize_with = "input::ticked")]
    to_offered: bool,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(max = MAX_SUBJECT_CHARACTERS, code = "message-subject"))]
    subject_lv: String,
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(max = MAX_TEXT_CHARACTERS, code = "message-text"))]
    text_lv: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(max = MAX_SUBJECT_CHARACTERS, code = "message-subject"))]
    subject_en: String,
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(max = MAX_TEXT_CHARACTERS, code = "message-text"))]
    text_en: String,
}

fn has_audience(raw: &RawMessage) -> Result<(), ValidationError> {
    let is_for_anybody =
        raw.is_for_selected || raw.to_registered || raw.to_waiting || raw.to_offered;
    if is_for_anybody {
        Ok(())
    } else {
        Err(broken("to_registered"))
    }
}

/// A part that is missing although the other one is there.
fn has(part: &str, other: &str, field: &'static str) -> Result<(), ValidationError> {
    if part.is_empty() && !other.is_empty() {
        return Err(broken(field));
    }
    Ok(())
}

/// The Latvian part is needed if there is no English one.
fn has_lv(
    part: &str,
    other: &str,
    raw: &RawMessage,
    field: &'static str,
) -> Result<(), ValidationError> {
    if part.is_empty() && raw.subject_en.is_empty() && raw.text_en.is_empty() {
        return Err(broken(field));
    }
    has(part, other, field)
}

fn has_lv_subject(raw: &RawMessage) -> Result<(), ValidationError> {
    has_lv(&raw.subject_lv, &raw.text_lv, raw, "subject_lv")
}

fn has_lv_text(raw: &RawMessage) -> Result<(), ValidationError> {
    has_lv(&raw.text_lv, &raw.subject_lv, raw, "text_lv")
}

fn has_en_subject(raw: &RawMessage) -> Result<(), ValidationError> {
    has(&raw.subject_en, &raw.text_en, "subject_en")
}

fn has_en_text(raw: &RawMessage) -> Result<(), ValidationError> {
    has(&raw.text_en, &raw.subject_en, "text_en")
}

impl Input for RawMessage {
    const FIELDS: &'static [Field] = &[
        Field::new("to_registered"),
        Field::new("to_waiting"),
        Field::new("to_offered"),
        Field::new("subject_lv").at_most(MAX_SUBJECT_CHARACTERS),
        Field::new("text_lv").at_most(MAX_TEXT_CHARACTERS),
        Field::new("subject_en").at_most(MAX_SUBJECT_CHARACTERS),
        Field::new("text_en").at_most(MAX_TEXT_CHARACTERS),
    ];
    /// The states that were ticked, and what the message says.
    type Checked = (Vec<RegistrationState>, Wordings);

    fn into_checked(self) -> Option<Self::Checked> {
        let states = [
            (self.to_registered, RegistrationState::Registered),
            (self.to_waiting, RegistrationState::Waiting),
            (self.to_offered, RegistrationState::Offered),
        ];
        let states = states.into_iter().filter(|(is_ticked, _)| *is_ticked);
        let wordings = Wordings {
            lv: Wording {
                subject: self.subject_lv,
                text: self.text_lv,
            },
            en: Wording {
                subject: self.subject_en,
                text: self.text_en,
            },
        };
        Some((states.map(|(_, state)| state).collect(), wordings))
    }
}
