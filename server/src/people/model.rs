//! Names, affiliations and readiness: types and rules.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use unicode_normalization::char::is_combining_mark;

use crate::{
    http::{
        Lang,
        address::{self, Address as _},
    },
    organisations::Organisation,
    text::{BadText, check_length, tidy},
};

/// The privacy notice in force; a new version is shown to everybody for acceptance.
pub const PRIVACY_NOTICE_VERSION: &str = "2026-11";

/// The notice's name in records of acceptance.
pub(super) const PRIVACY_NOTICE: &str = "privacy";

/// The most characters of a given or family name.
pub(super) const MAX_NAME_CHARACTERS: usize = 80;

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

/// That a person said for whom they work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedEmployer {
    /// For whom, as the register says now.
    pub organisation: Organisation,
    /// When they said it.
    pub named_at: DateTime<Utc>,
    /// Whether it is what they said last.
    pub is_current: bool,
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

    /// The step's page.
    #[must_use]
    pub fn url(self, lang: Lang) -> String {
        match self {
            Self::Profile => address::MyProfile.url(lang),
            Self::Organisation => address::MyOrganisation.url(lang),
            Self::Privacy => address::MyPrivacy.url(lang),
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
