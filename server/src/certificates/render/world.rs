//! The environment (`typst::World`) in which Typst compiles a certificate: the theme's template, marks and
//! fonts, read once, and the files of one certificate.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use data_encoding::HEXLOWER;
use qrcode::{EcLevel, QrCode, render::svg};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use super::{
    data::{CertificateData, RenderError},
    words::Words,
};
use crate::{fonts, http::theme::Theme};

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
    files: HashMap<String, Bytes>,
    book: LazyHash<FontBook>,
    library: LazyHash<Library>,
    version: String,
}

static STOCK: LazyLock<Stock> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    let mut digest = Sha256::new();
    digest.update(fonts::digest());
    let mut files = HashMap::new();
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
        book: LazyHash::new(FontBook::from_fonts(fonts::all())),
        library: LazyHash::new(Library::default()),
        version: HEXLOWER.encode(digest.finalize().get(..8).unwrap_or_default()),
    }
});

/// The version of the template: the beginning of the SHA-256 of template, marks and fonts.
pub(in crate::certificates) fn template_version() -> &'static str {
    &STOCK.version
}

/// The environment of one certificate.
pub(super) struct Certificate {
    main: Source,
    files: BTreeMap<&'static str, Bytes>,
}

impl Certificate {
    pub(super) fn new(theme: &Theme, data: &CertificateData) -> Result<Self, RenderError> {
        let eu_mark = format!("assets/marks/eu-co-funded.{}.svg", data.language);
        let files = BTreeMap::from([
            ("data.json", json(data)?),
            ("words.json", json(&Words::new(theme, data))?),
            ("qr.svg", qr(&data.verify_url)?),
            ("eu-mark.svg", mark(&eu_mark)?),
            ("plan-mark.svg", mark(PLAN_MARK)?),
        ]);
        Ok(Self {
            main: Source::new(id(TEMPLATE)?, STOCK.template.clone()),
            files,
        })
    }
}

fn json(value: &impl Serialize) -> Result<Bytes, RenderError> {
    serde_json::to_vec(value)
        .map(Bytes::new)
        .map_err(|error| RenderError::Template(error.to_string()))
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
        .ok_or_else(|| RenderError::Template(format!("{name} is missing")))
}

fn id(path: &str) -> Result<FileId, RenderError> {
    let path =
        VirtualPath::new(path).map_err(|error| RenderError::Template(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Certificate {
    fn library(&self) -> &LazyHash<Library> {
        &STOCK.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &STOCK.book
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
        let name = path.vpath().get_without_slash();
        match path.root() {
            VirtualRoot::Project => self.files.get(name).or_else(|| STOCK.files.get(name)),
            VirtualRoot::Package(_) => None,
        }
        .cloned()
        .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::all().get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // The template prints no date that is not in its data.
        None
    }
}
