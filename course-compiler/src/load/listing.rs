//! Lists the files of a folder of courses, then reads those that changed.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

use super::beside::Beside;
use super::layout::{GLOSSARY, PATHS, PROGRAMME, SNIPPETS};
use super::root::{Error, Root};
use super::skipped::{NO_LINKS, Skipped};
use super::stamp::{Stamp, since_1970};
use super::tree::{FINGERPRINT, Folder, Tree, is_course};
use crate::hash::Hasher;

/// The largest text that is compiled, in bytes.
const LARGEST_TEXT_BYTES: u64 = 16 * 1024 * 1024;

/// The largest asset, in bytes.
const LARGEST_ASSET_BYTES: u64 = 256 * 1024 * 1024;

/// The lowest resolution of file times in common file systems, in nanoseconds.
const COARSEST_TIME_NS: u128 = 2_000_000_000;

/// The greatest depth of folders in a course.
const DEEPEST_FOLDER: usize = 8;

/// Reads all courses in a folder, or the one course that it is.
///
/// # Errors
///
/// When the folder cannot be read or has no course. A file that cannot be read is recorded with its course.
pub fn read(courses: &Path) -> Result<Tree, Error> {
    let root = Root::find(courses)?;
    list(&root)?.read(&root, None)
}

impl Root {
    /// Reads the courses; also succeeds if there are none.
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

/// Reads a file again, by its path from the folder of courses, to show a place in it.
pub(crate) fn read_again(root: &Root, path: &str) -> Option<Arc<[u8]>> {
    fs::read(root.path(path)).ok().map(Into::into)
}

/// The files of a folder of courses, not yet read.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    programme: Option<Stamp>,
    paths: Option<Stamp>,
    folders: BTreeMap<String, ListedFolder>,
    skipped: BTreeMap<String, Skipped>,
    /// When listing started, in nanoseconds since 1970.
    begun_ns: u128,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct ListedFolder {
    files: BTreeMap<String, Stamp>,
    unreadable: BTreeMap<String, String>,
}

/// The files of a folder of courses as they were last read.
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
    let is_shared = |name: &str| [GLOSSARY, SNIPPETS].contains(&name);
    if listing.folders.keys().any(|name| !is_shared(name)) {
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
            [GLOSSARY, SNIPPETS].contains(&name.as_str())
                || is_course(folder.files.keys().chain(folder.unreadable.keys()))
        })
        .collect();
    Ok(Listing {
        programme: beside.programme,
        paths: beside.paths,
        folders,
        skipped: beside.skipped,
        begun_ns,
    })
}

impl Listing {
    /// Whether a file was modified so shortly before the listing that a further change may not be visible in
    /// its times, which file systems store with a resolution of up to two seconds.
    fn is_fresh(&self, stamp: Stamp) -> bool {
        stamp.modified_ns.saturating_add(COARSEST_TIME_NS) >= self.begun_ns
    }

    /// A hash of all stamps and of this compiler. Equal hashes mean equal files. `None` if a file was
    /// modified too recently.
    pub(crate) fn hash(&self) -> Option<String> {
        let mut hash = Hasher::new();
        let mut add = |path: &str, stamp: Stamp| {
            hash.add(path, &stamp.to_bytes());
            !self.is_fresh(stamp)
        };
        let mut is_sure = add("compiler", Stamp::NONE)
            && self.programme.is_none_or(|stamp| add(PROGRAMME, stamp))
            && self.paths.is_none_or(|stamp| add(PATHS, stamp));
        for (name, folder) in &self.folders {
            is_sure &= add(name, Stamp::NONE);
            for (path, stamp) in &folder.files {
                is_sure &= add(path, *stamp);
            }
            // A file that could not be read may be readable now.
            is_sure &= folder.unreadable.is_empty();
        }
        for (path, why) in &self.skipped {
            hash.add(path, format!("{why:?}").as_bytes());
        }
        hash.add("compiler", FINGERPRINT.as_bytes());
        is_sure.then(|| hash.finish())
    }

    /// Reads the listed files. Files unchanged since `before` are taken from there; an unchanged folder is
    /// the same [`Arc`].
    ///
    /// # Errors
    ///
    /// When `programme.toml` or `paths.toml` cannot be read.
    pub(crate) fn read(&self, root: &Root, before: Option<&Loaded>) -> Result<Tree, Error> {
        let read = |stamp: Option<Stamp>, name: &str| match stamp {
            Some(_) => {
                let path = root.path(name);
                let bytes = fs::read(&path).map_err(|source| Error::unreadable(&path, source))?;
                Ok(Some(bytes.into()))
            }
            None => Ok::<_, Error>(None),
        };
        let programme = read(self.programme, PROGRAMME)?;
        let paths = read(self.paths, PATHS)?;
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
            paths,
            folders,
            skipped: self.skipped.clone(),
            is_one_course: root.course().is_some(),
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
    // Reading waits for the disk, also within one large course.
    let files: Vec<(&String, &Stamp)> = listed.files.iter().collect();
    let read: Vec<(&String, io::Result<Arc<[u8]>>)> = files
        .into_par_iter()
        .map(|(path, stamp)| {
            let known = before.and_then(|(listing, listed, folder)| {
                let same = listed.files.get(path) == Some(stamp) && !listing.is_fresh(*stamp);
                Some((same, folder.files.get(path)?))
            });
            let bytes = match known {
                Some((true, bytes)) => Ok(Arc::clone(bytes)),
                _ => fs::read(dir.join(path)).map(|bytes| match known {
                    Some((_, known)) if **known == *bytes => Arc::clone(known),
                    _ => bytes.into(),
                }),
            };
            (path, bytes)
        })
        .collect();
    for (path, bytes) in read {
        match bytes {
            Ok(bytes) => {
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
}
