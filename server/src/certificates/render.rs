//! A certificate as PDF: Typst as a library, with a world of its own that holds one template, its
//! data, its marks and its fonts, and nothing else: no file system, no network, no packages, no
//! system fonts, no clock.
//!
//! PDF/A-3a (archiving) and PDF/UA-1 (accessibility) at once. The same data give the same bytes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use chrono::{Datelike as _, NaiveDate};
use qrcode::{EcLevel, QrCode, render::svg};
use serde::{Deserialize, Serialize};
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

#[derive(rust_embed::RustEmbed)]
#[folder = "../themes/default/certificate"]
struct Files;

const TEMPLATE: &str = "certificate.typ";
const DATA: &str = "data.json";
const QR: &str = "qr.svg";

/// Names the look of the certificate; kept with each one. Raise it when the template changes.
pub(super) const TEMPLATE_VERSION: &str = "2026-11";

/// All that is printed on a certificate, frozen at its issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateData {
    /// `lv` or `en`.
    pub language: String,
    /// The holder's name as it was.
    pub holder_name: String,
    /// The course's title.
    pub course_title: String,
    /// Its volume in words, e.g. „2 akadēmiskās stundas”.
    pub hours: String,
    /// When it was completed, in words.
    pub completed_on: String,
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

/// Draws a certificate; takes a fraction of a second of computing.
///
/// # Errors
/// See [`RenderError`].
pub(super) fn render(data: &CertificateData) -> Result<Vec<u8>, RenderError> {
    check_glyphs(data)?;
    let world = Certificate::new(data)?;
    let compiled = typst::compile::<PagedDocument>(&world);
    let document = compiled
        .output
        .map_err(|errors| RenderError::Template(messages(&errors)))?;
    if let Some(warning) = compiled.warnings.first() {
        return Err(RenderError::Template(warning.message.to_string()));
    }
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .map_err(|error| RenderError::Pdf(error.message().to_string()))?;
    let issued = data.issued_date;
    let timestamp = Datetime::from_ymd_hms(
        issued.year(),
        u8::try_from(issued.month()).unwrap_or(1),
        u8::try_from(issued.day()).unwrap_or(1),
        0,
        0,
        0,
    )
    .map(Timestamp::new_utc);
    let options = PdfOptions {
        ident: Smart::Custom(data.serial.clone()),
        creator: Smart::Custom(Some("Iespēja".to_owned())),
        timestamp,
        standards,
        ..PdfOptions::default()
    };
    let pdf =
        typst_pdf::pdf(&document, &options).map_err(|errors| RenderError::Pdf(messages(&errors)));
    // What Typst remembers between documents would only grow.
    typst::comemo::evict(0);
    pdf
}

fn messages(errors: &[SourceDiagnostic]) -> String {
    errors
        .iter()
        .map(|error| error.message.as_str())
        .collect::<Vec<_>>()
        .join("; ")
}

fn check_glyphs(data: &CertificateData) -> Result<(), RenderError> {
    let serif_only = data.holder_name.chars().chain(data.course_title.chars());
    let missing: BTreeSet<char> = serif_only
        .chain(data.outcomes.iter().flat_map(|outcome| outcome.chars()))
        .chain(data.hours.chars())
        .filter(|c| !c.is_whitespace())
        .filter(|c| {
            !FONTS
                .fonts
                .iter()
                .all(|font| font.info().coverage.contains(u32::from(*c)))
        })
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(RenderError::MissingGlyphs(missing))
    }
}

/// The fonts, read once.
struct Fonts {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter()
        .filter(|name| name.ends_with(".otf"))
        .collect();
    names.sort();
    let fonts: Vec<Font> = names
        .iter()
        .filter_map(|name| Files::get(name))
        .filter_map(|file| Font::new(Bytes::new(file.data.into_owned()), 0))
        .collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    Fonts { fonts, book }
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The world of one certificate.
struct Certificate {
    main: Source,
    files: BTreeMap<&'static str, Bytes>,
}

impl Certificate {
    fn new(data: &CertificateData) -> Result<Self, RenderError> {
        let template = Files::get(TEMPLATE)
            .and_then(|file| String::from_utf8(file.data.into_owned()).ok())
            .ok_or_else(|| RenderError::Template("missing".to_owned()))?;
        let json =
            serde_json::to_vec(data).map_err(|error| RenderError::Template(error.to_string()))?;
        let code = QrCode::with_error_correction_level(&data.verify_url, EcLevel::M)
            .map_err(|error| RenderError::Qr(error.to_string()))?;
        let qr = code
            .render::<svg::Color<'_>>()
            .min_dimensions(240, 240)
            .quiet_zone(true)
            .build();
        Ok(Self {
            main: Source::new(id(TEMPLATE)?, template),
            files: BTreeMap::from([(DATA, Bytes::new(json)), (QR, Bytes::new(qr.into_bytes()))]),
        })
    }
}

fn id(path: &str) -> Result<FileId, RenderError> {
    let path =
        VirtualPath::new(path).map_err(|error| RenderError::Template(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Certificate {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            Ok(self.main.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        if !matches!(path.root(), VirtualRoot::Project) {
            return Err(FileError::AccessDenied);
        }
        let name = path.vpath().get_without_slash();
        if let Some(bytes) = self.files.get(name) {
            return Ok(bytes.clone());
        }
        Files::get(name)
            .map(|file| Bytes::new(file.data.into_owned()))
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // The template prints no date that is not in its data.
        None
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::certificates) fn data() -> CertificateData {
        CertificateData {
            language: "lv".to_owned(),
            holder_name: "Annija Elizabete Šķēršļakalniņa-Žagariņa".to_owned(),
            course_title: "Invaliditāte".to_owned(),
            hours: "2 akadēmiskās stundas".to_owned(),
            completed_on: "2026. gada 20. novembrī".to_owned(),
            issued_on: "2026. gada 20. novembrī".to_owned(),
            issued_date: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
            outcomes: vec!["Izskaidrot, kas ir saprātīgs pielāgojums.".to_owned()],
            serial: "IESP-2026-000123".to_owned(),
            verify_url: "http://127.0.0.1:8080/lv/verify/ABCD-EFGH-JKMN".to_owned(),
            project_number: "4.3.4.1/1/23/I/001".to_owned(),
            is_sample: true,
        }
    }

    #[test]
    fn renders_both_languages_the_same_each_time() {
        for language in ["lv", "en"] {
            let data = CertificateData {
                language: language.to_owned(),
                ..data()
            };
            let pdf = render(&data).unwrap();
            assert!(pdf.starts_with(b"%PDF-1.7"));
            assert_eq!(pdf, render(&data).unwrap());
        }
    }

    /// Writes the certificates to look at: `cargo test -p server -- --ignored certificates_to_look_at`.
    #[test]
    #[ignore = "writes files for people to look at"]
    fn certificates_to_look_at() {
        for language in ["lv", "en"] {
            let data = CertificateData {
                language: language.to_owned(),
                ..data()
            };
            let path = std::env::temp_dir().join(format!("certificate.{language}.pdf"));
            std::fs::write(path, render(&data).unwrap()).unwrap();
        }
    }

    #[test]
    fn every_latvian_letter_has_a_glyph() {
        let letters = "āčēģīķļņōŗšūžĀČĒĢĪĶĻŅŌŖŠŪŽ";
        check_glyphs(&CertificateData {
            holder_name: letters.to_owned(),
            ..data()
        })
        .unwrap();
    }

    #[test]
    fn a_missing_glyph_stops_the_certificate() {
        let refused = render(&CertificateData {
            holder_name: "王 小明".to_owned(),
            ..data()
        });
        let Err(RenderError::MissingGlyphs(missing)) = refused else {
            panic!("{refused:?}")
        };
        assert!(missing.contains(&'王'));
    }
}
