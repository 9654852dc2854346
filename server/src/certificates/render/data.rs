//! The content of a certificate, and why it cannot be rendered.

use std::{borrow::Cow, collections::BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{documents::DocumentError, http::Lang};

/// The printed content of a certificate, fixed when it is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateData {
    /// `lv` or `en`.
    pub language: String,
    /// The holder's name at that time.
    pub holder_name: String,
    /// Which messages are printed around the content.
    pub wording: Wording,
    /// What it is for, e.g. a course's title.
    pub title: String,
    /// The volume in words, e.g. „2 akadēmiskās stundas”.
    pub volume: String,
    /// When the holder achieved it, in words.
    pub achieved_on: String,
    /// When the certificate was issued, in words.
    pub issued_on: String,
    /// The date of issue, for the document's metadata.
    pub issued_date: NaiveDate,
    /// What the holder can do afterwards.
    pub outcomes: Vec<String>,
    /// The serial number.
    pub serial: String,
    /// The address for verification.
    pub verify_url: String,
    /// The programme's project number.
    pub project_number: String,
    /// Whether it is made from demonstration data and marked as a sample.
    pub is_sample: bool,
    /// The same in the other language; `None` if what it certifies exists in one language only, and in certificates
    /// from before there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<Translation>,
}

/// The texts of a certificate in its other language, fixed when it is issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// `lv` or `en`.
    pub language: String,
    /// See [`CertificateData::title`].
    pub title: String,
    /// See [`CertificateData::volume`].
    pub volume: String,
    /// See [`CertificateData::achieved_on`].
    pub achieved_on: String,
    /// See [`CertificateData::issued_on`].
    pub issued_on: String,
    /// See [`CertificateData::outcomes`].
    pub outcomes: Vec<String>,
    /// See [`CertificateData::verify_url`].
    pub verify_url: String,
}

/// Names the messages `print-{wording}-…` of the theme that are printed around the content of a certificate.
/// The area whose records are certified defines it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Wording(Cow<'static, str>);

impl Wording {
    /// `word` is part of the message keys, e.g. `course`.
    #[must_use]
    pub const fn new(word: &'static str) -> Self {
        Self(Cow::Borrowed(word))
    }

    /// The message key of what such a certificate is for, such as a course.
    pub(in crate::certificates) fn subject_key(&self) -> String {
        format!("verified-{}", self.0)
    }

    /// The message key of a part.
    pub(super) fn key(&self, part: &str) -> String {
        format!("print-{}-{part}", self.0)
    }
}

impl CertificateData {
    /// The languages in which it can be had, its own first.
    #[must_use]
    pub fn languages(&self) -> Vec<Lang> {
        let own = Lang::from_tag(&self.language).unwrap_or(Lang::Lv);
        let other = self.translation.as_ref();
        let other = other.and_then(|other| Lang::from_tag(&other.language));
        [Some(own), other].into_iter().flatten().collect()
    }

    /// It in a language; in its own if it cannot be had in this one.
    #[must_use]
    pub fn in_language(&self, lang: Lang) -> Self {
        let translation = self.translation.as_ref();
        match translation.filter(|other| other.language == lang.as_str()) {
            None => self.clone(),
            Some(other) => Self {
                language: other.language.clone(),
                title: other.title.clone(),
                volume: other.volume.clone(),
                achieved_on: other.achieved_on.clone(),
                issued_on: other.issued_on.clone(),
                outcomes: other.outcomes.clone(),
                verify_url: other.verify_url.clone(),
                ..self.clone()
            },
        }
    }

    /// What is left of it when its holder asked for erasure: number, date and language.
    #[must_use]
    pub(in crate::certificates) fn erased(self) -> Self {
        Self {
            holder_name: String::new(),
            title: String::new(),
            volume: String::new(),
            achieved_on: String::new(),
            outcomes: Vec::new(),
            translation: None,
            ..self
        }
    }

    /// All texts on the certificate that do not come from the theme.
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

/// Why a certificate cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The fonts lack these characters. Nothing is rendered, rather than a “?” printed.
    #[error("the fonts have no glyph for: {}", .0.iter().collect::<String>())]
    MissingGlyphs(BTreeSet<char>),
    /// The verification address does not fit a QR code.
    #[error("the QR code: {0}")]
    Qr(String),
    /// The template fails, or the document is not valid PDF/A-3a or PDF/UA-1.
    #[error(transparent)]
    Document(#[from] DocumentError),
}
