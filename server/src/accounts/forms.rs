//! The inputs of accounts: their rules, and the types made from them.

use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::{
    model::Email,
    password::{self, MAX_CHARACTERS, MIN_CHARACTERS},
};
use crate::{
    input::{self, Field, Input, broken},
    mail::LONGEST_EMAIL,
    people::{FAMILY_NAME, GIVEN_NAME, PersonName, RawNames, SINGLE_NAME},
};

const EMAIL: Field = Field::new("email").at_most(LONGEST_EMAIL);
const PASSWORD: Field = Field::new("password").at_most(MAX_CHARACTERS).secret();

/// An e-mail address, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawEmail {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = Email::check))]
    email: String,
}

impl Input for RawEmail {
    const FIELDS: &'static [Field] = &[EMAIL];
    type Checked = Email;

    fn into_checked(self) -> Option<Email> {
        Email::parse(&self.email)
    }
}

/// A new password for the account with an e-mail address, unchecked.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
#[validate(schema(
    function = is_unlike_owner,
    skip_on_field_errors = false,
    code = "password-contains-own"
))]
pub(super) struct RawNewPassword {
    #[serde(skip)]
    own_words: Vec<String>,
    #[validate(
        length(min = MIN_CHARACTERS, max = MAX_CHARACTERS, code = "password"),
        custom(function = password::is_hard_to_guess, code = "password-common")
    )]
    password: String,
}

impl RawNewPassword {
    /// Sets the address and other words of the account's owner, which make a password easy to guess.
    pub(super) fn set_owner(&mut self, address: &str, words: &[String]) {
        self.own_words = own_words(address, words);
    }
}

impl Input for RawNewPassword {
    const FIELDS: &'static [Field] = &[PASSWORD];
    type Checked = String;

    fn into_checked(self) -> Option<String> {
        Some(self.password)
    }
}

/// Why an account is closed; made from [`RawClosing`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClosingReason(String);

impl ClosingReason {
    /// The text.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The most characters of the reason for closing an account.
const MAX_REASON_CHARACTERS: u64 = 500;

/// Why an account is closed, unchecked.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawClosing {
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(min = 1, max = MAX_REASON_CHARACTERS, code = "closing-reason"))]
    reason: String,
}

impl Input for RawClosing {
    const FIELDS: &'static [Field] = &[Field::new("reason").at_most(MAX_REASON_CHARACTERS)];
    type Checked = ClosingReason;

    fn into_checked(self) -> Option<ClosingReason> {
        Some(ClosingReason(self.reason))
    }
}

/// A change of one's own password.
pub(crate) struct PasswordChange {
    /// The present one, as typed.
    pub present: String,
    /// The new one.
    pub new: String,
}

const PRESENT: Field = Field::new("present").at_most(MAX_CHARACTERS).secret();

/// A change of one's own password, unchecked.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawPasswordChange {
    #[validate(length(min = 1, max = MAX_CHARACTERS, code = "own-password"))]
    present: String,
    #[serde(flatten)]
    #[validate(nested)]
    password: RawNewPassword,
}

impl RawPasswordChange {
    /// See [`RawNewPassword::set_owner`].
    pub(super) fn set_owner(&mut self, address: &str, words: &[String]) {
        self.password.set_owner(address, words);
    }
}

impl Input for RawPasswordChange {
    const FIELDS: &'static [Field] = &[PRESENT, PASSWORD];
    type Checked = PasswordChange;

    fn into_checked(self) -> Option<PasswordChange> {
        Some(PasswordChange {
            present: self.present,
            new: self.password.into_checked()?,
        })
    }
}

/// Another e-mail address for one's own account.
pub(crate) struct NewEmail {
    /// The address.
    pub email: Email,
    /// The password, as typed.
    pub password: String,
}

/// Another e-mail address for one's own account, unchecked.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawNewEmail {
    #[serde(flatten)]
    #[validate(nested)]
    email: RawEmail,
    #[validate(length(min = 1, max = MAX_CHARACTERS, code = "own-password"))]
    password: String,
}

impl Input for RawNewEmail {
    const FIELDS: &'static [Field] = &[EMAIL, PASSWORD];
    type Checked = NewEmail;

    fn into_checked(self) -> Option<NewEmail> {
        Some(NewEmail {
            email: self.email.into_checked()?,
            password: self.password,
        })
    }
}

/// One's own password, unchecked.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawOwnPassword {
    #[validate(length(min = 1, max = MAX_CHARACTERS, code = "own-password"))]
    password: String,
}

impl Input for RawOwnPassword {
    const FIELDS: &'static [Field] = &[PASSWORD];
    /// The password.
    type Checked = String;

    fn into_checked(self) -> Option<String> {
        Some(self.password)
    }
}

/// The most characters of a code, with those between its groups.
const MAX_CODE_CHARACTERS: u64 = 40;

/// The field of a code; it is never shown again.
const CODE: Field = Field::new("otp").at_most(MAX_CODE_CHARACTERS).secret();

/// The code of a second factor, unchecked.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawCode {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(min = 1, max = MAX_CODE_CHARACTERS, code = "code"))]
    otp: String,
}

impl Input for RawCode {
    const FIELDS: &'static [Field] = &[CODE];
    /// The code.
    type Checked = String;

    fn into_checked(self) -> Option<String> {
        Some(self.otp)
    }
}

/// The removal of one's own second factor, unchecked.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawRemoval {
    #[serde(flatten)]
    #[validate(nested)]
    password: RawOwnPassword,
    #[serde(flatten)]
    #[validate(nested)]
    code: RawCode,
}

impl Input for RawRemoval {
    const FIELDS: &'static [Field] = &[PASSWORD, CODE];
    /// The password and the code.
    type Checked = (String, String);

    fn into_checked(self) -> Option<Self::Checked> {
        Some((self.password.into_checked()?, self.code.into_checked()?))
    }
}

/// The words of an address without its domain's ending, and those of names.
fn own_words(address: &str, names: &[String]) -> Vec<String> {
    let (name, domain) = address.split_once('@').unwrap_or((address, ""));
    let domain = domain.rsplit_once('.').map_or(domain, |(domain, _)| domain);
    let texts = [name, domain]
        .into_iter()
        .chain(names.iter().map(String::as_str));
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let words = words.filter(|word| !word.is_empty()).map(str::to_owned);
    words.chain([name.to_owned()]).collect()
}

fn is_unlike_owner(raw: &RawNewPassword) -> Result<(), ValidationError> {
    is_unlike(&raw.password, &raw.own_words)
}

/// The rule that a password is not made of its owner's words.
fn is_unlike(password: &str, own_words: &[String]) -> Result<(), ValidationError> {
    if password::contains_one_of(password, own_words)
        || (password::is_strong(password, &[]) && !password::is_strong(password, own_words))
    {
        return Err(broken(PASSWORD.name));
    }
    Ok(())
}

/// What the form of the first administrator contains.
#[derive(Debug, Clone)]
pub(crate) struct FirstAdministrator {
    /// The address to sign in with.
    pub email: Email,
    /// The password.
    pub password: String,
    /// Given name.
    pub given_name: PersonName,
    /// Family name.
    pub family_name: PersonName,
}

/// The first administrator, unchecked.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
#[validate(schema(
    function = is_unlike_administrator,
    skip_on_field_errors = false,
    code = "password-contains-own"
))]
pub(super) struct RawFirstAdministrator {
    #[serde(flatten)]
    #[validate(nested)]
    names: RawNames,
    #[serde(flatten)]
    #[validate(nested)]
    email: RawEmail,
    #[serde(flatten)]
    #[validate(nested)]
    password: RawNewPassword,
}

fn is_unlike_administrator(raw: &RawFirstAdministrator) -> Result<(), ValidationError> {
    let words = own_words(&raw.email.email, &raw.names.words());
    is_unlike(&raw.password.password, &words)
}

impl Input for RawFirstAdministrator {
    const FIELDS: &'static [Field] = &[GIVEN_NAME, FAMILY_NAME, SINGLE_NAME, EMAIL, PASSWORD];
    type Checked = FirstAdministrator;

    fn into_checked(self) -> Option<FirstAdministrator> {
        let (given_name, family_name) = self.names.into_checked()?;
        Some(FirstAdministrator {
            email: self.email.into_checked()?,
            password: self.password.into_checked()?,
            given_name,
            family_name,
        })
    }
}

/// What somebody signs in with. If any of it is wrong, the page says the same sentence.
pub(super) struct SignIn {
    /// The typed address, for showing again: at most one character more than an address can have.
    pub typed_address: String,
    /// The address; `None` if it is not valid, which the page does not say.
    pub email: Option<Email>,
    /// The password: at most one character more than a password can have, so that hashing takes no longer.
    pub password: String,
}

/// What somebody signs in with, unchecked.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawSignIn {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(min = 1, code = "email"))]
    email: String,
    #[validate(length(min = 1, code = "password"))]
    password: String,
}

impl Input for RawSignIn {
    const FIELDS: &'static [Field] = &[EMAIL, PASSWORD];
    type Checked = SignIn;

    fn into_checked(self) -> Option<SignIn> {
        Some(SignIn {
            email: Email::parse(&self.email),
            typed_address: beginning(&self.email, LONGEST_EMAIL),
            password: beginning(&self.password, MAX_CHARACTERS),
        })
    }
}

/// The first characters of a text: one more than `longest`.
fn beginning(text: &str, longest: u64) -> String {
    let most = usize::try_from(longest).unwrap_or(usize::MAX);
    text.chars().take(most.saturating_add(1)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(password: &str, email: &str) -> Result<String, String> {
        let raw = json!({ "password": password });
        let mut raw: RawNewPassword = serde_json::from_value(raw).unwrap();
        raw.set_owner(email, &["Ieva".to_owned(), "SIA „Rīta Rasa”".to_owned()]);
        raw.check().map_err(|problems| problems[0].code.to_string())
    }

    #[test]
    fn weak_passwords_are_refused_with_the_reason() {
        for (password, weakness) in [
            ("", "missing"),
            ("īsa", "too-short"),
            ("password1234", "common"),
            ("Parole123456", "common"),
            ("aaaaaaaaaaaa", "common"),
            ("qwertyuiop12", "common"),
            ("Latvija12345", "common"),
            ("ieva.berzina-1990", "contains-own"),
            ("zirgs ēd Berzina sienu", "contains-own"),
            ("rasa20261128", "contains-own"),
            (&"ābc1d".repeat(60), "too-long"),
        ] {
            let told = Err(format!("password-{weakness}"));
            assert_eq!(
                check(password, "ieva.berzina@example.com"),
                told,
                "{password}"
            );
        }
    }

    #[test]
    fn pass_phrases_are_welcome() {
        for (password, email) in [
            ("zirgs ēd zaļu sienu", "ieva@example.com"),
            (" zirgs ēd zaļu sienu ", ""),
        ] {
            assert_eq!(check(password, email), Ok(password.to_owned()));
        }
    }
}
