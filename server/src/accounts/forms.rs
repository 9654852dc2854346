//! What people type about their accounts: read, checked, shown again. Passwords never are.

use super::{
    model::Email,
    password::{self, MAX_CHARACTERS, MIN_CHARACTERS},
    service::FirstAdministrator,
};
use crate::{
    http::{FormState, Posted},
    mail::{self, EmailProblem},
    people::person_name,
};

/// The fields of the form that asks for an address and a password.
pub(super) const CREDENTIALS: [&str; 2] = ["email", "password"];
/// The field of the form that asks for an address.
pub(super) const ADDRESS: [&str; 1] = ["email"];
/// The field of the form that asks for a new password.
pub(super) const NEW_PASSWORD: [&str; 1] = ["password"];
/// The fields of the first administrator's form.
pub(super) const FIRST_ADMINISTRATOR: [&str; 4] =
    ["given_name", "family_name", "email", "password"];

/// Reads an address.
///
/// # Errors
/// The form to show again.
pub(super) fn address(posted: &Posted) -> Result<Email, FormState> {
    let mut form = FormState::new().value("email", typed_address(posted));
    email(posted, &mut form).ok_or(form)
}

/// Reads a new password of the account with this address.
///
/// # Errors
/// The form to show again.
pub(super) fn password(posted: &Posted, email: &str) -> Result<String, FormState> {
    let mut form = FormState::new();
    new_password(posted, email, &mut form).ok_or(form)
}

/// Reads who the first administrator is.
///
/// # Errors
/// The form to show again.
pub(super) fn first_administrator(posted: &Posted) -> Result<FirstAdministrator, FormState> {
    let mut form = first_administrator_typed(posted);
    let given_name = person_name(posted, "given_name", &mut form);
    let family_name = person_name(posted, "family_name", &mut form);
    let email = email(posted, &mut form);
    let password = new_password(posted, posted.get("email"), &mut form);
    match (given_name, family_name, email, password) {
        (Some(given_name), Some(family_name), Some(email), Some(password)) => {
            Ok(FirstAdministrator {
                email,
                password,
                given_name,
                family_name,
            })
        }
        _ => Err(form),
    }
}

/// The first administrator's form as typed, without judging it.
#[must_use]
pub(super) fn first_administrator_typed(posted: &Posted) -> FormState {
    ["given_name", "family_name"].into_iter().fold(
        FormState::new().value("email", typed_address(posted)),
        |form, field| form.value(field, posted.get(field)),
    )
}

/// What somebody types to sign in. Whatever is wrong with it is told in one sentence.
pub(super) struct SignIn {
    /// The address; `None` when it is none, which nobody is told.
    pub email: Option<Email>,
    /// The password.
    pub password: String,
    /// For showing again.
    pub form: FormState,
}

/// Reads an address and a password.
///
/// # Errors
/// The form to show again, when a field is empty.
pub(super) fn sign_in(posted: &Posted) -> Result<SignIn, FormState> {
    let typed = typed_address(posted);
    let mut form = FormState::new().value("email", typed.as_str());
    if typed.is_empty() {
        form.add_error("email", "email-missing");
    }
    if posted.raw("password").is_empty() {
        form.add_error("password", "password-missing");
    }
    if !form.is_valid() {
        return Err(form);
    }
    // No more than can have been hashed, so that nobody keeps the server hashing.
    let password = posted
        .raw("password")
        .chars()
        .take(MAX_CHARACTERS + 1)
        .collect();
    Ok(SignIn {
        email: Email::parse(&typed),
        password,
        form,
    })
}

/// What was typed as an address: one character more than an address can have, so that whatever is
/// longer is none, and is neither kept nor shown.
fn typed_address(posted: &Posted) -> String {
    posted
        .get("email")
        .chars()
        .take(mail::LONGEST_EMAIL + 1)
        .collect()
}

fn email(posted: &Posted, form: &mut FormState) -> Option<Email> {
    match Email::read(&typed_address(posted)) {
        Ok(email) => Some(email),
        Err(problem) => {
            let mut args = Vec::new();
            if let EmailProblem::ForeignLetters(found) = &problem {
                let latin = found.latin.clone().unwrap_or_default();
                args = vec![
                    ("letters", found.listed(('„', '”')).into()),
                    ("latin", latin.into()),
                ];
            }
            form.add_error_with("email", problem.message_key(), &args);
            None
        }
    }
}

fn new_password(posted: &Posted, email: &str, form: &mut FormState) -> Option<String> {
    let password = posted.raw("password");
    if password.is_empty() {
        form.add_error("password", "password-missing");
        return None;
    }
    match password::check(password, email) {
        Ok(()) => Some(password.to_owned()),
        Err(weakness) => {
            let args = [
                ("min", MIN_CHARACTERS.into()),
                ("max", MAX_CHARACTERS.into()),
            ];
            form.add_error_with("password", weakness.message_key(), &args);
            None
        }
    }
}
