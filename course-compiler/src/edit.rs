//! Edits of a file: the text at a place is replaced, every other byte stays unchanged.
//!
//! Places are spans of the normalised text (see [`Source`]); the resulting bytes have the file's own line
//! ends and byte order mark. [`write()`] writes them to the disk.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

use crate::source::{Source, Span};

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edit {
    /// The byte range of the normalised text to be replaced; empty to insert.
    pub span: Span,
    /// The replacement. Its line ends are converted to those of the file.
    pub replacement: String,
}

impl Edit {
    /// Inserts a text before the byte at `offset`.
    #[must_use]
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self {
            span: Span::new(offset, offset),
            replacement: text.into(),
        }
    }
}

/// Applies edits, in the order of their places, to the bytes of `source`. An edit that overlaps an earlier
/// one is skipped; a file that is not UTF-8 is returned unchanged.
#[must_use]
pub fn apply(source: &Source, bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    if !source.is_valid_utf8() {
        return bytes.to_vec();
    }
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let mut edited = Vec::with_capacity(bytes.len());
    let mut done = 0_usize;
    for edit in sorted {
        let start = source.original_offset(edit.span.start);
        let end = source.original_offset(edit.span.end);
        let Some(kept) = bytes.get(done..start).filter(|_| start <= end) else {
            continue;
        };
        edited.extend_from_slice(kept);
        let replacement = edit.replacement.replace('\n', source.line_end());
        edited.extend_from_slice(replacement.as_bytes());
        done = end;
    }
    edited.extend_from_slice(bytes.get(done..).unwrap_or_default());
    edited
}

/// Writes a file under a temporary name, syncs it to the disk and renames it, so that readers see either the
/// old or the new file. Keeps the file's permissions.
///
/// # Errors
///
/// When the file cannot be written; the old file stays intact.
#[expect(
    clippy::disallowed_methods,
    reason = "the one way in which files of a course are written"
)]
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Another program may write the same file at the same time.
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let aside = path.with_file_name(format!(".{name}.{}.{number}.new", std::process::id()));
    let written = (|| {
        let mut file = std::fs::File::create(&aside)?;
        file.write_all(bytes)?;
        if let Ok(before) = std::fs::metadata(path) {
            file.set_permissions(before.permissions())?;
        }
        file.sync_all()?;
        drop(file);
        std::fs::rename(&aside, path)
    })();
    if written.is_err() {
        let _ = std::fs::remove_file(&aside);
    }
    written
}

/// A folder of courses whose files no other program of this kind rewrites meanwhile.
#[derive(Debug)]
pub struct Hold {
    /// Absent where folders cannot be locked.
    _folder: Option<std::fs::File>,
}

/// Waits until no other program rewrites files in a folder of courses, such as `course.lock`, and keeps others from
/// it until the returned value is dropped. `waiting` is called when it has to wait. Nothing is written; where
/// folders cannot be locked, it does not wait.
#[expect(
    clippy::disallowed_methods,
    reason = "opens the folder in which files are to be written"
)]
pub fn hold(folder: &Path, waiting: impl FnOnce()) -> Hold {
    let file = std::fs::File::open(folder).ok();
    let file = file.filter(|file| match file.try_lock() {
        Ok(()) => true,
        Err(std::fs::TryLockError::WouldBlock) => {
            waiting();
            file.lock().is_ok()
        }
        Err(std::fs::TryLockError::Error(_)) => false,
    });
    Hold { _folder: file }
}

/// Creates a folder with these files, given by their paths in it with `/`. The folder is written under a
/// temporary name and renamed: it exists with all of its files, or not at all.
///
/// # Errors
///
/// When an entry of this name exists, and when a file cannot be written.
#[expect(
    clippy::disallowed_methods,
    reason = "the one way in which folders of a course are made"
)]
pub fn create_folder(path: &Path, files: &BTreeMap<String, String>) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "there is something of this name already",
        ));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let aside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    std::fs::create_dir(&aside)?;
    let made = (|| {
        for (file, text) in files {
            let file = aside.join(file);
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder)?;
            }
            write(&file, text.as_bytes())?;
        }
        std::fs::rename(&aside, path)
    })();
    if made.is_err() {
        let _ = std::fs::remove_dir_all(&aside);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn edited(bytes: &str, edits: &[Edit]) -> String {
        let source = Source::new("a.md", bytes.as_bytes());
        String::from_utf8(apply(&source, bytes.as_bytes(), edits)).unwrap()
    }

    fn replace(start: usize, end: usize, replacement: &str) -> Edit {
        Edit {
            span: Span::new(start, end),
            replacement: replacement.to_owned(),
        }
    }

    #[test]
    fn edits_leave_all_other_bytes_alone() {
        let edits = [replace(2, 4, "ē"), Edit::insert(6, "jauna\n")];
        assert_eq!(
            edited("\u{feff}a\r\nā\r\nb  \r\n", &edits),
            "\u{feff}a\r\nē\r\nbjauna\r\n  \r\n"
        );
        assert_eq!(edited("\r\na", &[Edit::insert(0, "x")]), "x\r\na");
        assert_eq!(edited("a\rb\n", &[replace(2, 3, "c")]), "a\rc\n");
    }

    #[test]
    fn edits_that_overlap_are_left_out() {
        assert_eq!(
            edited(
                "abcd",
                &[replace(0, 2, "X"), replace(1, 3, "Y"), replace(3, 4, "Z")]
            ),
            "XcZ"
        );
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        write(&path, b"1").unwrap();
        write(&path, b"2").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"2");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        assert!(write(&dir.path().join("no/a.md"), b"").is_err());
    }

    proptest! {
        #[test]
        fn replacing_text_by_itself_changes_nothing(
            text in "\u{feff}?([aā \t]|\n|\r\n|\r){0,40}",
            at in 0_usize..60,
            length in 0_usize..60,
        ) {
            let source = Source::new("a.md", text.as_bytes());
            let end = source.text().floor_char_boundary(at + length);
            let start = source.text().floor_char_boundary(at).min(end);
            let same = source.slice(Span::new(start, end));
            // A replacement gets the line ends of the file's first line.
            prop_assume!(!same.contains('\n'));
            let bytes = apply(&source, text.as_bytes(), &[replace(start, end, same)]);
            prop_assert_eq!(bytes, text.as_bytes());
        }
    }

    #[test]
    fn a_folder_is_made_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("kurss");
        let texts = |names: &[&str]| -> BTreeMap<String, String> {
            let names = names.iter();
            names
                .map(|name| ((*name).to_owned(), (*name).to_owned()))
                .collect()
        };
        // A file in the place of a folder.
        assert!(create_folder(&path, &texts(&["a.md", "lv", "lv/b.md"])).is_err());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        create_folder(&path, &texts(&["a.md", "lv/b.md"])).unwrap();
        assert_eq!(std::fs::read(path.join("lv/b.md")).unwrap(), b"lv/b.md");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        let again = create_folder(&path, &texts(&["c.md"])).unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert!(!path.join("c.md").exists());
    }
}
