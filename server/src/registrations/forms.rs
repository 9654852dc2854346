//! The inputs of registrations: their rules, and the types made from them.

use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::{model::Origin, needs::Needs};
use crate::{
    http::Lang,
    ids::{AccountId, OrganisationId, PersonId, RegistrationGroupId},
    input::{self, Field, Input, holds},
    mail::{Email, LONGEST_EMAIL},
    people::{FAMILY_NAME, GIVEN_NAME, PersonName, RawNames, SINGLE_NAME},
};

/// The most characters of a position.
const MAX_ROLE_CHARACTERS: u64 = 120;
/// The most characters of a text about what is needed.
const MAX_NEED_CHARACTERS: u64 = 500;
/// The most children of one participant.
const MOST_CHILDREN: usize = 6;
/// The highest age at which childcare is offered.
const OLDEST_CHILD: u8 = 17;

/// A registration, checked: of a person who is known, or of one with this address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationInput {
    /// Who, if they are signed in; else the person with the address.
    pub person_id: Option<PersonId>,
    /// Given name.
    pub given_name: PersonName,
    /// Family name.
    pub family_name: PersonName,
    /// Where mails about it go.
    pub email: Email,
    /// The language of mails.
    pub lang: Lang,
    /// For which organisation they come.
    pub organisation_id: Option<OrganisationId>,
    /// What they do there; may be empty.
    pub role: String,
    /// What they need.
    pub needs: Needs,
    /// How it came.
    pub origin: Origin,
    /// With which others it was made.
    pub group_id: Option<RegistrationGroupId>,
    /// Who made it for them.
    pub registered_by: Option<AccountId>,
}

const EMAIL: Field = Field::new("email").at_most(LONGEST_EMAIL);
const ROLE: Field = Field::new("role").at_most(MAX_ROLE_CHARACTERS);
const CHILDREN: Field = Field::new("children").at_most(40);
const ACCESS: Field = Field::new("accessibility").at_most(MAX_NEED_CHARACTERS);
const DIET: Field = Field::new("diet").at_most(MAX_NEED_CHARACTERS);
const INTERPRETER: Field = Field::new("interpreter");

/// Position and needs, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawDetails {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(max = MAX_ROLE_CHARACTERS, code = "role"))]
    role: String,
    /// Ages of children: `3, 7`.
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = are_ages, code = "children-ages"))]
    children: String,
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(max = MAX_NEED_CHARACTERS, code = "accessibility"))]
    accessibility: String,
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(max = MAX_NEED_CHARACTERS, code = "diet"))]
    diet: String,
    #[serde(deserialize_with = "input::ticked")]
    interpreter: bool,
}

impl Input for RawDetails {
    const FIELDS: &'static [Field] = &[ROLE, CHILDREN, ACCESS, DIET, INTERPRETER];
    type Checked = (String, Needs);

    fn into_checked(self) -> Option<(String, Needs)> {
        let needs = Needs {
            children: ages(&self.children)?,
            access: self.accessibility,
            diet: self.diet,
            interpreter: self.interpreter,
        };
        Some((self.role, needs))
    }
}

/// The ages in a text such as `3, 7` or `3 un 7`.
fn ages(text: &str) -> Option<Vec<u8>> {
    let is_between = |c: char| !c.is_ascii_digit();
    let has_only_ages = text
        .chars()
        .all(|c| c.is_ascii_digit() || " ,;un+and".contains(c));
    if !has_only_ages {
        return None;
    }
    let ages: Vec<u8> = text
        .split(is_between)
        .filter(|word| !word.is_empty())
        .map(|word| word.parse::<u8>().ok().filter(|age| *age <= OLDEST_CHILD))
        .collect::<Option<_>>()?;
    let is_said = text.is_empty() || !ages.is_empty();
    (is_said && ages.len() <= MOST_CHILDREN).then_some(ages)
}

fn are_ages(text: &str) -> Result<(), ValidationError> {
    holds(ages(text).is_some())
}

/// What a person without an account enters, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawGuestRegistration {
    #[serde(flatten)]
    #[validate(nested)]
    names: RawNames,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = Email::check))]
    email: String,
    #[serde(flatten)]
    #[validate(nested)]
    details: RawDetails,
}

/// What a person without an account entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GuestRegistration {
    /// Given and family name.
    pub names: (PersonName, PersonName),
    /// The address.
    pub email: Email,
    /// Position and needs.
    pub details: (String, Needs),
}

impl RawGuestRegistration {
    /// Its fields, in order.
    pub(super) const ALL: [Field; 9] = [
        GIVEN_NAME,
        FAMILY_NAME,
        SINGLE_NAME,
        EMAIL,
        ROLE,
        CHILDREN,
        ACCESS,
        DIET,
        INTERPRETER,
    ];
}

impl Input for RawGuestRegistration {
    const FIELDS: &'static [Field] = &Self::ALL;
    type Checked = GuestRegistration;

    fn into_checked(self) -> Option<GuestRegistration> {
        Some(GuestRegistration {
            names: self.names.into_checked()?,
            email: Email::parse(&self.email)?,
            details: self.details.into_checked()?,
        })
    }
}

/// Somebody of an organisation whom somebody else registers, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawColleague {
    #[serde(flatten)]
    #[validate(nested)]
    names: RawNames,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = Email::check))]
    email: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(max = MAX_ROLE_CHARACTERS, code = "role"))]
    role: String,
}

/// Somebody of an organisation whom somebody else registers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Given and family name.
    pub names: (PersonName, PersonName),
    /// The address.
    pub email: Email,
    /// What they do; may be empty.
    pub role: String,
}

impl Input for RawColleague {
    const FIELDS: &'static [Field] = &[GIVEN_NAME, FAMILY_NAME, SINGLE_NAME, EMAIL, ROLE];
    type Checked = Colleague;

    fn into_checked(self) -> Option<Colleague> {
        Some(Colleague {
            names: self.names.into_checked()?,
            email: Email::parse(&self.email)?,
            role: self.role,
        })
    }
}

/// An organisation as named by a person without an account: searched for, then chosen.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawOrganisationChoice {
    /// A name or registration number.
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(max = 200, code = "organisation-name"))]
    organisation: String,
    /// The id of one that was found.
    #[serde(deserialize_with = "input::tidied")]
    organisation_id: String,
}

/// What was named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct OrganisationChoice {
    /// A name or registration number.
    pub typed: String,
    /// One that was found.
    pub chosen: Option<OrganisationId>,
}

impl Input for RawOrganisationChoice {
    const FIELDS: &'static [Field] = &[
        Field::new("organisation").at_most(200),
        Field::new("organisation_id"),
    ];
    type Checked = OrganisationChoice;

    fn into_checked(self) -> Option<OrganisationChoice> {
        Some(OrganisationChoice {
            chosen: self.organisation_id.parse().ok(),
            typed: self.organisation,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_of_children_are_read() {
        for (text, found) in [
            ("", Some(vec![])),
            ("3", Some(vec![3])),
            ("3, 7", Some(vec![3, 7])),
            ("3 un 7", Some(vec![3, 7])),
            ("0;17", Some(vec![0, 17])),
            ("18", None),
            ("divi", None),
            ("un", None),
            ("1 2 3 4 5 6 7", None),
            ("300", None),
        ] {
            assert_eq!(ages(text), found, "{text}");
        }
    }
}
