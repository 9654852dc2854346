//! The inputs of the API and of the pages about its tokens: their rules, and the types made from them.

use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::model::{DEFAULT_DAYS, MOST_DAYS, Scope, Scopes};
use crate::{
    http::Lang,
    input::{self, Field, Input, holds},
    mail::{Email, LONGEST_EMAIL},
    people::{FAMILY_NAME, GIVEN_NAME, PersonName, RawNames, SINGLE_NAME},
};

/// The most characters of a token's name.
const MAX_NAME_CHARACTERS: u64 = 80;

/// The value of `access` for a token that only reads.
pub(super) const READ: &str = "read";
/// The value of `access` for a token that reads and writes.
pub(super) const WRITE: &str = "write";

/// A token to be made, checked; from `RawToken`, or [`NewToken::of_command`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    name: String,
    days: u32,
    scopes: Scopes,
}

impl NewToken {
    /// As asked for on the command line. `None` if the name is empty or too long, the days are not 1 to
    /// [`MOST_DAYS`], or there is no scope.
    #[must_use]
    pub fn of_command(name: &str, days: Option<u32>, scopes: Scopes) -> Option<Self> {
        let raw = RawToken {
            name: crate::text::tidy(name),
            days: days.unwrap_or(DEFAULT_DAYS).to_string(),
            access: READ.to_owned(),
        };
        let checked = raw.check().ok()?;
        (!scopes.is_empty()).then_some(Self { scopes, ..checked })
    }

    /// What its owner calls it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// How many days it works.
    pub(super) const fn days(&self) -> u32 {
        self.days
    }

    /// What it may do.
    pub(super) const fn scopes(&self) -> &Scopes {
        &self.scopes
    }
}

/// A token to be made, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawToken {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(min = 1, max = MAX_NAME_CHARACTERS, code = "token-name"))]
    name: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_access, code = "token-access-missing"))]
    access: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_days, code = "token-days-wrong"))]
    days: String,
}

impl Input for RawToken {
    const FIELDS: &'static [Field] = &[
        Field::new("name").at_most(MAX_NAME_CHARACTERS),
        Field::new("access"),
        Field::new("days"),
    ];
    type Checked = NewToken;

    fn into_checked(self) -> Option<NewToken> {
        Some(NewToken {
            scopes: scopes_of(&self.access)?,
            days: self.days.parse().ok()?,
            name: self.name,
        })
    }
}

fn scopes_of(access: &str) -> Option<Scopes> {
    match access {
        READ => Some([Scope::EventsRead].into()),
        WRITE => Some([Scope::EventsRead, Scope::EventsWrite].into()),
        _ => None,
    }
}

fn is_access(text: &str) -> Result<(), ValidationError> {
    holds(scopes_of(text).is_some())
}

fn is_days(text: &str) -> Result<(), ValidationError> {
    let is_in = |days: u32| (1..=MOST_DAYS).contains(&days);
    holds(text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse().is_ok_and(is_in))
}

/// The most characters of a position.
const MAX_ROLE_CHARACTERS: u64 = 120;

/// A person to be registered, checked; from [`RawParticipant`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewParticipant {
    /// Given name.
    pub given_name: PersonName,
    /// Family name.
    pub family_name: PersonName,
    /// Where mails go.
    pub email: Email,
    /// The registration number of their organisation, as sent; may be empty.
    pub organisation_number: String,
    /// What they do there; may be empty.
    pub role: String,
    /// The language of mails.
    pub lang: Lang,
}

/// The field of the registration number of an organisation.
pub(super) const ORGANISATION: &str = "organisation_registration_number";

/// A person to be registered, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawParticipant {
    #[serde(flatten)]
    #[validate(nested)]
    names: RawNames,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = Email::check))]
    email: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(max = MAX_NUMBER_CHARACTERS, code = "registration-number"))]
    organisation_registration_number: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(
        length(max = MAX_ROLE_CHARACTERS, code = "participant-role"),
        custom(function = has_no_control, code = "text-control")
    )]
    role: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_lang, code = "language-unknown"))]
    language: String,
}

/// The most characters of a registration number with spaces.
const MAX_NUMBER_CHARACTERS: u64 = 20;

impl Input for RawParticipant {
    const FIELDS: &'static [Field] = &[
        GIVEN_NAME,
        FAMILY_NAME,
        SINGLE_NAME,
        Field::new("email").at_most(LONGEST_EMAIL),
        Field::new(ORGANISATION).at_most(MAX_NUMBER_CHARACTERS),
        Field::new("role").at_most(MAX_ROLE_CHARACTERS),
        Field::new("language"),
    ];
    type Checked = NewParticipant;

    fn into_checked(self) -> Option<NewParticipant> {
        let (given_name, family_name) = self.names.into_checked()?;
        Some(NewParticipant {
            given_name,
            family_name,
            email: Email::parse(&self.email)?,
            organisation_number: self.organisation_registration_number,
            role: self.role,
            lang: lang_of(&self.language)?,
        })
    }
}

/// Latvian, if no language is named.
fn lang_of(text: &str) -> Option<Lang> {
    if text.is_empty() {
        return Some(Lang::Lv);
    }
    Lang::from_tag(text)
}

fn is_lang(text: &str) -> Result<(), ValidationError> {
    holds(lang_of(text).is_some())
}

/// What JSON can hold and no database keeps.
fn has_no_control(text: &str) -> Result<(), ValidationError> {
    holds(!text.chars().any(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_of_the_command_line_follows_the_rules_of_the_form() {
        let read = || Scopes::from([Scope::EventsRead]);
        let made = NewToken::of_command("  Nightly   export ", None, read()).unwrap();
        assert_eq!((made.name(), made.days()), ("Nightly export", DEFAULT_DAYS));
        assert_eq!(made.scopes(), &read());
        let write = NewToken::of_command("x", Some(1), [Scope::EventsWrite].into()).unwrap();
        assert_eq!(write.scopes(), &[Scope::EventsWrite].into());
        for (name, days, scopes) in [
            (" ", Some(1), read()),
            ("x", Some(0), read()),
            ("x", Some(MOST_DAYS + 1), read()),
            ("x", Some(1), Scopes::new()),
        ] {
            assert_eq!(
                NewToken::of_command(name, days, scopes),
                None,
                "{name} {days:?}"
            );
        }
    }
}
