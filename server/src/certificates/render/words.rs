//! The words around what a certificate says, in its language: messages `print-…` of the theme.

use serde::Serialize;

use super::CertificateData;
use crate::http::{Lang, theme::Theme};

/// What the template reads as `words.json`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Words {
    site: String,
    document: String,
    description: String,
    author: String,
    number: String,
    title: String,
    sample: String,
    opening: String,
    completed: String,
    facts: String,
    outcomes: String,
    check: String,
    check_text: String,
    check_code: String,
    /// The verification code as it is typed, the last part of the address.
    code: String,
    qr: String,
    issued: String,
    implementers: String,
    project: String,
    eu_mark: String,
    plan_mark: String,
}

impl Words {
    pub(super) fn new(theme: &Theme, data: &CertificateData) -> Self {
        let lang = Lang::from_tag(&data.language).unwrap_or(Lang::Lv);
        let plain = |key| theme.text(lang, key);
        let filled = |key, args: &[(&str, &str)]| {
            let args: Vec<_> = args
                .iter()
                .map(|(name, value)| (*name, (*value).into()))
                .collect();
            theme.text_with(lang, key, &args)
        };
        let (serial, course) = (data.serial.as_str(), data.course_title.as_str());
        Self {
            site: plain("site-name"),
            document: filled("print-document", &[("serial", serial), ("course", course)]),
            description: filled(
                "print-description",
                &[("holder", &data.holder_name), ("course", course)],
            ),
            author: plain("print-author"),
            number: filled("print-number", &[("serial", serial)]),
            title: plain("print-title"),
            sample: plain("print-sample"),
            opening: plain("print-opening"),
            completed: plain("print-completed"),
            facts: filled(
                "print-facts",
                &[("hours", &data.hours), ("date", &data.completed_on)],
            ),
            outcomes: plain("print-outcomes"),
            check: plain("print-check"),
            check_text: plain("print-check-text"),
            check_code: plain("print-check-code"),
            code: data
                .verify_url
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned(),
            qr: filled("print-qr", &[("url", &data.verify_url)]),
            issued: filled("print-issued", &[("date", &data.issued_on)]),
            implementers: plain("print-implementers"),
            project: filled("print-project", &[("number", &data.project_number)]),
            eu_mark: plain("mark-eu"),
            plan_mark: plain("mark-national-plan"),
        }
    }
}
