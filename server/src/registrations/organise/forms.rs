//! The inputs of organisers about registrations: their rules, and the types made from them.

use serde::Deserialize;
use validator::{Validate, ValidationError};

use crate::{
    http::Lang,
    input::{self, Field, Input, holds},
    registrations::forms::{GuestRegistration, RawGuestRegistration},
};

/// Somebody whom an organiser registers, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawAddedRegistration {
    #[serde(flatten)]
    #[validate(nested)]
    participant: RawGuestRegistration,
    /// The language of mails.
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_lang, code = "mail-language-missing"))]
    locale: String,
}

fn is_lang(tag: &str) -> Result<(), ValidationError> {
    holds(Lang::from_tag(tag).is_some())
}

impl Input for RawAddedRegistration {
    const FIELDS: &'static [Field] = &{
        let [
            given,
            family,
            single,
            email,
            role,
            children,
            access,
            diet,
            interpreter,
        ] = RawGuestRegistration::ALL;
        [
            given,
            family,
            single,
            email,
            Field::new("locale"),
            role,
            children,
            access,
            diet,
            interpreter,
        ]
    };
    type Checked = (GuestRegistration, Lang);

    fn into_checked(self) -> Option<(GuestRegistration, Lang)> {
        Some((
            self.participant.into_checked()?,
            Lang::from_tag(&self.locale)?,
        ))
    }
}

/// The most characters of a text that is told to those whose registrations are cancelled.
const MAX_WHY_CHARACTERS: u64 = 500;

/// What people are told whose registrations an organiser cancels, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawWhy {
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(max = MAX_WHY_CHARACTERS, code = "told-why"))]
    told_why: String,
}

impl Input for RawWhy {
    const FIELDS: &'static [Field] = &[Field::new("told_why").at_most(MAX_WHY_CHARACTERS)];
    /// It may be empty.
    type Checked = String;

    fn into_checked(self) -> Option<String> {
        Some(self.told_why)
    }
}
