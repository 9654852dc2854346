//! The texts printed around the content of a certificate, in its language: messages `print-…` of the theme.

use serde::Serialize;

use super::data::CertificateData;
use crate::http::{Lang, theme::Theme};

/// What the template reads as `words.json`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::certificates) struct Words {
    site: String,
    document: String,
    description: String,
    author: String,
    pub(in crate::certificates) number: String,
    pub(in crate::certificates) title: String,
    pub(in crate::certificates) sample: String,
    pub(in crate::certificates) opening: String,
    pub(in crate::certificates) achieved: String,
    pub(in crate::certificates) facts: String,
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
    pub(in crate::certificates) fn new(theme: &Theme, data: &CertificateData) -> Self {
        let lang = Lang::from_tag(&data.language).unwrap_or(Lang::Lv);
        let plain = |key: &str| theme.text(lang, key);
        let filled = |key: &str, args: &[(&str, &str)]| {
            let args: Vec<_> = args
                .iter()
                .map(|(name, value)| (*name, (*value).into()))
                .collect();
            theme.text_with(lang, key, &args)
        };
        let (serial, title) = (data.serial.as_str(), data.title.as_str());
        let wording = |part| data.wording.key(part);
        Self {
            site: plain("site-name"),
            document: filled(
                &wording("document"),
                &[("serial", serial), ("title", title)],
            ),
            description: filled(
                &wording("description"),
                &[("holder", &data.holder_name), ("title", title)],
            ),
            author: plain("print-author"),
            number: filled("print-number", &[("serial", serial)]),
            title: plain(&wording("title")),
            sample: plain("print-sample"),
            opening: plain(&wording("opening")),
            achieved: plain(&wording("achieved")),
            facts: filled(
                &wording("facts"),
                &[("volume", &data.volume), ("date", &data.achieved_on)],
            ),
            outcomes: plain(&wording("outcomes")),
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
