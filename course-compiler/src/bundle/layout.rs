//! The names of a bundle's files.

use std::path::{Path, PathBuf};

use crate::model::RevisionHash;

/// The file that names all others.
pub(super) const MANIFEST: &str = "manifest.json";

/// The file with the listing of the source files, beside the bundle.
pub(super) const LISTING: &str = ".sources";

/// How many digits of a course's digest are part of the names of its files.
pub(super) const DIGEST_DIGITS: usize = 32;

/// The two files of a course: the public part, and the keys.
pub(super) fn course_paths(dir: &Path, name: &str) -> [PathBuf; 2] {
    let courses = dir.join("courses");
    [
        courses.join(format!("{name}.json")),
        courses.join(format!("{name}.keys.json")),
    ]
}

/// The temporary name of a file while it is written.
pub(super) fn aside(path: &Path) -> PathBuf {
    path.with_added_extension("new")
}

/// The two files of a revision: the question, and its key.
pub(super) fn revision_paths(dir: &Path, hash: &RevisionHash) -> [PathBuf; 2] {
    let revisions = dir.join("revisions");
    [
        revisions.join(format!("{hash}.json")),
        revisions.join(format!("{hash}.key.json")),
    ]
}
