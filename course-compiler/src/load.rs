//! Reads folders of courses. With `bundle` and `edit`, the only code of this crate that touches files.
//!
//! Symbolic links are never followed and nothing outside of the given folder is read: what an author writes as
//! a path in a lesson is looked up among the files read here, not on the disk.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the one that reads courses from the disk, and compares files' times with the clock"
)]

mod layout;
mod root;
pub(crate) mod skipped;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use crate::hash::Hasher;
use crate::model::Language;

pub(crate) use layout::{COURSE, FileKind, GLOSSARY, LOCK, PROGRAMME};
pub(crate) use root::is_course as is_course_folder;
pub use root::{Error, Root};
pub(crate) use skipped::Skipped;

/// The largest text that is compiled, in bytes.
const LARGEST_TEXT_BYTES: u64 = 16 * 1024 * 1024;
/// The largest asset, in bytes.
const LARGEST_ASSET_BYTES: u64 = 256 * 1024 * 1024;
/// The coarsest steps in which file systems keep times, in nanoseconds.
const COARSEST_TIME_NS: u128 = 2_000_000_000;
/// Names this version of the compiler.
const FINGERPRINT: &str = env!("COURSE_COMPILER_FINGERPRINT");
/// How deep folders may lie in a course.
const DEEPEST_FOLDER: usize = 8;
/// How many names are looked at in a folder that is no course.
const MOST_LOOKED_AT: usize = 1000;

/// All that was read, in memory.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// `programme.toml` beside the courses.
    pub programme: Option<Arc<[u8]>>,
    /// The courses and the glossary, by the name of their folder. A folder is never changed, only replaced: the same [`Arc`] means
    /// the same files.
    pub folders: BTreeMap<String, Arc<Folder>>,
    /// What was not read beside the courses although it looks like a part of them, by its path.
    pub(crate) skipped: BTreeMap<String, Skipped>,
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
}

fn is_course<'a>(mut paths: impl Iterator<Item = &'a String>) -> bool {
    paths.any(|path| {
        let first = path.split('/').next().unwrap_or_default();
        // A folder that cannot be read at all has the empty path.
        path.is_empty() || path == COURSE || Language::from_word(first).is_some()
    })
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
                    Arc::make_mut(folder).files.insert(rest.to_owned(), bytes);
                }
                None if path == PROGRAMME => tree.programme = Some(bytes),
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
            None => self.programme.as_mut().filter(|_| path == PROGRAMME),
        }
    }

    /// A file by its path from the folder of courses.
    pub(crate) fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        match path.split_once('/') {
            Some((folder, path)) => self.folders.get(folder)?.files.get(path).cloned(),
            None => self.programme.clone(),
        }
    }

    /// A hash of everything that compiling depends on: the files and this compiler itself. Folders that are the
    /// same as in `before` are not hashed again.
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

/// Reads all courses in a folder, or the one course that it is.
///
/// # Errors
///
/// When the folder cannot be read or has no course. A file that cannot be read is remembered with its course.
pub fn read(courses: &Path) -> Result<Tree, Error> {
    let root = Root::find(courses)?;
    list(&root)?.read(&root, None)
}

impl Root {
    /// Reads what there is, also if that is no course at all.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn read(&self) -> Result<Tree, Error> {
        self.list()?.read(self, None)
    }

    fn list(&self) -> Result<Listing, Error> {
        list_any(self).map_err(|source| Error::unreadable(self.folder(), source))
    }
}

/// Reads a file that was read before, by its path from the folder of courses, to show a place in it.
pub(crate) fn read_again(root: &Root, path: &str) -> Option<Arc<[u8]>> {
    fs::read(root.path(path)).ok().map(Into::into)
}

/// What the disk says of a file without reading it. Equal stamps mean equal bytes, unless the file is
/// [fresh](Listing::is_fresh).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    size_bytes: u64,
    /// Nanoseconds since 1970.
    modified_ns: u128,
    /// Where there is such a thing: which file it is, and when its name, rights or bytes changed last. A file
    /// that was put in the place of another with its times kept shows here.
    identity: [i128; 3],
}

/// The files of a folder of courses, not yet read.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    programme: Option<Stamp>,
    folders: BTreeMap<String, ListedFolder>,
    skipped: BTreeMap<String, Skipped>,
    /// When the listing was begun, in nanoseconds since 1970.
    begun_ns: u128,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct ListedFolder {
    files: BTreeMap<String, Stamp>,
    unreadable: BTreeMap<String, String>,
}

/// A folder of courses as it was read last.
#[derive(Clone, Debug)]
pub(crate) struct Loaded {
    pub(crate) listing: Listing,
    pub(crate) tree: Tree,
}

/// Lists the courses. Symbolic links are listed as unreadable.
///
/// # Errors
///
/// When the folder cannot be read, and when there is no course in it.
pub(crate) fn list(root: &Root) -> Result<Listing, Error> {
    let listing = root.list()?;
    if listing.folders.keys().any(|name| name != GLOSSARY) {
        Ok(listing)
    } else {
        Err(root.no_course(&listing.skipped))
    }
}

fn list_any(root: &Root) -> io::Result<Listing> {
    let begun_ns = since_1970(SystemTime::now());
    let beside = match root.course() {
        Some(course) => Beside::of_one(root, course)?,
        None => Beside::of_all(root)?,
    };
    let folders = beside
        .folders
        .into_par_iter()
        .map(|name| {
            let mut folder = ListedFolder::default();
            list_folder(&root.path(&name), "", 0, &mut folder);
            (name, folder)
        })
        .filter(|(name, folder)| {
            name == GLOSSARY || is_course(folder.files.keys().chain(folder.unreadable.keys()))
        })
        .collect();
    Ok(Listing {
        programme: beside.programme,
        folders,
        skipped: beside.skipped,
        begun_ns,
    })
}

/// What lies in the folder of courses itself.
#[derive(Default)]
struct Beside {
    programme: Option<Stamp>,
    /// The names of the courses' folders and of the glossary's.
    folders: Vec<String>,
    skipped: BTreeMap<String, Skipped>,
}

impl Beside {
    /// One course, with what all courses share.
    fn of_one(root: &Root, course: &str) -> io::Result<Self> {
        let mut beside = Self {
            folders: vec![course.to_owned()],
            ..Self::default()
        };
        let there = |name| match fs::symlink_metadata(root.path(name)) {
            Ok(there) => Ok(Some(there)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        };
        if course != GLOSSARY && there(GLOSSARY)?.is_some_and(|there| there.is_dir()) {
            beside.folders.push(GLOSSARY.to_owned());
        }
        beside.programme = there(PROGRAMME)?
            .filter(fs::Metadata::is_file)
            .map(|there| Stamp::of(&there));
        Ok(beside)
    }

    /// All courses, and what looks like a part of them.
    fn of_all(root: &Root) -> io::Result<Self> {
        let mut beside = Self::default();
        for entry in fs::read_dir(root.folder())? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let Ok(name) = entry.file_name().into_string() else {
                if kind.is_dir() {
                    let name = entry.file_name().to_string_lossy().into_owned();
                    beside.cannot(name, "the name is not UTF-8");
                }
                continue;
            };
            if skipped::is_leftover(&name) {
                continue;
            }
            if kind.is_dir() {
                if name == GLOSSARY || root::is_course(&entry.path()) {
                    beside.folders.push(name);
                } else if let Some(why) = skipped::folder_beside(&name) {
                    beside.skipped.insert(name, why);
                } else {
                    beside.look(&entry.path(), name);
                }
            } else if kind.is_symlink() {
                // Only whether it leads to a folder; what that holds is not looked at.
                let is_file = fs::metadata(entry.path()).is_ok_and(|there| there.is_file());
                if !is_file || name == PROGRAMME {
                    beside.cannot(name, NO_LINKS);
                }
            } else if name == PROGRAMME && kind.is_file() {
                beside.programme = Some(Stamp::of(&entry.metadata()?));
            } else if let Some(why) = skipped::file_beside(&name, begins_as_lesson(&entry.path())) {
                beside.skipped.insert(name, why);
            }
        }
        Ok(beside)
    }

    fn cannot(&mut self, path: String, reason: &str) {
        self.skipped
            .insert(path, Skipped::Unreadable(reason.to_owned()));
    }

    /// Looks into a folder that is no course, no deeper than two folders, for what a course would have.
    fn look(&mut self, dir: &Path, name: String) {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) => return self.cannot(name, &error.to_string()),
        };
        let mut is_like_a_course = false;
        let mut found = BTreeMap::new();
        for entry in entries.flatten().take(MOST_LOOKED_AT) {
            let (Ok(child), Ok(kind)) = (entry.file_name().into_string(), entry.file_type()) else {
                continue;
            };
            if skipped::is_leftover(&child) {
                continue;
            }
            let path = format!("{name}/{child}");
            let why = if kind.is_dir() {
                if root::is_course(&entry.path()) {
                    Some(Skipped::CourseWithin)
                } else {
                    skipped::language_folder(&child).filter(|why| has_lessons(&entry.path(), why))
                }
            } else if kind.is_file() {
                skipped::file_in_no_course(&child, begins_as_lesson(&entry.path()))
            } else {
                None
            };
            match why {
                Some(Skipped::Meant(_) | Skipped::CourseWithin) => {
                    found.extend(why.map(|why| (path, why)));
                }
                Some(_) => is_like_a_course = true,
                None => {}
            }
        }
        if is_like_a_course && found.is_empty() {
            found.insert(name, Skipped::NoCourse);
        }
        self.skipped.append(&mut found);
    }
}

/// Whether there is Markdown in a folder that may be one of lessons; numbered, if its name says little.
fn has_lessons(dir: &Path, why: &Skipped) -> bool {
    let is_sure = matches!(why, Skipped::Meant(_));
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries.take(MOST_LOOKED_AT).any(|entry| {
        let name = entry.file_name();
        let front = begins_as_lesson(&entry.path());
        skipped::is_lesson_like(&name.to_string_lossy(), front, !is_sure)
    })
}

/// Whether a file begins with front matter; what cannot be read does not.
fn begins_as_lesson(path: &Path) -> bool {
    use std::io::Read as _;

    let is_file = fs::symlink_metadata(path).is_ok_and(|there| there.is_file());
    let is_text = path.extension().is_some_and(|ending| {
        ["md", "markdown", "txt"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    });
    let mut bytes = Vec::new();
    is_file
        && is_text
        && fs::File::open(path)
            .and_then(|file| file.take(64).read_to_end(&mut bytes))
            .is_ok_and(|_| skipped::has_front_matter(&bytes))
}

/// Why a symbolic link is not read.
const NO_LINKS: &str = "symbolic links are not followed";

impl Listing {
    /// Whether a file was modified so shortly before the listing that it may be modified again without a trace
    /// in its times: file systems keep them in steps of up to two seconds.
    fn is_fresh(&self, stamp: Stamp) -> bool {
        stamp.modified_ns.saturating_add(COARSEST_TIME_NS) >= self.begun_ns
    }

    /// A hash of all stamps and of this compiler. Equal hashes mean equal files. `None` when a file is too fresh
    /// to say so.
    pub(crate) fn hash(&self) -> Option<String> {
        let mut hash = Hasher::new();
        let mut add = |path: &str, stamp: Stamp| {
            hash.add(path, &stamp.to_bytes());
            !self.is_fresh(stamp)
        };
        let mut is_sure = add("compiler", Stamp::NONE)
            && self.programme.is_none_or(|stamp| add(PROGRAMME, stamp));
        for (name, folder) in &self.folders {
            is_sure &= add(name, Stamp::NONE);
            for (path, stamp) in &folder.files {
                is_sure &= add(path, *stamp);
            }
            // What could not be read may be readable now.
            is_sure &= folder.unreadable.is_empty();
        }
        for (path, why) in &self.skipped {
            hash.add(path, format!("{why:?}").as_bytes());
        }
        hash.add("compiler", FINGERPRINT.as_bytes());
        is_sure.then(|| hash.finish())
    }

    /// Reads what is listed. What has not changed since `before` is taken from there; a folder in which nothing
    /// changed is the same [`Arc`].
    ///
    /// # Errors
    ///
    /// When `programme.toml` cannot be read.
    pub(crate) fn read(&self, root: &Root, before: Option<&Loaded>) -> Result<Tree, Error> {
        let programme = match self.programme {
            Some(_) => {
                let path = root.path(PROGRAMME);
                let bytes = fs::read(&path).map_err(|source| Error::unreadable(&path, source))?;
                Some(bytes.into())
            }
            None => None,
        };
        let folders = self
            .folders
            .par_iter()
            .map(|(name, listed)| {
                let before = before.and_then(|loaded| {
                    let listed = loaded.listing.folders.get(name)?;
                    let folder = loaded.tree.folders.get(name)?;
                    Some((&loaded.listing, listed, folder))
                });
                let folder = read_folder(&root.path(name), listed, before);
                (name.clone(), folder)
            })
            .collect();
        Ok(Tree {
            programme,
            folders,
            skipped: self.skipped.clone(),
        })
    }
}

/// Reads the files of a folder, or takes them from the folder as it was `before`.
fn read_folder(
    dir: &Path,
    listed: &ListedFolder,
    before: Option<(&Listing, &ListedFolder, &Arc<Folder>)>,
) -> Arc<Folder> {
    let mut folder = Folder {
        files: BTreeMap::new(),
        unreadable: listed.unreadable.clone(),
    };
    for (path, stamp) in &listed.files {
        let known = before.and_then(|(listing, listed, folder)| {
            let same = listed.files.get(path) == Some(stamp) && !listing.is_fresh(*stamp);
            Some((same, folder.files.get(path)?))
        });
        if let Some((true, bytes)) = known {
            folder.files.insert(path.clone(), Arc::clone(bytes));
            continue;
        }
        match fs::read(dir.join(path)) {
            Ok(bytes) => {
                let bytes = match known {
                    Some((_, known)) if **known == *bytes => Arc::clone(known),
                    _ => bytes.into(),
                };
                folder.files.insert(path.clone(), bytes);
            }
            Err(error) => {
                folder.unreadable.insert(path.clone(), error.to_string());
            }
        }
    }
    folder.leave_notes();
    match before {
        Some((_, _, before)) if before.is_same(&folder) => Arc::clone(before),
        _ => Arc::new(folder),
    }
}

impl Folder {
    /// Leaves out notes among the lessons of a language.
    fn leave_notes(&mut self) {
        self.files
            .retain(|path, bytes| !skipped::is_note_among_lessons(path, bytes));
    }

    /// Whether all files are the very same bytes in memory.
    fn is_same(&self, other: &Self) -> bool {
        self.unreadable == other.unreadable
            && self.files.len() == other.files.len()
            && self
                .files
                .iter()
                .zip(&other.files)
                .all(|(a, b)| a.0 == b.0 && Arc::ptr_eq(a.1, b.1))
    }
}

impl Stamp {
    const NONE: Self = Self {
        size_bytes: 0,
        modified_ns: 0,
        identity: [0; 3],
    };

    fn of(metadata: &fs::Metadata) -> Self {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt as _;
            [
                metadata.ino().into(),
                metadata.ctime().into(),
                metadata.ctime_nsec().into(),
            ]
        };
        #[cfg(not(unix))]
        let identity = [0; 3];
        Self {
            size_bytes: metadata.len(),
            // Without a time, the file counts as fresh.
            modified_ns: metadata.modified().map_or(u128::MAX, since_1970),
            identity,
        }
    }

    fn to_bytes(self) -> Vec<u8> {
        let mut bytes = self.size_bytes.to_le_bytes().to_vec();
        bytes.extend(self.modified_ns.to_le_bytes());
        bytes.extend(self.identity.iter().flat_map(|part| part.to_le_bytes()));
        bytes
    }
}

fn since_1970(time: SystemTime) -> u128 {
    time.duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos())
}

fn list_folder(dir: &Path, prefix: &str, depth: usize, folder: &mut ListedFolder) {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            folder
                .unreadable
                .insert(prefix.to_owned(), error.to_string());
            return;
        }
    };
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let prefix = prefix.to_owned();
                folder.unreadable.insert(prefix, error.to_string());
                continue;
            }
        };
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
                    list_folder(
                        &entry.path(),
                        &format!("{path}/"),
                        depth.saturating_add(1),
                        folder,
                    );
                    continue;
                }
                "folders lie too deep".to_owned()
            }
            Ok(kind) if kind.is_file() => match list_file(&entry) {
                Ok(stamp) => {
                    folder.files.insert(path, stamp);
                    continue;
                }
                Err(reason) => reason,
            },
            Ok(kind) if kind.is_symlink() => NO_LINKS.to_owned(),
            Ok(_) => "it is not a file".to_owned(),
            Err(error) => error.to_string(),
        };
        folder.unreadable.insert(path, problem);
    }
}

fn list_file(entry: &fs::DirEntry) -> Result<Stamp, String> {
    let is_text = entry
        .path()
        .extension()
        .is_some_and(|extension| extension == "md" || extension == "toml" || extension == "lock");
    let limit = if is_text {
        LARGEST_TEXT_BYTES
    } else {
        LARGEST_ASSET_BYTES
    };
    let stamp = Stamp::of(&entry.metadata().map_err(|error| error.to_string())?);
    if stamp.size_bytes > limit {
        return Err(format!("it is larger than {} MiB", limit / 1024 / 1024));
    }
    Ok(stamp)
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
        let hash = |files: &[(&str, &str)]| {
            let tree = Tree::from_texts(files.iter().copied());
            tree.hash(&FolderHashes::default()).0
        };
        assert_eq!(hash(&[("a/x", "1")]), hash(&[("a/x", "1")]));
        assert_ne!(hash(&[("a/x", "1")]), hash(&[("a/x", "2")]));
        assert_ne!(hash(&[("a/xy", "")]), hash(&[("a/x", "y")]));
    }
}
