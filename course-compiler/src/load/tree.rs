//! The files that were read, in memory, by folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::layout::{COURSE, PATHS, PROGRAMME};
use super::skipped::{self, Skipped};
use crate::hash::Hasher;
use crate::model::Language;

/// Identifies this version of the compiler.
pub(super) const FINGERPRINT: &str = env!("COURSE_COMPILER_FINGERPRINT");

/// The files that were read, in memory.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// `programme.toml` beside the courses.
    pub programme: Option<Arc<[u8]>>,
    /// `paths.toml` beside the courses, if all of them were read.
    pub paths: Option<Arc<[u8]>>,
    /// The courses and the glossary, by the name of their folder. A folder is never changed, only replaced:
    /// the same [`Arc`] means the same files.
    pub folders: BTreeMap<String, Arc<Folder>>,
    /// Entries beside the courses that look like a part of one but were not read, by path.
    pub(crate) skipped: BTreeMap<String, Skipped>,
    /// Whether one course was read, and not all that lie beside it.
    pub(crate) is_one_course: bool,
}

/// The files of one course.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The content of each file by its path in the folder, with `/`.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// Files that could not be read, each with the reason in a sentence.
    pub unreadable: BTreeMap<String, String>,
}

impl Folder {
    /// Whether this is meant to be a course: it has a `course.toml` or a folder for a language.
    #[must_use]
    pub fn is_course(&self) -> bool {
        is_course(self.files.keys().chain(self.unreadable.keys()))
    }

    /// A hash of the files.
    fn hash(&self) -> String {
        let mut hash = Hasher::new();
        for (path, bytes) in &self.files {
            hash.add(path, bytes);
        }
        for (path, reason) in &self.unreadable {
            hash.add(path, reason.as_bytes());
        }
        hash.finish()
    }

    /// Removes notes among the lessons of a language.
    pub(super) fn leave_notes(&mut self) {
        self.files
            .retain(|path, bytes| !skipped::is_note_among_lessons(path, bytes));
    }

    /// Whether all files are the same objects in memory.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.unreadable == other.unreadable
            && self.files.len() == other.files.len()
            && self
                .files
                .iter()
                .zip(&other.files)
                .all(|(a, b)| a.0 == b.0 && Arc::ptr_eq(a.1, b.1))
    }
}

pub(super) fn is_course<'a>(mut paths: impl Iterator<Item = &'a String>) -> bool {
    paths.any(|path| {
        let first = path.split('/').next().unwrap_or_default();
        // A folder that cannot be read at all has the empty path.
        path.is_empty() || path == COURSE || Language::from_word(first).is_some()
    })
}

impl Tree {
    /// A tree from paths such as `disability/lv/01-crpd.md` and their texts, for tests and for tools that
    /// store courses elsewhere.
    pub fn from_texts<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut tree = Self::default();
        for (path, text) in files {
            let bytes: Arc<[u8]> = text.as_bytes().into();
            match path.split_once('/') {
                Some((folder, rest)) => {
                    let folder = tree.folders.entry(folder.to_owned()).or_default();
                    Arc::make_mut(folder).files.insert(rest.to_owned(), bytes);
                }
                None if path == PROGRAMME => tree.programme = Some(bytes),
                None if path == PATHS => tree.paths = Some(bytes),
                None => {}
            }
        }
        for folder in tree.folders.values_mut() {
            Arc::make_mut(folder).leave_notes();
        }
        tree
    }

    /// The bytes of a file, by its path from the folder of courses.
    pub(crate) fn bytes_mut(&mut self, path: &str) -> Option<&mut Arc<[u8]>> {
        match path.split_once('/') {
            Some((folder, rest)) => Arc::make_mut(self.folders.get_mut(folder)?)
                .files
                .get_mut(rest),
            None if path == PATHS => self.paths.as_mut(),
            None => self.programme.as_mut().filter(|_| path == PROGRAMME),
        }
    }

    /// A file by its path from the folder of courses.
    pub(crate) fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        match path.split_once('/') {
            Some((folder, path)) => self.folders.get(folder)?.files.get(path).cloned(),
            None if path == PATHS => self.paths.clone(),
            None => self.programme.clone(),
        }
    }

    /// A hash of everything that compiling depends on: the files and this compiler. Folders that are equal to
    /// those in `before` are not hashed again.
    pub(crate) fn hash(&self, before: &FolderHashes) -> (String, FolderHashes) {
        let folders: BTreeMap<String, (Arc<Folder>, String)> = self
            .folders
            .par_iter()
            .map(|(name, folder)| {
                let known = before.0.get(name);
                let hash = known
                    .filter(|(before, _)| Arc::ptr_eq(before, folder))
                    .map_or_else(|| folder.hash(), |(_, hash)| hash.clone());
                (name.clone(), (Arc::clone(folder), hash))
            })
            .collect();
        let mut hash = Hasher::new();
        hash.add("compiler", FINGERPRINT.as_bytes());
        if let Some(bytes) = &self.programme {
            hash.add(PROGRAMME, bytes);
        }
        if let Some(bytes) = &self.paths {
            hash.add(PATHS, bytes);
        }
        for (path, why) in &self.skipped {
            hash.add(path, format!("{why:?}").as_bytes());
        }
        for (name, (_, folder)) in &folders {
            hash.add(name, folder.as_bytes());
        }
        (hash.finish(), FolderHashes(folders))
    }
}

/// The hashes of folders that were hashed before.
#[derive(Clone, Debug, Default)]
pub(crate) struct FolderHashes(BTreeMap<String, (Arc<Folder>, String)>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_course_or_language_is_no_course() {
        let tree = Tree::from_texts([("glossary/lv.md", ""), ("a/lv/01-x.md", "")]);
        assert!(!tree.folders["glossary"].is_course());
        assert!(tree.folders["a"].is_course());
    }

    #[test]
    fn the_hash_tells_files_apart() {
        let hash = |files: &[(&str, &str)]| {
            let tree = Tree::from_texts(files.iter().copied());
            tree.hash(&FolderHashes::default()).0
        };
        assert_eq!(hash(&[("a/x", "1")]), hash(&[("a/x", "1")]));
        assert_ne!(hash(&[("a/x", "1")]), hash(&[("a/x", "2")]));
        assert_ne!(hash(&[("a/xy", "")]), hash(&[("a/x", "y")]));
    }
}
