//! The manifest of a bundle, and reading the files that it names.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the one that keeps bundles on the disk"
)]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::layout::{DIGEST_DIGITS, MANIFEST, course_paths};
use super::place;
use super::value::{FORMAT, Outline, both};
use crate::course::Course;
use crate::diagnostic::Diagnostic;
use crate::hash::Hasher;
use crate::model::Glossary;

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
    /// A file does not have the content of a bundle.
    #[error("{path} is damaged")]
    Damaged {
        /// The file.
        path: String,
        /// Why.
        source: serde_json::Error,
    },
    /// A file does not match its hash.
    #[error("{path} was changed after it was written")]
    Changed {
        /// The file.
        path: String,
    },
    /// Written by another version of the compiler.
    #[error("the bundle has format {found}, this program reads {FORMAT}")]
    Format {
        /// Its version.
        found: u32,
    },
}

#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) format: u32,
    pub(super) source_hash: String,
    pub(super) content_hash: String,
    /// In the order of the bundle.
    pub(super) courses: Vec<Listed>,
    /// See [`super::Bundle::published`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) published: Vec<Published>,
    pub(super) assets: BTreeSet<String>,
    pub(super) glossary: Glossary,
    /// The diagnostics of all courses, including those with errors; absent when the bundle was written
    /// without.
    pub(super) diagnostics: Option<Vec<Diagnostic>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Listed {
    /// The name of the course's files.
    pub(super) file: String,
    pub(super) outline: Outline,
}

/// A course in [`super::Bundle::published`].
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Published {
    /// The name of the course's files.
    pub(super) file: String,
    /// The assets that its pages use.
    pub(super) assets: BTreeSet<String>,
}

impl Manifest {
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        let published = self.published.iter().map(|course| &course.file);
        let files = self.courses.iter().map(|course| &course.file);
        files.chain(published).map(String::as_str)
    }

    pub(super) fn assets(&self) -> impl Iterator<Item = &String> {
        let published = self.published.iter().flat_map(|course| &course.assets);
        self.assets.iter().chain(published)
    }
}

/// A course as the bytes of its two files.
pub(super) struct Encoded {
    pub(super) course: Vec<u8>,
    pub(super) keys: Vec<u8>,
}

impl Encoded {
    pub(super) fn digest(&self) -> String {
        let of = |name: &str, json: &[u8]| {
            let mut hash = Hasher::new();
            hash.add_as_json(name, json);
            hash.finish()
        };
        let halves = rayon::join(|| of("course", &self.course), || of("keys", &self.keys));
        both(&halves)
    }
}

/// The name of a course's files; its hash is the beginning of the digest.
pub(super) fn file_name(slug: &str, digest: &str) -> String {
    let digits: String = digest.chars().take(DIGEST_DIGITS).collect();
    format!("{slug}-{digits}")
}

/// Reads the manifest.
pub(super) fn manifest(dir: &Path) -> Result<Manifest, Error> {
    #[derive(Deserialize)]
    struct FormatOnly {
        format: u32,
    }
    let path = dir.join(MANIFEST);
    let bytes = read_bytes(&path)?;
    let FormatOnly { format } = parse(&bytes, &path)?;
    if format != FORMAT {
        return Err(Error::Format { found: format });
    }
    let manifest: Manifest = parse(&bytes, &path)?;
    let is_own = manifest.files().all(place::is_course_file)
        && manifest.assets().all(|name| place::is_asset(name));
    if is_own {
        Ok(manifest)
    } else {
        Err(changed(&path))
    }
}

pub(super) fn read_encoded(dir: &Path, name: &str) -> Result<Encoded, Error> {
    let [course, keys] = course_paths(dir, name);
    Ok(Encoded {
        course: read_bytes(&course)?,
        keys: read_bytes(&keys)?,
    })
}

pub(super) fn read_course(dir: &Path, name: &str) -> Result<Course, Error> {
    let [course_path, keys_path] = course_paths(dir, name);
    let encoded = read_encoded(dir, name)?;
    let mut course: Course = parse(&encoded.course, &course_path)?;
    course.keys = parse(&encoded.keys, &keys_path)?;
    course.digest = encoded.digest();
    if file_name(&course.slug, &course.digest) != name {
        return Err(changed(&course_path));
    }
    Ok(course)
}

pub(super) fn changed(path: &Path) -> Error {
    Error::Changed {
        path: path.display().to_string(),
    }
}

pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| unreadable(path, source))
}

pub(super) fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::Io {
        path: path.display().to_string(),
        source,
    }
}

pub(super) fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    parse(&read_bytes(path)?, path)
}

fn parse<T: DeserializeOwned>(bytes: &[u8], path: &Path) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|source| Error::Damaged {
        path: path.display().to_string(),
        source,
    })
}
