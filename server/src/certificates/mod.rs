//! Certificates: issued in the transaction of what they certify, rendered once, kept.
//!
//! What learning relies on; the area itself is being built.

use chrono::{DateTime, Utc};
use course_compiler::Language;
use sea_orm::{DatabaseTransaction, DbErr};
use serde::Serialize;
use uuid::Uuid;

use crate::{clock::Clock, db::Db, http::Lang};

/// A certificate as its holder's pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct CertificateLink {
    /// The serial number, e.g. `IESP-2026-000123`.
    pub serial: String,
    /// What was completed, in the page's language.
    pub course_title: String,
    /// When it was issued, in words.
    pub issued: String,
    /// `/{lang}/me/certificates/{serial}.pdf`.
    pub pdf_url: String,
    /// `/{lang}/verify/{code}`.
    pub verify_url: String,
    /// Valid, replaced or revoked, in words.
    pub status: String,
    /// Whether it is valid.
    pub is_valid: bool,
}

impl CertificateLink {
    /// A believable one.
    #[cfg(test)]
    pub fn sample(lang: Lang) -> Self {
        Self {
            serial: "IESP-2026-000001".to_owned(),
            course_title: "Pamati".to_owned(),
            issued: "2026. gada 22. novembris".to_owned(),
            pdf_url: format!("/{lang}/me/certificates/IESP-2026-000001.pdf"),
            verify_url: format!("/{lang}/verify/0000-0000-0000"),
            status: "derīga".to_owned(),
            is_valid: true,
        }
    }

    /// The serial number.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.serial
    }
}

/// The newest certificate of a completion.
///
/// # Errors
/// The database fails.
pub async fn link_for_completion(
    _db: &Db,
    _lang: Lang,
    _completion_id: Uuid,
) -> Result<Option<CertificateLink>, DbErr> {
    Ok(None)
}

/// A person's certificates, newest first.
///
/// # Errors
/// The database fails.
pub async fn links_of_person(
    _db: &Db,
    _lang: Lang,
    _person_id: Uuid,
) -> Result<Vec<CertificateLink>, DbErr> {
    Ok(Vec::new())
}

/// What a certificate says, frozen at its issue.
#[derive(Debug, Clone)]
pub struct Issue {
    /// Whose.
    pub person_id: Uuid,
    /// The name on it.
    pub holder_name: String,
    /// What it certifies.
    pub completion_id: Uuid,
    /// The course, in the certificate's language.
    pub course_title: String,
    /// Academic hours.
    pub hours: f64,
    /// What the holder can do, in the certificate's language.
    pub outcomes: Vec<String>,
    /// When the course was completed.
    pub completed_at: DateTime<Utc>,
    /// The certificate's language.
    pub language: Language,
    /// Whether it is of the demonstration and says so.
    pub is_sample: bool,
}

/// Issues a certificate inside the transaction of what it certifies, and queues its rendering.
///
/// # Errors
/// The database fails.
pub async fn issue(_txn: &DatabaseTransaction, _clock: &Clock, _issue: Issue) -> Result<(), DbErr> {
    Ok(())
}
