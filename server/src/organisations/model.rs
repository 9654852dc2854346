//! Organisations: their kinds and statuses.

use chrono::{DateTime, Utc};

pub use crate::db::entity::organisation::{OrganisationKind, OrganisationStatus};
use crate::ids::{MergeId, OrganisationId};

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
pub(super) const STATUSES: [OrganisationStatus; 4] = [
    OrganisationStatus::Proposed,
    OrganisationStatus::Approved,
    OrganisationStatus::Rejected,
    OrganisationStatus::Merged,
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
        OrganisationStatus::Merged => "merged",
    }
}

/// The status with this slug.
#[must_use]
pub(super) fn status_from_slug(slug: &str) -> Option<OrganisationStatus> {
    STATUSES
        .into_iter()
        .find(|status| status_slug(*status) == slug)
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

/// What depends on an organisation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dependants {
    /// How many people have named it, now or earlier.
    pub people: u64,
    /// How many of their facts count for it.
    pub facts: u64,
}

/// What an undone merge has given back, or would.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Returned {
    /// Statements of people about their employer.
    pub people: u64,
    /// Facts.
    pub facts: u64,
    /// What stays, because it was changed or erased after the merge.
    pub changed: u64,
}

/// A merge, for other areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// Its id.
    pub id: MergeId,
    /// When the organisations were merged.
    pub at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back_to_its_kind() {
        for kind in KINDS {
            assert_eq!(kind_from_slug(kind_slug(kind)), Some(kind));
        }
        assert_eq!(kind_from_slug("bank"), None);
    }
}
