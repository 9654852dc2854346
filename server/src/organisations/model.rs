//! Organisations: their names, numbers, kinds and where they stand in the register.

pub use crate::db::entity::organisation::{Kind, Status};
use crate::{
    ids::OrganisationId,
    text::{BadText, check_length, tidy},
};

/// The most characters of an organisation's name.
pub(super) const MAX_ORGANISATION_CHARACTERS: usize = 200;

/// The most characters of a reason.
pub(super) const MAX_REASON_CHARACTERS: usize = 500;

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
pub(super) const STATUSES: [Status; 3] = [Status::Proposed, Status::Approved, Status::Rejected];

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
pub(super) fn status_from_slug(slug: &str) -> Option<Status> {
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
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its number, where known.
    pub registration_number: Option<String>,
    /// Its kind.
    pub kind: Kind,
    /// Whether it is in the register.
    pub status: Status,
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn every_word_leads_back_to_its_kind() {
        for kind in KINDS {
            assert_eq!(kind_from_slug(kind_slug(kind)), Some(kind));
        }
        assert_eq!(kind_from_slug("bank"), None);
    }
}
