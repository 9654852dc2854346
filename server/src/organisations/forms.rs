//! What people type about organisations: read, checked, shown again.

use super::model::{
    OrganisationInput, OrganisationName, Reason, RegistrationNumber, kind_from_slug,
};
use crate::{
    http::{FormState, Posted},
    text::BadText,
};

/// The fields of an organisation.
pub const ORGANISATION: [&str; 3] = ["name", "registration_number", "kind"];
/// The field of a rejection.
pub(super) const REJECTION: [&str; 1] = ["reason"];

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

/// Reads why an organisation is turned down.
///
/// # Errors
/// The form to show again.
pub(super) fn rejection(posted: &Posted) -> Result<Reason, FormState> {
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
