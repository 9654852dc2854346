//! What people type about themselves: read, checked, shown again.

use super::model::PersonName;
use crate::{
    fonts,
    http::{FormState, Posted},
    ids::OrganisationId,
    text::BadText,
};

/// The fields of the profile.
pub(super) const PROFILE: [&str; 2] = ["given_name", "family_name"];
/// The field of the choice among organisations.
pub(super) const CHOICE: [&str; 1] = ["organisation"];
/// The field of the privacy notice.
pub(super) const PRIVACY: [&str; 1] = ["accept"];

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
            let missing = fonts::missing_glyphs(name.as_str());
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
pub(super) fn profile(posted: &Posted) -> Result<(PersonName, PersonName), FormState> {
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
pub(super) fn choice(posted: &Posted) -> Result<OrganisationId, FormState> {
    posted
        .get("organisation")
        .parse()
        .map_err(|_| FormState::new().error("organisation", "organisation-choose"))
}

/// Whether the privacy notice was accepted.
///
/// # Errors
/// The form to show again.
pub(super) fn privacy(posted: &Posted) -> Result<(), FormState> {
    if posted.has("accept") {
        Ok(())
    } else {
        Err(FormState::new().error("accept", "privacy-accept-missing"))
    }
}
