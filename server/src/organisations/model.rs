//! Organisations: their names, registration numbers, kinds and statuses.

pub use crate::db::entity::organisation::{OrganisationKind, OrganisationStatus};
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
    /// Reads a number; spaces and a leading `LV` (of a VAT number) are ignored. `None` if the text is empty.
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

/// Why an organisation was rejected; shown to the people who named it.
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

/// Every kind, in the order of forms.
pub const KINDS: [OrganisationKind; 10] = [
    OrganisationKind::StateInstitution,
    OrganisationKind::MunicipalInstitution,
    OrganisationKind::PublicCompany,
    OrganisationKind::Association,
    OrganisationKind::Foundation,
    OrganisationKind::EnterpriseMicro,
    OrganisationKind::EnterpriseSmall,
    OrganisationKind::EnterpriseMedium,
    OrganisationKind::EnterpriseLarge,
    OrganisationKind::Other,
];

/// Every status, in the order of filters.
pub(super) const STATUSES: [OrganisationStatus; 3] = [
    OrganisationStatus::Proposed,
    OrganisationStatus::Approved,
    OrganisationStatus::Rejected,
];

/// The slug of a kind in forms, addresses and messages (`organisation-kind-…`).
#[must_use]
pub const fn kind_slug(kind: OrganisationKind) -> &'static str {
    match kind {
        OrganisationKind::StateInstitution => "state-institution",
        OrganisationKind::MunicipalInstitution => "municipal-institution",
        OrganisationKind::PublicCompany => "public-company",
        OrganisationKind::Association => "association",
        OrganisationKind::Foundation => "foundation",
        OrganisationKind::EnterpriseMicro => "enterprise-micro",
        OrganisationKind::EnterpriseSmall => "enterprise-small",
        OrganisationKind::EnterpriseMedium => "enterprise-medium",
        OrganisationKind::EnterpriseLarge => "enterprise-large",
        OrganisationKind::Other => "other",
    }
}

/// The kind with this slug.
#[must_use]
pub fn kind_from_slug(slug: &str) -> Option<OrganisationKind> {
    KINDS.into_iter().find(|kind| kind_slug(*kind) == slug)
}

/// The slug of a status in addresses and messages (`organisation-status-…`).
#[must_use]
pub const fn status_slug(status: OrganisationStatus) -> &'static str {
    match status {
        OrganisationStatus::Approved => "approved",
        OrganisationStatus::Proposed => "proposed",
        OrganisationStatus::Rejected => "rejected",
    }
}

/// The status with this slug.
#[must_use]
pub(super) fn status_from_slug(slug: &str) -> Option<OrganisationStatus> {
    STATUSES
        .into_iter()
        .find(|status| status_slug(*status) == slug)
}

/// The data of an organisation as typed by a person who proposes it, or by a manager who corrects it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationInput {
    /// Its name.
    pub name: OrganisationName,
    /// Its number, where known.
    pub registration_number: Option<RegistrationNumber>,
    /// Its kind.
    pub kind: OrganisationKind,
}

/// An organisation of the register, of any status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its number, where known.
    pub registration_number: Option<String>,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Its status.
    pub status: OrganisationStatus,
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
