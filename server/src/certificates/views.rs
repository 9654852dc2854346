//! What the templates of certificates get.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{
    forms::RawVerification,
    render::{CertificateData, Words},
    service::{Certificate, CertificateStanding},
};
use crate::{
    http::{
        Lang,
        address::{self, Address as _},
        form::{FormState, FormView},
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
};

/// A certificate as its holder's pages show it.
#[derive(Debug, Clone, Serialize)]
pub struct CertificateLink {
    /// The serial number, e.g. `IESP-2026-000123`.
    pub serial: String,
    title: String,
    issued: String,
    /// Its files, that in the page's language first.
    files: Vec<FileLink>,
    verify_url: String,
    status: String,
    is_valid: bool,
    /// The address at which anybody can check it, as it is printed.
    share_url: String,
    /// Opens a mail with that address.
    mail_url: String,
    preview: Preview,
    /// The name that stands on it, if its holder has another one now.
    former_name: Option<String>,
}

/// A file of a certificate.
#[derive(Debug, Clone, Serialize)]
struct FileLink {
    url: String,
    text: String,
    /// The language of the file.
    lang: String,
}

/// The files of a certificate, that in the page's language first.
fn files(theme: &Theme, lang: Lang, data: &CertificateData) -> Vec<FileLink> {
    let mut languages = data.languages();
    languages.sort_by_key(|language| *language != lang);
    let only = languages.len() == 1;
    let link = |language: Lang| FileLink {
        url: address::MyCertificate {
            serial: data.serial.clone(),
        }
        .url(language),
        text: if only {
            theme.text(lang, "certificate-download")
        } else {
            theme.text(lang, &format!("certificate-download-{language}"))
        },
        lang: language.to_string(),
    };
    languages.into_iter().map(link).collect()
}

/// What stands on a certificate, for a drawing of it.
#[derive(Debug, Clone, Serialize)]
struct Preview {
    lang: String,
    /// The drawing in words.
    about: String,
    number: String,
    heading: String,
    opening: String,
    holder: String,
    achieved: String,
    title: String,
    facts: String,
    /// Says that it certifies nothing.
    sample: Option<String>,
}

impl Preview {
    /// In the certificate's language; its description in `lang`.
    fn new(theme: &Theme, lang: Lang, data: &CertificateData) -> Self {
        let printed = Words::new(theme, data);
        let args = [
            ("holder", data.holder_name.as_str().into()),
            ("title", data.title.as_str().into()),
        ];
        Self {
            lang: data.language.clone(),
            about: theme.text_with(lang, "certificate-preview", &args),
            number: printed.number,
            heading: printed.title,
            opening: printed.opening,
            holder: data.holder_name.clone(),
            achieved: printed.achieved,
            title: data.title.clone(),
            facts: printed.facts,
            sample: data.is_sample.then_some(printed.sample),
        }
    }
}

/// The address that opens a mail with a subject and a text.
fn mail_url(subject: &str, text: &str) -> String {
    let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    format!(
        "mailto:?subject={}&body={}",
        encoded(subject),
        encoded(text)
    )
}

impl CertificateLink {
    /// For pages in `lang`.
    #[must_use]
    pub fn new(theme: &Theme, lang: Lang, certificate: &Certificate) -> Self {
        let data = certificate.data.in_language(lang);
        Self {
            serial: data.serial.clone(),
            issued: lang.date(data.issued_date),
            files: files(theme, lang, &certificate.data),
            verify_url: certificate.code.address().url(lang),
            status: status_text(theme, lang, &certificate.standing),
            is_valid: certificate.standing == CertificateStanding::Valid,
            mail_url: mail_url(&data.title, &data.verify_url),
            share_url: data.verify_url.clone(),
            preview: Preview::new(theme, lang, &data),
            title: data.title,
            former_name: None,
        }
    }

    /// Beside the name that its holder has now.
    #[must_use]
    pub fn beside(self, present: &str) -> Self {
        let holder = &self.preview.holder;
        let has_changed = !holder.is_empty() && holder != present;
        Self {
            former_name: has_changed.then(|| holder.clone()),
            ..self
        }
    }

    /// The name that stands on it, if its holder has another one now; see [`CertificateLink::beside`].
    #[must_use]
    pub fn former_name(&self) -> Option<&str> {
        self.former_name.as_deref()
    }

    /// An example for samples of views.
    #[cfg(test)]
    pub fn sample(theme: &Theme, lang: Lang) -> Self {
        Self::new(theme, lang, &sample(CertificateStanding::Valid))
    }
}

fn status_text(theme: &Theme, lang: Lang, standing: &CertificateStanding) -> String {
    theme.text(
        lang,
        match standing {
            CertificateStanding::Valid => "certificate-valid",
            CertificateStanding::Replaced { .. } => "certificate-replaced",
            CertificateStanding::Revoked { .. } => "certificate-revoked",
        },
    )
}

/// The form for a verification code, with its error.
#[derive(Debug, Serialize)]
pub(crate) struct VerifyForm {
    form: FormView,
}

impl VerifyForm {
    /// With the state of its one field, `code`.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, state: &FormState) -> Self {
        Self {
            form: state.view(theme, lang, RawVerification::FIELDS),
        }
    }
}

impl View for VerifyForm {
    const TEMPLATE: &'static str = "pages/verify.html";
    const SECTION: Section = Section::Verify;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "verify-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        [
            FormState::new(),
            FormState::new()
                .value("code", "ABCD")
                .error("code", "verify-malformed"),
            FormState::new()
                .value("code", "0000")
                .error("code", "verify-unknown"),
        ]
        .iter()
        .map(|state| Self::new(theme, lang, state))
        .collect()
    }
}

/// What anyone with the code sees of a certificate.
#[derive(Debug, Serialize)]
pub(crate) struct VerifiedPage {
    /// `valid`, `replaced` or `revoked`.
    standing: &'static str,
    standing_text: String,
    reason: Option<String>,
    since: Option<String>,
    successor_url: Option<String>,
    /// The certificate's language; its printed texts are marked with it.
    printed_lang: String,
    holder_name: String,
    /// What the title is that of, e.g. a course.
    subject: String,
    title: String,
    volume: String,
    achieved_on: String,
    issued: String,
    serial: String,
    project_number: String,
    /// The SHA-256 of each file, with the language where there are several.
    file_hashes: Vec<FileHash>,
    /// The files, for their holder.
    downloads: Vec<FileLink>,
    is_sample: bool,
    /// When it was erased at the holder's request; then nothing but number, date and state is shown.
    erased_on: Option<String>,
    /// Whether nothing but number, date and state is shown.
    is_brief: bool,
}

#[derive(Debug, Serialize)]
struct FileHash {
    language: Option<String>,
    sha256: String,
}

impl VerifiedPage {
    /// For whoever knows its serial number only: date and state. Serial numbers follow each other, so no name,
    /// no reason, no file and no other certificate may be found by one.
    #[must_use]
    pub(crate) fn by_serial(theme: &Theme, lang: Lang, certificate: &Certificate) -> Self {
        Self {
            reason: None,
            successor_url: None,
            holder_name: String::new(),
            title: String::new(),
            volume: String::new(),
            achieved_on: String::new(),
            file_hashes: Vec::new(),
            is_brief: true,
            ..Self::new(theme, lang, certificate, false)
        }
    }

    /// For pages in `lang`, with the printed texts in that language if the certificate can be had in it; with its files
    /// for its holder.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, certificate: &Certificate, is_own: bool) -> Self {
        let data = &certificate.data.in_language(lang);
        let has_several = certificate.files.len() > 1;
        let (standing, reason, at, successor) = match &certificate.standing {
            CertificateStanding::Valid => ("valid", None, None, None),
            CertificateStanding::Replaced {
                reason,
                at,
                by_code,
            } => ("replaced", Some(reason.clone()), Some(*at), by_code.clone()),
            CertificateStanding::Revoked { reason, at } => {
                ("revoked", Some(reason.clone()), Some(*at), None)
            }
        };
        Self {
            standing,
            standing_text: status_text(theme, lang, &certificate.standing),
            reason,
            since: at.map(|at| lang.date(Lang::riga_date(at))),
            successor_url: successor.map(|code| code.address().url(lang)),
            printed_lang: data.language.clone(),
            holder_name: data.holder_name.clone(),
            subject: theme.text(lang, &data.wording.subject_key()),
            title: data.title.clone(),
            volume: data.volume.clone(),
            achieved_on: data.achieved_on.clone(),
            issued: lang.date(data.issued_date),
            serial: data.serial.clone(),
            project_number: data.project_number.clone(),
            file_hashes: certificate
                .files
                .iter()
                .map(|(language, sha256)| FileHash {
                    language: has_several
                        .then(|| theme.text(lang, &format!("language-{language}"))),
                    sha256: sha256.clone(),
                })
                .collect(),
            downloads: if is_own && certificate.erased_at.is_none() {
                files(theme, lang, &certificate.data)
            } else {
                Vec::new()
            },
            is_sample: data.is_sample,
            erased_on: certificate
                .erased_at
                .map(|at| lang.date(Lang::riga_date(at))),
            is_brief: certificate.erased_at.is_some(),
        }
    }
}

impl View for VerifiedPage {
    const TEMPLATE: &'static str = "pages/verified.html";
    const SECTION: Section = Section::Verify;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text_with(
            lang,
            "verified-title",
            &[("serial", self.serial.as_str().into())],
        )
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let at = chrono::DateTime::UNIX_EPOCH;
        let reason = || "Labots vārds.".to_owned();
        [
            CertificateStanding::Valid,
            CertificateStanding::Replaced {
                reason: reason(),
                at,
                by_code: Some(super::Code::from_random(7)),
            },
            CertificateStanding::Revoked {
                reason: reason(),
                at,
            },
        ]
        .into_iter()
        .map(|standing| Self::new(theme, lang, &sample(standing), true))
        .chain([Self::new(
            theme,
            lang,
            &Certificate {
                erased_at: Some(at),
                ..sample(CertificateStanding::Valid)
            },
            true,
        )])
        .chain([Self::by_serial(
            theme,
            lang,
            &sample(CertificateStanding::Valid),
        )])
        .chain([Self::new(
            theme,
            lang,
            &Certificate {
                data: super::CertificateData {
                    is_sample: true,
                    ..sample(CertificateStanding::Valid).data
                },
                ..sample(CertificateStanding::Valid)
            },
            false,
        )])
        .collect()
    }
}

#[cfg(test)]
fn sample(standing: CertificateStanding) -> Certificate {
    Certificate {
        id: crate::ids::CertificateId::NIL,
        code: super::Code::from_random(7),
        person_id: crate::ids::PersonId::NIL,
        data: super::CertificateData {
            translation: Some(super::Translation {
                language: "en".to_owned(),
                title: "Disability".to_owned(),
                volume: "2 academic hours".to_owned(),
                achieved_on: "20 November 2026".to_owned(),
                issued_on: "20 November 2026".to_owned(),
                outcomes: Vec::new(),
                verify_url: "http://127.0.0.1:8080/en/verify/ABCD-EFGH-JKMN".to_owned(),
            }),
            ..super::render::tests::data()
        },
        standing,
        files: ["lv", "en"]
            .map(|language| (language.to_owned(), "0123456789abcdef".repeat(4)))
            .to_vec(),
        erased_at: None,
    }
}
