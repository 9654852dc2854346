//! What people type about themselves and organisations: read, checked, shown again.

use uuid::Uuid;

use super::model::{
    BadText, OrganisationInput, OrganisationName, PersonName, Reason, RegistrationNumber,
    kind_from_slug,
};
use crate::{
    certificates,
    http::{FormState, Posted},
};

/// The fields of the profile.
pub const PROFILE: [&str; 2] = ["given_name", "family_name"];
/// The field of the choice among organisations.
pub const CHOICE: [&str; 1] = ["organisation"];
/// The fields of an organisation.
pub const ORGANISATION: [&str; 3] = ["name", "registration_number", "kind"];
/// The field of the privacy notice.
pub const PRIVACY: [&str; 1] = ["accept"];
/// The field of a rejection.
pub const REJECTION: [&str; 1] = ["reason"];

/// Reads the name in the field `given_name` or `family_name`; `None` when the form now says what is
/// wrong with it. A name that certificates could not show is refused here, while the person can
/// still choose another way of writing it.
pub fn person_name(
    posted: &Posted,
    field: &'static str,
    form: &mut FormState,
) -> Option<PersonName> {
    match PersonName::parse(posted.get(field)) {
        Ok(name) => {
            let missing = certificates::missing_glyphs(name.as_str());
            if missing.is_empty() {
                return Some(name);
            }
            let characters: Vec<_> = missing.into_iter().map(String::from).collect();
            let args = [("characters", characters.join(", ").into())];
            form.add_error_with(field, "name-not-printable", &args);
        }
        Err(bad) => form.add_error(
            field,
            match (field, bad) {
                ("given_name", BadText::Missing) => "given-name-missing",
                (_, BadText::Missing) => "family-name-missing",
                (_, BadText::TooLong) => "name-too-long",
                (_, BadText::Strange) => "name-strange",
            },
        ),
    }
    None
}

/// Reads given and family name.
///
/// # Errors
/// The form to show again.
pub fn profile(posted: &Posted) -> Result<(PersonName, PersonName), FormState> {
    let mut form = FormState::new();
    for field in PROFILE {
        form = form.value(field, posted.get(field));
    }
    let given = person_name(posted, "given_name", &mut form);
    let family = person_name(posted, "family_name", &mut form);
    match (given, family) {
        (Some(given), Some(family)) => Ok((given, family)),
        _ => Err(form),
    }
}

/// Reads which organisation was picked.
///
/// # Errors
/// The form to show again.
pub fn choice(posted: &Posted) -> Result<Uuid, FormState> {
    posted
        .get("organisation")
        .parse()
        .map_err(|_| FormState::new().error("organisation", "organisation-choose"))
}

/// Reads an organisation's facts.
///
/// # Errors
/// The form to show again.
pub fn organisation(posted: &Posted) -> Result<OrganisationInput, FormState> {
    let mut form = organisation_typed(posted);
    let name = OrganisationName::parse(posted.get("name"))
        .map_err(|bad| {
            form.add_error(
                "name",
                match bad {
                    BadText::Missing => "organisation-name-missing",
                    BadText::TooLong => "organisation-name-too-long",
                    BadText::Strange => "organisation-name-strange",
                },
            );
        })
        .ok();
    let number = RegistrationNumber::parse(posted.get("registration_number"))
        .map_err(|_| form.add_error("registration_number", "registration-number-wrong"))
        .ok();
    let kind = kind_from_slug(posted.get("kind"));
    if kind.is_none() {
        form.add_error("kind", "organisation-kind-missing");
    }
    match (name, number, kind) {
        (Some(name), Some(registration_number), Some(kind)) => Ok(OrganisationInput {
            name,
            registration_number,
            kind,
        }),
        _ => Err(form),
    }
}

/// An organisation's form as typed, without judging it.
#[must_use]
pub fn organisation_typed(posted: &Posted) -> FormState {
    let mut form = FormState::new();
    for field in ORGANISATION {
        form = form.value(field, posted.get(field));
    }
    form
}

/// Whether the privacy notice was accepted.
///
/// # Errors
/// The form to show again.
pub fn privacy(posted: &Posted) -> Result<(), FormState> {
    if posted.has("accept") {
        Ok(())
    } else {
        Err(FormState::new().error("accept", "privacy-accept-missing"))
    }
}

/// Reads why an organisation is turned down.
///
/// # Errors
/// The form to show again.
pub fn rejection(posted: &Posted) -> Result<Reason, FormState> {
    Reason::parse(posted.get("reason")).map_err(|bad| {
        let key = if bad == BadText::Missing {
            "reason-missing"
        } else {
            "reason-too-long"
        };
        FormState::new()
            .value("reason", posted.get("reason"))
            .error("reason", key)
    })
}
