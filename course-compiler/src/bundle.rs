//! A bundle: all compiled courses, as one value and as a folder.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::model::{Course, CourseId, RevisionHash};
use crate::question::{AnswerKey, Question};

/// The version of the folder's layout; another one is not read.
pub const FORMAT: u32 = 1;

/// All compiled courses.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// The version of the layout, [`FORMAT`].
    pub format: u32,
    /// SHA-256, in hexadecimal, of all that it holds but older revisions.
    pub content_hash: String,
    /// The courses, by slug.
    pub courses: Vec<Course>,
    /// Every question as it is now, and as it was whenever a bundle in this folder asked something else.
    pub revisions: BTreeMap<RevisionHash, Revision>,
}

/// A question with its key, as it was asked at some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The public half.
    pub question: Question,
    /// What was right.
    pub key: AnswerKey,
}

/// Why a bundle cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read.
    #[error("cannot read {path}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A file is not what a bundle holds.
    #[error("{path} is damaged")]
    Damaged {
        /// The file.
        path: String,
        /// Why.
        source: serde_json::Error,
    },
    /// Written by another version of the compiler.
    #[error("the bundle has format {found}, this program reads {FORMAT}")]
    Format {
        /// Its version.
        found: u32,
    },
}

impl Bundle {
    /// A course by its id.
    #[must_use]
    pub fn course(&self, id: &CourseId) -> Option<&Course> {
        self.courses.iter().find(|course| course.id == *id)
    }

    /// A course by the name of its folder.
    #[must_use]
    pub fn course_by_slug(&self, slug: &str) -> Option<&Course> {
        self.courses.iter().find(|course| course.slug == slug)
    }

    /// A question as it was asked in this revision.
    #[must_use]
    pub fn revision(&self, hash: &RevisionHash) -> Option<&Revision> {
        self.revisions.get(hash)
    }
}

/// Writes a bundle to a folder. The previous one stays whole until the new one is; its older revisions are kept.
///
/// # Errors
///
/// When the folder cannot be written.
pub fn write(_bundle: &Bundle, _dir: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

/// Reads a bundle.
///
/// # Errors
///
/// When a file is missing, damaged, or of another version.
pub fn read(dir: &Path) -> Result<Bundle, Error> {
    Err(Error::Io {
        path: dir.display().to_string(),
        source: io::Error::from(io::ErrorKind::Unsupported),
    })
}
