//! The files with which Typst compiles a certificate: the theme's template, marks and pictures, read once, and the
//! files of one certificate.

use std::{collections::BTreeMap, sync::LazyLock};

use data_encoding::HEXLOWER;
use qrcode::{EcLevel, QrCode, render::svg};
use sha2::{Digest as _, Sha256};
use typst::foundations::Bytes;

use super::{
    data::{CertificateData, RenderError},
    words::Words,
};
use crate::{
    documents::{self, Document, DocumentError},
    fonts,
    http::theme::Theme,
};

#[derive(rust_embed::RustEmbed)]
#[folder = "../themes/default"]
#[include = "certificate/*"]
#[exclude = "certificate/*.otf"]
#[include = "assets/marks/*"]
struct Files;

const TEMPLATE: &str = "certificate.typ";
const FOLDER: &str = "certificate/";
const PLAN_MARK: &str = "assets/marks/national-development-plan-2027.svg";

/// The files that all certificates share.
struct Stock {
    template: String,
    /// By the name under which the template opens them.
    files: documents::Files,
    version: String,
}

static STOCK: LazyLock<Stock> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let mut digest = Sha256::new();
    digest.update(fonts::digest());
    let mut files = BTreeMap::new();
    for name in names {
        let Some(file) = Files::get(&name) else {
            continue;
        };
        digest.update(name.as_bytes());
        digest.update(&file.data);
        let short = name.strip_prefix(FOLDER).unwrap_or(&name);
        files.insert(short.to_owned(), Bytes::new(file.data.into_owned()));
    }
    let template = files
        .get(TEMPLATE)
        .and_then(|bytes| bytes.as_str().ok())
        .unwrap_or_default();
    Stock {
        template: template.to_owned(),
        files,
        version: HEXLOWER.encode(digest.finalize().get(..8).unwrap_or_default()),
    }
});

/// The version of the template: the beginning of the SHA-256 of template, marks and fonts.
pub(in crate::certificates) fn template_version() -> &'static str {
    &STOCK.version
}

/// A certificate, ready to be compiled.
pub(super) fn document(theme: &Theme, data: &CertificateData) -> Result<Document, RenderError> {
    let eu_mark = format!("assets/marks/eu-co-funded.{}.svg", data.language);
    let own = [
        ("data.json", documents::json(data)?),
        ("words.json", documents::json(&Words::new(theme, data))?),
        ("qr.svg", qr(&data.verify_url)?),
        ("eu-mark.svg", mark(&eu_mark)?),
        ("plan-mark.svg", mark(PLAN_MARK)?),
    ];
    let mut files = STOCK.files.clone();
    files.extend(own.map(|(name, bytes)| (name.to_owned(), bytes)));
    Ok(Document::new(STOCK.template.clone(), files)?)
}

fn qr(url: &str) -> Result<Bytes, RenderError> {
    // Level M: readable with 15 % damaged, e.g. by a fold or a stain.
    let code = QrCode::with_error_correction_level(url, EcLevel::M)
        .map_err(|error| RenderError::Qr(error.to_string()))?;
    let svg = code.render::<svg::Color<'_>>().quiet_zone(false).build();
    Ok(Bytes::new(svg.into_bytes()))
}

fn mark(name: &str) -> Result<Bytes, RenderError> {
    STOCK
        .files
        .get(name)
        .cloned()
        .ok_or_else(|| DocumentError::Template(format!("{name} is missing")).into())
}
