//! The inputs of the profile: their rules, and the types made from them.

use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;
use validator::{Validate, ValidationError};

use crate::{
    fonts,
    ids::OrganisationId,
    input::{self, Field, Input, broken, holds},
    text::tidy_name,
};

/// The most characters of a given or family name.
const MAX_NAME_CHARACTERS: u64 = 80;

/// The field of a given name.
pub const GIVEN_NAME: Field = Field::new("given_name").at_most(MAX_NAME_CHARACTERS);
/// The field of a family name.
pub const FAMILY_NAME: Field = Field::new("family_name").at_most(MAX_NAME_CHARACTERS);
/// The field with what is searched for in the register of organisations.
pub(super) const SEARCHED: Field = Field::new("q");
/// The field in which somebody says that they have one name only.
pub const SINGLE_NAME: Field = Field::new("single_name");

/// A given or family name as printed on certificates; made from [`RawNames`]. One of the two is empty for somebody
/// who has one name only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// A name that was checked when it was stored.
    pub(super) const fn stored(name: String) -> Self {
        Self(name)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A given and a family name, unchecked. Who has one name only says so, because a name that was forgotten would
/// be missing on certificates.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
#[validate(
    schema(
        function = has_given_name,
        skip_on_field_errors = false,
        code = "given-name-missing"
    ),
    schema(
        function = has_family_name,
        skip_on_field_errors = false,
        code = "family-name-missing"
    )
)]
#[expect(clippy::struct_field_names, reason = "the fields of the form")]
pub struct RawNames {
    #[serde(deserialize_with = "name")]
    #[validate(
        length(max = MAX_NAME_CHARACTERS, code = "given-name"),
        custom(function = is_name, code = "name-strange"),
        custom(function = input::has_no_stacked_marks, code = "marks-stacked"),
        custom(function = is_printable, code = "name-not-printable")
    )]
    given_name: String,
    #[serde(deserialize_with = "name")]
    #[validate(
        length(max = MAX_NAME_CHARACTERS, code = "family-name"),
        custom(function = is_name, code = "name-strange"),
        custom(function = input::has_no_stacked_marks, code = "marks-stacked"),
        custom(function = is_printable, code = "name-not-printable")
    )]
    family_name: String,
    #[serde(deserialize_with = "input::ticked")]
    single_name: bool,
}

fn has_given_name(raw: &RawNames) -> Result<(), ValidationError> {
    has(GIVEN_NAME, &raw.given_name, &raw.family_name, raw)
}

fn has_family_name(raw: &RawNames) -> Result<(), ValidationError> {
    has(FAMILY_NAME, &raw.family_name, &raw.given_name, raw)
}

/// Whether a name is there, or need not be: the other one is, and is the only one.
fn has(field: Field, name: &str, other: &str, raw: &RawNames) -> Result<(), ValidationError> {
    if name.is_empty() && (other.is_empty() || !raw.single_name) {
        return Err(broken(field.name));
    }
    Ok(())
}

impl RawNames {
    /// The words as typed.
    pub(crate) fn words(&self) -> [String; 2] {
        [self.given_name.clone(), self.family_name.clone()]
    }
}

impl Input for RawNames {
    const FIELDS: &'static [Field] = &[GIVEN_NAME, FAMILY_NAME, SINGLE_NAME];
    type Checked = (PersonName, PersonName);

    fn into_checked(self) -> Option<Self::Checked> {
        Some((PersonName(self.given_name), PersonName(self.family_name)))
    }
}

/// Reads a name: normalised, with one kind of hyphen and apostrophe.
fn name<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    input::tidied(deserializer).map(|text| tidy_name(&text))
}

/// Letters of any script, spaces, hyphens, apostrophes and full stops.
fn is_name(text: &str) -> Result<(), ValidationError> {
    let fits = |c: char| c.is_alphabetic() || is_combining_mark(c) || " -’.".contains(c);
    // Whether there has to be one is another rule.
    holds(text.is_empty() || (text.chars().all(fits) && text.chars().any(char::is_alphabetic)))
}

/// A name with characters that certificates cannot show is refused here, while the person can still write it
/// in another way.
fn is_printable(text: &str) -> Result<(), ValidationError> {
    // A longer text is refused by another rule.
    let most = usize::try_from(MAX_NAME_CHARACTERS).unwrap_or(usize::MAX);
    let beginning: String = text.chars().take(most).collect();
    let missing = fonts::missing_glyphs(&beginning);
    if missing.is_empty() {
        return Ok(());
    }
    let characters: Vec<_> = missing.into_iter().map(String::from).collect();
    let mut error = ValidationError::new("name-not-printable");
    error.add_param("characters".into(), &characters.join(", "));
    Err(error)
}

/// The chosen organisation of the register, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawChoice {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_organisation, code = "organisation-choose"))]
    organisation: String,
}

impl Input for RawChoice {
    const FIELDS: &'static [Field] = &[Field::new("organisation")];
    type Checked = OrganisationId;

    fn into_checked(self) -> Option<OrganisationId> {
        self.organisation.parse().ok()
    }
}

fn is_organisation(text: &str) -> Result<(), ValidationError> {
    input::is_a::<OrganisationId>(text)
}

/// The acceptance of the privacy notice, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawPrivacy {
    #[serde(deserialize_with = "input::ticked")]
    #[validate(custom(function = input::is_ticked, code = "privacy-accept-missing"))]
    accept: bool,
}

impl Input for RawPrivacy {
    const FIELDS: &'static [Field] = &[Field::new("accept")];
    type Checked = ();

    fn into_checked(self) -> Option<()> {
        self.accept.then_some(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(given: &str) -> Result<String, String> {
        let raw = json!({ "given_name": given, "family_name": "Paraudziņa" });
        let raw: RawNames = serde_json::from_value(raw).unwrap();
        raw.check()
            .map(|(given, _)| given.as_str().to_owned())
            .map_err(|problems| problems[0].code.to_string())
    }

    #[test]
    fn who_has_one_name_says_so_and_leaves_the_other_field_empty() {
        let read = |given: &str, family: &str, single: bool| {
            let raw = json!({ "given_name": given, "family_name": family, "single_name": single });
            let raw: RawNames = serde_json::from_value(raw).unwrap();
            raw.check()
                .map(|(given, family)| (given.0, family.0))
                .map_err(|problems| {
                    problems
                        .iter()
                        .map(|problem| problem.code.to_string())
                        .collect::<Vec<_>>()
                })
        };
        let names = |given: &str, family: &str| Ok((given.to_owned(), family.to_owned()));
        assert_eq!(read("Suharto", "", true), names("Suharto", ""));
        assert_eq!(read("", "Suharto", true), names("", "Suharto"));
        assert_eq!(read("Anna", "Ozola", true), names("Anna", "Ozola"));
        for (given, family, single, codes) in [
            ("Anna", "", false, vec!["family-name-missing"]),
            ("", "Ozola", false, vec!["given-name-missing"]),
            (
                "",
                "",
                true,
                vec!["given-name-missing", "family-name-missing"],
            ),
            ("-", "", true, vec!["name-strange"]),
        ] {
            let codes: Vec<_> = codes.into_iter().map(str::to_owned).collect();
            assert_eq!(read(given, family, single), Err(codes), "{given} {family}");
        }
    }

    #[test]
    fn names_keep_their_letters_and_lose_stray_spaces() {
        for (text, expected) in [
            ("  Anna  Līga ", "Anna Līga"),
            ("Bērziņa-Kļaviņa", "Bērziņa-Kļaviņa"),
            ("Be\u{304}rzin\u{327}s", "Bērziņs"),
            ("O’Brien", "O’Brien"),
            ("O'Brien", "O’Brien"),
            ("O`Brien", "O’Brien"),
            ("D´Arc", "D’Arc"),
            ("Oʼneill", "O’neill"),
            ("Rīta–Anna", "Rīta-Anna"),
            ("Rīta‑Anna", "Rīta-Anna"),
            ("Rīta −Anna", "Rīta -Anna"),
            ("An\u{ad}na", "Anna"),
            ("\u{202e}Anna\u{200b}", "Anna"),
        ] {
            assert_eq!(read(text), Ok(expected.to_owned()));
        }
        let longest = "a".repeat(80);
        assert_eq!(read(&longest), Ok(longest.clone()));
        for (text, expected) in [
            ("", "given-name-missing"),
            ("  ", "given-name-missing"),
            ("-", "name-strange"),
            ("Anna<script>", "name-strange"),
            ("Anna 2", "name-strange"),
            ("A\u{300}\u{301}\u{302}\u{303}nna", "marks-stacked"),
            ("\u{200b}\u{feff}", "given-name-missing"),
            ("小明", "name-not-printable"),
            (&(longest + "2"), "given-name-too-long"),
        ] {
            assert_eq!(read(text), Err(expected.to_owned()), "{text}");
        }
    }
}
