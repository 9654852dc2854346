//! Makes PDF documents with Typst as a library. A template sees only the files that it is given and the fonts: it has
//! no access to the file system, the network, packages, system fonts or the clock. The same files give the same bytes.

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandards, Timestamp};

use crate::fonts;

pub use typst_pdf::PdfStandard;

/// Why a document cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The template fails.
    #[error("the template: {0}")]
    Template(String),
    /// The document does not satisfy its standards.
    #[error("the PDF: {0}")]
    Pdf(String),
}

/// The files of a document, by the name under which its template opens them. Cheap to clone.
pub type Files = BTreeMap<String, Bytes>;

/// A value as a JSON file.
///
/// # Errors
/// It is no JSON.
pub fn json(value: &impl Serialize) -> Result<Bytes, DocumentError> {
    serde_json::to_vec(value)
        .map(Bytes::new)
        .map_err(|error| DocumentError::Template(error.to_string()))
}

/// What a document says about itself.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// What tells it from every other document.
    pub ident: &'a str,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// The standards that it has to satisfy.
    pub standards: &'a [PdfStandard],
}

/// A template with its files, ready to be compiled.
pub struct Document {
    main: Source,
    files: Files,
}

struct Stock {
    book: LazyHash<FontBook>,
    library: LazyHash<Library>,
}

static STOCK: LazyLock<Stock> = LazyLock::new(|| Stock {
    book: LazyHash::new(FontBook::from_fonts(fonts::all())),
    library: LazyHash::new(Library::default()),
});

impl Document {
    /// Of the text of a template and its files.
    ///
    /// # Errors
    /// Never, as long as Typst knows a path without separators.
    pub fn new(template: String, files: Files) -> Result<Self, DocumentError> {
        let path = VirtualPath::new("main.typ")
            .map_err(|error| DocumentError::Template(format!("{error:?}")))?;
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        Ok(Self {
            main: Source::new(id, template),
            files,
        })
    }

    /// The document as PDF. Takes a fraction of a second of processor time for each page.
    ///
    /// # Errors
    /// See [`DocumentError`]. A warning of the template is an error.
    pub fn pdf(&self, about: &About<'_>) -> Result<Vec<u8>, DocumentError> {
        let compiled = typst::compile::<PagedDocument>(self);
        let pdf = compiled
            .output
            .map_err(|errors| DocumentError::Template(messages(&errors)))
            .and_then(|document| match compiled.warnings.first() {
                Some(warning) => Err(DocumentError::Template(warning.message.to_string())),
                None => export(&document, about),
            });
        // Typst's cache between documents would only grow.
        typst::comemo::evict(0);
        pdf
    }
}

fn export(document: &PagedDocument, about: &About<'_>) -> Result<Vec<u8>, DocumentError> {
    let standards = PdfStandards::new(about.standards)
        .map_err(|error| DocumentError::Pdf(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(about.ident.to_owned()),
        creator: Smart::Custom(Some("Iespēja".to_owned())),
        timestamp: about.date.and_then(midnight),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| DocumentError::Pdf(messages(&errors)))
}

fn midnight(date: NaiveDate) -> Option<Timestamp> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    Datetime::from_ymd_hms(date.year(), month, day, 0, 0, 0).map(Timestamp::new_utc)
}

fn messages(errors: &[SourceDiagnostic]) -> String {
    errors
        .iter()
        .map(|error| error.message.as_str())
        .collect::<Vec<_>>()
        .join("; ")
}

impl World for Document {
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
            VirtualRoot::Project => self.files.get(name),
            VirtualRoot::Package(_) => None,
        }
        .cloned()
        .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::all().get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // A template prints no date that is not in its files.
        None
    }
}
