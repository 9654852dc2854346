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
    pdf_url: String,
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
        Self {
            serial: certificate.data.serial.clone(),
            title: certificate.data.title.clone(),
            issued: lang.date(certificate.data.issued_date),
            pdf_url: address::MyCertificate {
                serial: certificate.data.serial.clone(),
            }
            .url(lang),
            verify_url: certificate.code.address().url(lang),
            status: status_text(theme, lang, &certificate.standing),
            is_valid: certificate.standing == CertificateStanding::Valid,
            mail_url: mail_url(&certificate.data.title, &certificate.data.verify_url),
            share_url: certificate.data.verify_url.clone(),
            preview: Preview::new(theme, lang, &certificate.data),
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
    pdf_sha256: Option<String>,
    is_sample: bool,
    /// When it was erased at the holder's request; then nothing but number, date and state is shown.
    erased_on: Option<String>,
    /// Whether nothing but number, date and state is shown.
    is_brief: bool,
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
            pdf_sha256: None,
            is_brief: true,
            ..Self::new(theme, lang, certificate)
        }
    }

    /// For pages in `lang`. The printed texts stay in the certificate's language.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, certificate: &Certificate) -> Self {
        let data = &certificate.data;
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
            pdf_sha256: certificate.pdf_sha256.clone(),
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
        .map(|standing| Self::new(theme, lang, &sample(standing)))
        .chain([Self::new(
            theme,
            lang,
            &Certificate {
                erased_at: Some(at),
                ..sample(CertificateStanding::Valid)
            },
        )])
        .chain([Self::by_serial(
            theme,
            lang,
            &sample(CertificateStanding::Valid),
        )])
        .collect()
    }
}

#[cfg(test)]
fn sample(standing: CertificateStanding) -> Certificate {
    Certificate {
        id: crate::ids::CertificateId::NIL,
        code: super::Code::from_random(7),
        data: super::render::tests::data(),
        standing,
        pdf_sha256: Some("0123456789abcdef".repeat(4)),
        erased_at: None,
    }
}
