//! How the files of a bundle are named.

use std::path::{Path, PathBuf};

/// The file that names all others.
pub(super) const MANIFEST: &str = "manifest.json";

/// How much of the digest of a course is in the names of its files.
pub(super) const DIGEST_DIGITS: usize = 32;

/// The two files of a course: what is public, and the keys.
pub(super) fn course_paths(dir: &Path, name: &str) -> [PathBuf; 2] {
    let courses = dir.join("courses");
    [
        courses.join(format!("{name}.json")),
        courses.join(format!("{name}.keys.json")),
    ]
}

/// Where a file is written before it takes its place.
pub(super) fn aside(path: &Path) -> PathBuf {
    path.with_added_extension("new")
}
