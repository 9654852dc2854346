//! What is printed on a certificate, and why it may be impossible.

use std::{borrow::Cow, collections::BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// All that is printed on a certificate, frozen at its issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateData {
    /// `lv` or `en`.
    pub language: String,
    /// The holder's name as it was.
    pub holder_name: String,
    /// The words around the rest.
    pub wording: Wording,
    /// What it is for, e.g. a course's title.
    pub title: String,
    /// Its volume in words, e.g. „2 akadēmiskās stundas”.
    pub volume: String,
    /// When the holder achieved it, in words.
    pub achieved_on: String,
    /// When the certificate was issued, in words.
    pub issued_on: String,
    /// The same as a date, for the document's metadata.
    pub issued_date: NaiveDate,
    /// What the holder can do afterwards.
    pub outcomes: Vec<String>,
    /// The serial number.
    pub serial: String,
    /// Where anybody can check it.
    pub verify_url: String,
    /// The programme's project number.
    pub project_number: String,
    /// Made from demonstration data: says so, large.
    pub is_sample: bool,
}

/// The words around what a certificate says: those messages `print-{wording}-…` of the theme that depend on
/// what it is for. The area that has certificates issued names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wording(Cow<'static, str>);

impl Wording {
    /// By its word in the messages, e.g. `course`.
    #[must_use]
    pub const fn new(word: &'static str) -> Self {
        Self(Cow::Borrowed(word))
    }

    /// The message of a part.
    pub(super) fn key(&self, part: &str) -> String {
        format!("print-{}-{part}", self.0)
    }
}

impl CertificateData {
    /// Everything that comes from outside and is printed.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [
            &self.holder_name,
            &self.title,
            &self.volume,
            &self.achieved_on,
            &self.issued_on,
            &self.serial,
            &self.verify_url,
            &self.project_number,
        ]
        .into_iter()
        .chain(&self.outcomes)
        .map(String::as_str)
    }
}

/// Why a certificate cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The fonts lack characters: printing “?” instead is worse than printing nothing.
    #[error("the fonts have no glyph for: {}", .0.iter().collect::<String>())]
    MissingGlyphs(BTreeSet<char>),
    /// The verification address does not fit a QR code.
    #[error("the QR code: {0}")]
    Qr(String),
    /// The template fails.
    #[error("the template: {0}")]
    Template(String),
    /// The document is not valid PDF/A-3a or PDF/UA-1.
    #[error("the PDF: {0}")]
    Pdf(String),
}
