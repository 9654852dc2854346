//! Reads folders of courses. With `bundle` and `edit`, the only code of this crate that touches files.
//!
//! Symbolic links are never followed and nothing outside of the given folder is read: what an author writes as
//! a path in a lesson is looked up among the files read here, not on the disk.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the one that reads courses from the disk"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::model::Language;

/// The largest text that is compiled, in bytes.
const LARGEST_TEXT_BYTES: u64 = 16 * 1024 * 1024;
/// The largest asset, in bytes.
const LARGEST_ASSET_BYTES: u64 = 256 * 1024 * 1024;
/// How deep folders may lie in a course.
const DEEPEST_FOLDER: usize = 8;

/// The folder of the glossary, beside the courses.
pub(crate) const GLOSSARY: &str = "glossary";

/// All that was read, in memory.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// `programme.toml` beside the courses.
    pub programme: Option<Arc<[u8]>>,
    /// The courses and the glossary, by the name of their folder.
    pub folders: BTreeMap<String, Folder>,
}

/// The files of one course.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Path in the folder, with `/`, to the bytes.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// What could not be read, and why, in a sentence.
    pub unreadable: BTreeMap<String, String>,
}

impl Folder {
    /// Whether this is meant as a course: it has a `course.toml` or a folder for a language.
    #[must_use]
    pub fn is_course(&self) -> bool {
        self.files.keys().chain(self.unreadable.keys()).any(|path| {
            path == "course.toml"
                || path
                    .split_once('/')
                    .is_some_and(|(first, _)| Language::from_word(first).is_some())
        })
    }
}

impl Tree {
    /// A tree from paths such as `disability/lv/01-crpd.md` and their texts: for tests and for tools that keep
    /// courses elsewhere.
    pub fn from_texts<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut tree = Self::default();
        for (path, text) in files {
            let bytes: Arc<[u8]> = text.as_bytes().into();
            match path.split_once('/') {
                Some((folder, rest)) => {
                    let folder = tree.folders.entry(folder.to_owned()).or_default();
                    folder.files.insert(rest.to_owned(), bytes);
                }
                None if path == "programme.toml" => tree.programme = Some(bytes),
                None => {}
            }
        }
        tree
    }

    /// The bytes of a file, by its path from the folder of courses.
    pub(crate) fn bytes_mut(&mut self, path: &str) -> Option<&mut Arc<[u8]>> {
        match path.split_once('/') {
            Some((folder, rest)) => self.folders.get_mut(folder)?.files.get_mut(rest),
            None => self.programme.as_mut().filter(|_| path == "programme.toml"),
        }
    }

    /// How many files there are to compile.
    pub(crate) fn file_count(&self) -> usize {
        self.folders.values().map(|folder| folder.files.len()).sum()
    }

    /// A hash of everything that compiling depends on: the files and this compiler itself.
    pub(crate) fn hash(&self) -> String {
        let mut hash = Hasher::new();
        hash.add("compiler", env!("COURSE_COMPILER_FINGERPRINT").as_bytes());
        if let Some(bytes) = &self.programme {
            hash.add("programme.toml", bytes);
        }
        for (name, folder) in &self.folders {
            hash.add("folder", name.as_bytes());
            for (path, bytes) in &folder.files {
                hash.add(path, bytes);
            }
            for (path, reason) in &folder.unreadable {
                hash.add(path, reason.as_bytes());
            }
        }
        hash.finish()
    }
}

/// SHA-256 over named pieces, each with its length, so that no two lists of pieces run together.
pub(crate) struct Hasher(Sha256);

impl Hasher {
    pub(crate) fn new() -> Self {
        Self(Sha256::new())
    }

    /// Adds a piece.
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) {
        for piece in [name.as_bytes(), bytes] {
            let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
            self.0.update(length.to_le_bytes());
            self.0.update(piece);
        }
    }

    /// The hash in hexadecimal.
    pub(crate) fn finish(self) -> String {
        data_encoding::HEXLOWER.encode(&self.0.finalize())
    }
}

/// Reads all courses in a folder.
///
/// # Errors
///
/// When the folder itself cannot be read. A file that cannot be read is remembered with its course.
pub fn read(courses: &Path) -> io::Result<Tree> {
    let mut tree = Tree::default();
    for entry in fs::read_dir(courses)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let kind = entry.file_type()?;
        if kind.is_dir() && !name.starts_with('.') {
            let mut folder = Folder::default();
            read_folder(&entry.path(), "", 0, &mut folder);
            if folder.is_course() || name == GLOSSARY {
                tree.folders.insert(name, folder);
            }
        } else if kind.is_file() && name == "programme.toml" {
            tree.programme = Some(fs::read(entry.path())?.into());
        }
    }
    Ok(tree)
}

fn read_folder(dir: &Path, prefix: &str, depth: usize, folder: &mut Folder) {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            folder
                .unreadable
                .insert(prefix.to_owned(), error.to_string());
            return;
        }
    };
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            folder.unreadable.insert(
                format!("{prefix}{}", entry.file_name().to_string_lossy()),
                "the name is not UTF-8".to_owned(),
            );
            continue;
        };
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let path = format!("{prefix}{name}");
        let problem = match entry.file_type() {
            Ok(kind) if kind.is_dir() => {
                if depth < DEEPEST_FOLDER {
                    read_folder(
                        &entry.path(),
                        &format!("{path}/"),
                        depth.saturating_add(1),
                        folder,
                    );
                    continue;
                }
                "folders lie too deep".to_owned()
            }
            Ok(kind) if kind.is_file() => match read_file(&entry) {
                Ok(bytes) => {
                    folder.files.insert(path, bytes.into());
                    continue;
                }
                Err(reason) => reason,
            },
            Ok(kind) if kind.is_symlink() => "symbolic links are not followed".to_owned(),
            Ok(_) => "it is not a file".to_owned(),
            Err(error) => error.to_string(),
        };
        folder.unreadable.insert(path, problem);
    }
}

fn read_file(entry: &fs::DirEntry) -> Result<Vec<u8>, String> {
    let path = entry.path();
    let is_text = path
        .extension()
        .is_some_and(|extension| extension == "md" || extension == "toml" || extension == "lock");
    let limit = if is_text {
        LARGEST_TEXT_BYTES
    } else {
        LARGEST_ASSET_BYTES
    };
    let size = entry.metadata().map_err(|error| error.to_string())?.len();
    if size > limit {
        return Err(format!("it is larger than {} MiB", limit / 1024 / 1024));
    }
    fs::read(path).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn follows_no_symbolic_links() {
        let dir = tempfile::tempdir().unwrap();
        let course = dir.path().join("a");
        fs::create_dir_all(course.join("lv")).unwrap();
        fs::write(course.join("course.toml"), "id = \"a\"").unwrap();
        fs::write(dir.path().join("secret.md"), "secret").unwrap();
        std::os::unix::fs::symlink(dir.path().join("secret.md"), course.join("lv/01-a.md"))
            .unwrap();
        std::os::unix::fs::symlink(dir.path(), course.join("lv/up")).unwrap();
        let tree = read(dir.path()).unwrap();
        let folder = &tree.folders["a"];
        assert_eq!(folder.files.keys().collect::<Vec<_>>(), ["course.toml"]);
        assert_eq!(folder.unreadable.len(), 2);
    }

    #[test]
    fn a_folder_without_course_or_language_is_no_course() {
        let tree = Tree::from_texts([("glossary/lv.md", ""), ("a/lv/01-x.md", "")]);
        assert!(!tree.folders["glossary"].is_course());
        assert!(tree.folders["a"].is_course());
    }

    #[test]
    fn the_hash_tells_files_apart() {
        let hash = |files: &[(&str, &str)]| Tree::from_texts(files.iter().copied()).hash();
        assert_eq!(hash(&[("a/x", "1")]), hash(&[("a/x", "1")]));
        assert_ne!(hash(&[("a/x", "1")]), hash(&[("a/x", "2")]));
        assert_ne!(hash(&[("a/xy", "")]), hash(&[("a/x", "y")]));
    }
}
