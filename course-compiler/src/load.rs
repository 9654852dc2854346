//! Reads folders of courses. Besides `bundle` and `edit`, this is the only code of this crate that accesses
//! files.
//!
//! Symbolic links are not followed, and nothing outside of the given folder is read: a path in a lesson is
//! looked up among the files that were read, not on the disk.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the one that reads courses from the disk, and compares files' times with the clock"
)]

mod beside;
mod layout;
mod listing;
mod root;
pub(crate) mod skipped;
mod stamp;
mod tree;

pub(crate) use layout::{COURSE, FileKind, GLOSSARY, LOCK, PATHS, PROGRAMME, SNIPPETS, snippet_of};
pub use listing::read;
pub(crate) use listing::{Loaded, list, read_again};
pub(crate) use root::is_course as is_course_folder;
pub use root::{Error, Root};
pub(crate) use skipped::Skipped;
pub(crate) use tree::FolderHashes;
pub use tree::{Folder, Tree};
