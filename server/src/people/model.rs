//! Names, affiliations and readiness: types and rules.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    http::{
        Lang,
        address::{self, Address as _},
    },
    organisations::Organisation,
};

/// The current version of the privacy notice; everybody is asked to accept a new one.
pub const PRIVACY_NOTICE_VERSION: &str = "2026-11";

/// The notice's name in records of acceptance.
pub(super) const PRIVACY_NOTICE: &str = "privacy";

/// A period in which somebody works for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affiliation {
    /// For whom.
    pub organisation: Organisation,
    /// The first day, as far as it is known.
    pub since: NaiveDate,
    /// The last day; `None` for the current one.
    pub until: Option<NaiveDate>,
}

/// A statement by a person about their employer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedEmployer {
    /// The organisation with its current record.
    pub organisation: Organisation,
    /// When the person said it.
    pub named_at: DateTime<Utc>,
    /// Whether it is the latest statement.
    pub is_current: bool,
}

/// A step of the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Given and family name.
    Profile,
    /// The organisation.
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

/// Which steps are complete. All are needed before enrolling: certificates need a name, indicators an
/// organisation, and records the acceptance of the notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readiness {
    /// A name is there: given and family name, or the only one.
    pub has_name: bool,
    /// They work for an organisation that was not rejected.
    pub has_organisation: bool,
    /// They accepted the current privacy notice.
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

    /// The first missing step; `None` if there is none.
    #[must_use]
    pub fn missing(self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| !self.has(*step))
    }

    /// Whether no step is missing.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self.missing().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_missing_step_is_returned() {
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
