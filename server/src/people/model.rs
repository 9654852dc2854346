//! Names, organisations and readiness: types and rules.

use std::fmt;

use chrono::NaiveDate;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};
use uuid::Uuid;

pub use crate::db::entity::organisation::{Kind, Status};

/// The privacy notice in force; a new version is shown to everybody for acceptance.
pub const PRIVACY_NOTICE_VERSION: &str = "2026-11";

/// The notice's name in records of acceptance.
pub const PRIVACY_NOTICE: &str = "privacy";

/// The most characters of a given or family name.
pub const MAX_NAME_CHARACTERS: usize = 80;

/// The most characters of an organisation's name.
pub const MAX_ORGANISATION_CHARACTERS: usize = 200;

/// The most characters of a reason.
pub const MAX_REASON_CHARACTERS: usize = 500;

/// What is wrong with a text that a person typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadText {
    /// Nothing was typed.
    Missing,
    /// Too long.
    TooLong,
    /// Holds something that cannot be in it.
    Strange,
}

/// A given or family name as it shall stand on certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

impl PersonName {
    /// Reads a name: letters of any script, spaces, hyphens, apostrophes and full stops.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, BadText> {
        let name = tidy(text);
        check_length(&name, MAX_NAME_CHARACTERS)?;
        let fits = |c: char| c.is_alphabetic() || is_combining_mark(c) || " -‐’'.".contains(c);
        if name.chars().all(fits) && name.chars().any(char::is_alphabetic) {
            Ok(Self(name))
        } else {
            Err(BadText::Strange)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An organisation's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationName(String);

impl OrganisationName {
    /// Reads a name.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, BadText> {
        let name = tidy(text);
        check_length(&name, MAX_ORGANISATION_CHARACTERS)?;
        if name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_control) {
            Ok(Self(name))
        } else {
            Err(BadText::Strange)
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A number in the Register of Enterprises or the list of public persons: 11 digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationNumber(String);

impl RegistrationNumber {
    /// Reads a number; spaces and a leading `LV` (of a VAT number) are left out. `None` when nothing
    /// was typed.
    ///
    /// # Errors
    /// It does not have 11 digits.
    pub fn parse(text: &str) -> Result<Option<Self>, BadText> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let digits = digits.strip_prefix("LV").unwrap_or(&digits);
        if digits.is_empty() {
            Ok(None)
        } else if digits.len() == 11 && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Some(Self(digits.to_owned())))
        } else {
            Err(BadText::Strange)
        }
    }

    /// The 11 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why an organisation was turned down; the person who named it reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// Reads a reason.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, BadText> {
        let reason = tidy(text);
        check_length(&reason, MAX_REASON_CHARACTERS)?;
        Ok(Self(reason))
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Composed letters, one space between words, none around.
fn tidy(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check_length(text: &str, most: usize) -> Result<(), BadText> {
    match text.chars().count() {
        0 => Err(BadText::Missing),
        count if count > most => Err(BadText::TooLong),
        _ => Ok(()),
    }
}

/// A text as it is searched for: lower case, without diacritics, words of letters and digits
/// separated by one space. “SIA «Rīta  Rasa»” → `sia rita rasa`.
#[must_use]
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every kind of organisation, in the order in which they are offered.
pub const KINDS: [Kind; 10] = [
    Kind::StateInstitution,
    Kind::MunicipalInstitution,
    Kind::PublicCompany,
    Kind::Association,
    Kind::Foundation,
    Kind::EnterpriseMicro,
    Kind::EnterpriseSmall,
    Kind::EnterpriseMedium,
    Kind::EnterpriseLarge,
    Kind::Other,
];

/// Every status, in the order in which a manager meets them.
pub const STATUSES: [Status; 3] = [Status::Proposed, Status::Approved, Status::Rejected];

/// The word by which forms, addresses and messages (`organisation-kind-…`) know a kind.
#[must_use]
pub const fn kind_slug(kind: Kind) -> &'static str {
    match kind {
        Kind::StateInstitution => "state-institution",
        Kind::MunicipalInstitution => "municipal-institution",
        Kind::PublicCompany => "public-company",
        Kind::Association => "association",
        Kind::Foundation => "foundation",
        Kind::EnterpriseMicro => "enterprise-micro",
        Kind::EnterpriseSmall => "enterprise-small",
        Kind::EnterpriseMedium => "enterprise-medium",
        Kind::EnterpriseLarge => "enterprise-large",
        Kind::Other => "other",
    }
}

/// The kind of a word.
#[must_use]
pub fn kind_from_slug(slug: &str) -> Option<Kind> {
    KINDS.into_iter().find(|kind| kind_slug(*kind) == slug)
}

/// The word by which addresses and messages (`organisation-status-…`) know a status.
#[must_use]
pub const fn status_slug(status: Status) -> &'static str {
    match status {
        Status::Approved => "approved",
        Status::Proposed => "proposed",
        Status::Rejected => "rejected",
    }
}

/// The status of a word.
#[must_use]
pub fn status_from_slug(slug: &str) -> Option<Status> {
    STATUSES
        .into_iter()
        .find(|status| status_slug(*status) == slug)
}

/// What people say about an organisation that is not in the register, or a manager corrects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationInput {
    /// Its name.
    pub name: OrganisationName,
    /// Its number, where known.
    pub registration_number: Option<RegistrationNumber>,
    /// Its kind.
    pub kind: Kind,
}

/// An organisation as the register holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its number, where known.
    pub registration_number: Option<String>,
    /// Its kind.
    pub kind: Kind,
    /// Whether it is in the register.
    pub status: Status,
}

/// For whom somebody works, since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affiliation {
    /// For whom.
    pub organisation: Organisation,
    /// The first day, as far as the platform knows.
    pub since: NaiveDate,
    /// The last day; `None` for the current one.
    pub until: Option<NaiveDate>,
}

/// A step of introducing oneself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Given and family name.
    Profile,
    /// For whom one works.
    Organisation,
    /// The privacy notice.
    Privacy,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Profile, Self::Organisation, Self::Privacy];

    /// The step's page below the language.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Profile => "me/profile",
            Self::Organisation => "me/organisation",
            Self::Privacy => "me/privacy",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Profile => "profile",
            Self::Organisation => "organisation",
            Self::Privacy => "privacy",
        })
    }
}

/// Which steps somebody has taken. All of them are needed before enrolling: a certificate needs a
/// name, an indicator an organisation, and records a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readiness {
    /// Given and family name are there.
    pub has_name: bool,
    /// They work for an organisation that was not turned down.
    pub has_organisation: bool,
    /// They accepted the privacy notice in force.
    pub has_privacy: bool,
}

impl Readiness {
    /// Whether a step is done.
    #[must_use]
    pub const fn has(self, step: Step) -> bool {
        match step {
            Step::Profile => self.has_name,
            Step::Organisation => self.has_organisation,
            Step::Privacy => self.has_privacy,
        }
    }

    /// The first step that is missing; `None` when everything is there.
    #[must_use]
    pub fn missing(self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| !self.has(*step))
    }

    /// Whether everything is there.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.missing().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_letters_and_lose_stray_spaces() {
        for (text, expected) in [
            ("  Anna  Līga ", "Anna Līga"),
            ("Bērziņa-Kļaviņa", "Bērziņa-Kļaviņa"),
            ("Be\u{304}rzin\u{327}s", "Bērziņs"),
            ("O’Brien", "O’Brien"),
        ] {
            assert_eq!(PersonName::parse(text).unwrap().as_str(), expected);
        }
        for (text, expected) in [
            ("", BadText::Missing),
            ("  ", BadText::Missing),
            ("-", BadText::Strange),
            ("Anna<script>", BadText::Strange),
            ("Anna 2", BadText::Strange),
        ] {
            assert_eq!(PersonName::parse(text), Err(expected), "{text}");
        }
        assert_eq!(PersonName::parse(&"a".repeat(81)), Err(BadText::TooLong));
    }

    #[test]
    fn registration_numbers_have_eleven_digits() {
        let number = RegistrationNumber::parse(" LV 4000 300 3456 ")
            .unwrap()
            .unwrap();
        assert_eq!(number.as_str(), "40003003456");
        assert_eq!(RegistrationNumber::parse("  "), Ok(None));
        for text in ["4000300345", "400030034567", "4000300345a", "٤٠٠٠٣٠٠٣٤٥٦"] {
            assert_eq!(
                RegistrationNumber::parse(text),
                Err(BadText::Strange),
                "{text}"
            );
        }
    }

    #[test]
    fn folding_forgets_case_diacritics_and_punctuation() {
        assert_eq!(fold("SIA „Rīta  Rasa”"), "sia rita rasa");
        assert_eq!(fold("ĀČĒĢĪĶĻŅŠŪŽ"), "acegiklnsuz");
        assert_eq!(fold("%_\\"), "");
    }

    #[test]
    fn every_word_leads_back_to_its_kind() {
        for kind in KINDS {
            assert_eq!(kind_from_slug(kind_slug(kind)), Some(kind));
        }
        assert_eq!(kind_from_slug("bank"), None);
    }

    #[test]
    fn the_first_missing_step_comes_first() {
        let mut readiness = Readiness {
            has_privacy: true,
            ..Readiness::default()
        };
        assert_eq!(readiness.missing(), Some(Step::Profile));
        readiness.has_name = true;
        assert_eq!(readiness.missing(), Some(Step::Organisation));
        readiness.has_organisation = true;
        assert!(readiness.is_complete());
    }
}
