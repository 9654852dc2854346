//! The folder of a bundle: where it may be, and which of the files in it belong to the bundle.
//!
//! The folder may contain other files. A file is removed only if a manifest, or the list of an interrupted
//! write, names it, and if its name is one that a bundle uses.

#![expect(
    clippy::disallowed_methods,
    reason = "looks where bundles are kept on the disk, and tidies up there"
)]

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Read as _, Seek as _, Write as _};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::layout::{DIGEST_DIGITS, MANIFEST, aside, course_paths};
use crate::load::{COURSE, GLOSSARY, PROGRAMME, Root, SNIPPETS};

/// The folders in the folder of a bundle.
pub(super) const PARTS: [&str; 3] = ["courses", "revisions", "assets"];

/// Lists the files that a write is about to create. Empty when no write is in progress.
const WRITING: &str = ".writing";

/// How many digits of its hash the name of an asset begins with.
const ASSET_DIGITS: usize = 16;

/// Names of a bundle's files that are removed when it does not need them any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Names {
    /// The names of courses, without their extensions.
    pub(super) courses: BTreeSet<String>,
    pub(super) assets: BTreeSet<String>,
}

impl Names {
    /// Keeps only names that a bundle uses, because a manifest could also name files of other people.
    fn own(mut self) -> Self {
        self.courses.retain(|name| is_course_file(name));
        self.assets.retain(|name| is_asset(name));
        self
    }

    fn is_empty(&self) -> bool {
        self.courses.is_empty() && self.assets.is_empty()
    }

    fn add(&mut self, other: &Self) {
        self.courses.extend(other.courses.iter().cloned());
        self.assets.extend(other.assets.iter().cloned());
    }
}

/// Whether a bundle uses this name for the files of a course.
pub(super) fn is_course_file(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(slug, digits)| {
        !slug.is_empty() && is_plain(name) && is_hash(digits, DIGEST_DIGITS)
    })
}

/// Whether a bundle uses this name for an asset.
pub(super) fn is_asset(name: &str) -> bool {
    name.split_once('-')
        .is_some_and(|(digits, _)| is_plain(name) && is_hash(digits, ASSET_DIGITS))
}

fn is_hash(digits: &str, length: usize) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    digits.len() == length && digits.bytes().all(is_digit)
}

/// Whether the name is a plain file name, without a path.
fn is_plain(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let is_one = matches!(parts.next(), Some(Component::Normal(_))) && parts.next().is_none();
    is_one && !name.contains(['/', '\\', '\0'])
}

fn refused(reason: String) -> io::Error {
    io::Error::new(
        ErrorKind::InvalidInput,
        format!("{reason}; name a folder of its own, such as `target/bundle`"),
    )
}

/// Refuses a folder that is, contains or is inside a source of the courses, even if it is reached by another
/// path.
pub(crate) fn keep_apart(root: &Root, dir: &Path) -> io::Result<()> {
    let folder = root.folder().canonicalize()?;
    let sources = match root.course() {
        None => vec![folder.clone()],
        Some(course) => [course, GLOSSARY, SNIPPETS, PROGRAMME]
            .iter()
            .map(|name| folder.join(name))
            .collect(),
    };
    // A folder that contains a single course and nothing shared by courses may be any folder.
    let is_other = |name: &std::ffi::OsStr| {
        root.course().is_none_or(|course| name != course)
            && crate::load::is_course_folder(&folder.join(name))
    };
    let mut entries = fs::read_dir(&folder).into_iter().flatten().flatten();
    let is_of_courses = is_there(&folder.join(PROGRAMME))
        || is_there(&folder.join(GLOSSARY))
        || is_there(&folder.join(SNIPPETS))
        || entries.any(|entry| is_other(&entry.file_name()));
    keep_others(root, dir)?;
    for place in places(dir)? {
        if let Some(source) = sources.iter().find(|source| source.starts_with(&place)) {
            return Err(refused(if *source == place {
                "the courses lie in this folder".to_owned()
            } else {
                format!("the folder holds the courses in {}", source.display())
            }));
        }
        let first = place
            .strip_prefix(&folder)
            .ok()
            .and_then(|rest| rest.iter().next());
        let source = first.map(|name| folder.join(name)).filter(|source| {
            sources.contains(source)
                || crate::load::is_course_folder(source)
                || [GLOSSARY, SNIPPETS, PROGRAMME]
                    .iter()
                    .any(|name| source.ends_with(name))
        });
        if let Some(source) = source {
            return Err(refused(format!(
                "the folder lies in {}, which is read as a part of the courses",
                source.display()
            )));
        }
        if first.is_some() && is_of_courses {
            return Err(refused(format!(
                "the folder lies in {}, where the courses lie",
                folder.display()
            )));
        }
    }
    Ok(())
}

/// Refuses to build a single course into the folder of a bundle with other courses, which would be removed.
fn keep_others(root: &Root, dir: &Path) -> io::Result<()> {
    let Some(course) = root.course() else {
        return Ok(());
    };
    let names = before(&resolve(dir)?)?;
    let slugs = names
        .courses
        .iter()
        .filter_map(|name| name.rsplit_once('-'));
    let others: Vec<String> = slugs
        .filter(|(slug, _)| *slug != course)
        .map(|(slug, _)| format!("`{slug}`"))
        .collect();
    if others.is_empty() {
        return Ok(());
    }
    Err(refused(format!(
        "the bundle in this folder also has {}, and would have `{course}` alone afterwards: build the folder of \
         courses to renew all of it",
        others.join(", ")
    )))
}

/// Refuses a folder that a bundle would damage: one that contains courses or is inside one, and one with a
/// `manifest.json` that does not belong to a bundle.
fn check(dir: &Path) -> io::Result<()> {
    let place = resolve(dir)?;
    if let Some(course) = place
        .ancestors()
        .find(|folder| is_there(&folder.join(COURSE)))
    {
        return Err(refused(format!(
            "the folder lies in the course {}",
            course.display()
        )));
    }
    // If a bundle was written to this folder before, the folder was checked then.
    if is_there(&place.join(WRITING)) {
        return Ok(());
    }
    before(&place)?;
    if is_there(&place.join(MANIFEST)) {
        return Ok(());
    }
    for folder in [place.clone(), place.join("courses")] {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
        let held = entries
            .map(|entry| entry.path())
            .find(|path| path.ends_with(PROGRAMME) || is_there(&path.join(COURSE)));
        if let Some(held) = held {
            return Err(refused(format!("the folder holds {}", held.display())));
        }
    }
    Ok(())
}

/// Whether an entry with this name exists, including a dangling symbolic link.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The real paths of the folders of a bundle.
fn places(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let place = resolve(dir)?;
    let parts = PARTS.iter().map(|part| resolve(&place.join(part)));
    let mut places = parts.collect::<io::Result<Vec<_>>>()?;
    places.insert(0, place);
    Ok(places)
}

/// The real path of a folder, which need not exist.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir => real.push(part),
            Component::Normal(name) => {
                real.push(name);
                if is_there(&real) {
                    real = real.canonicalize()?;
                }
            }
        }
    }
    Ok(real)
}

/// The files in a folder to which no bundle was written yet; they will stay beside the bundle.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn other_files(dir: &Path) -> io::Result<Vec<String>> {
    if is_there(&dir.join(MANIFEST)) || is_there(&dir.join(WRITING)) {
        return Ok(Vec::new());
    }
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = entries
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<Vec<_>>>()?;
    names.sort();
    Ok(names)
}

/// The names in the manifest of a folder: none if there is no manifest or it is damaged.
///
/// # Errors
///
/// When it cannot be read, and when it does not belong to a bundle.
pub(super) fn before(dir: &Path) -> io::Result<Names> {
    #[derive(Deserialize)]
    struct Any {
        #[serde(rename = "format")]
        _format: u32,
        #[serde(rename = "source_hash")]
        _source_hash: String,
        #[serde(rename = "content_hash")]
        _content_hash: String,
    }
    #[derive(Default, Deserialize)]
    struct Listed {
        courses: Vec<ListedCourse>,
        #[serde(default)]
        published: Vec<ListedCourse>,
        assets: BTreeSet<String>,
    }
    #[derive(Deserialize)]
    struct ListedCourse {
        file: String,
        #[serde(default)]
        assets: BTreeSet<String>,
    }
    let bytes = match fs::read(dir.join(MANIFEST)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Names::default()),
        bytes => bytes?,
    };
    if serde_json::from_slice::<Any>(&bytes).is_err() {
        let is_blank = bytes
            .iter()
            .all(|byte| byte.is_ascii_whitespace() || *byte == 0);
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).is_ok();
        if is_blank || !is_json && (is_there(&dir.join(WRITING)) || has_course_files(dir)) {
            return Ok(Names::default());
        }
        return Err(refused(format!(
            "the {MANIFEST} in it was not written with a bundle"
        )));
    }
    // Another version may list other names; those files stay.
    let listed: Listed = serde_json::from_slice(&bytes).unwrap_or_default();
    let mut names = Names {
        courses: BTreeSet::new(),
        assets: listed.assets,
    };
    for course in listed.courses.into_iter().chain(listed.published) {
        names.courses.insert(course.file);
        names.assets.extend(course.assets);
    }
    Ok(names.own())
}

/// Whether a folder contains files whose names are those of course files in a bundle.
fn has_course_files(dir: &Path) -> bool {
    let entries = fs::read_dir(dir.join("courses"))
        .into_iter()
        .flatten()
        .flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .any(|name| name.strip_suffix(".json").is_some_and(is_course_file))
}

/// A folder of a bundle that no other program writes to or reads meanwhile.
pub(crate) struct Hold(File);

impl Hold {
    /// Waits until no other program holds the folder, and holds it. It is checked and created. `waiting` is called
    /// when it has to wait.
    pub(crate) fn of(dir: &Path, waiting: &dyn Fn()) -> io::Result<Self> {
        check(dir)?;
        fs::create_dir_all(dir)?;
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(dir.join(WRITING))?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            waiting();
            // Where files cannot be locked, writes at the same time are not kept apart.
            let _ = file.lock();
        }
        Ok(Self(file))
    }

    /// Waits until no other program writes to the folder. `None` where there is nothing to wait for.
    pub(crate) fn to_read(dir: &Path) -> Option<Self> {
        let file = File::open(dir.join(WRITING)).ok()?;
        file.lock_shared().ok()?;
        Some(Self(file))
    }
}

/// A write in progress.
pub(super) struct Writing {
    dir: PathBuf,
    hold: Hold,
    /// The names in the previous manifest.
    pub(super) before: Names,
    /// The names listed by an interrupted write.
    left: Names,
    /// The names that this write creates.
    fresh: Names,
}

impl Writing {
    /// Starts.
    pub(super) fn begin(dir: &Path, mut hold: Hold) -> io::Result<Self> {
        let mut bytes = Vec::new();
        hold.0.rewind()?;
        hold.0.read_to_end(&mut bytes)?;
        let left: Names = serde_json::from_slice(&bytes).unwrap_or_default();
        Ok(Self {
            before: before(dir)?,
            left: left.own(),
            fresh: Names::default(),
            dir: dir.to_owned(),
            hold,
        })
    }

    /// Lists the files that are about to be created, so that they can be removed if this write is
    /// interrupted.
    pub(super) fn will_make(&mut self, fresh: Names) -> io::Result<()> {
        self.fresh = fresh;
        if self.fresh.is_empty() {
            return Ok(());
        }
        let mut all = self.left.clone();
        all.add(&self.fresh);
        let bytes = serde_json::to_vec(&all).unwrap_or_default();
        self.hold.0.rewind()?;
        self.hold.0.write_all(&bytes)?;
        self.hold
            .0
            .set_len(u64::try_from(bytes.len()).unwrap_or_default())
    }

    /// Ends a successful write: removes files that are no longer named.
    pub(super) fn finish(mut self, now: &Names) -> Hold {
        let mut old = std::mem::take(&mut self.before);
        old.add(&self.left);
        self.remove(&old, now);
        self.end();
        self.hold
    }

    /// Ends a failed write: removes the files that it created, so that the previous bundle is unchanged.
    pub(super) fn give_up(self) {
        let mut made = self.left.clone();
        made.add(&self.fresh);
        self.remove(&made, &self.before);
        self.end();
    }

    fn end(&self) {
        if !self.fresh.is_empty() || !self.left.is_empty() {
            let _ = self.hold.0.set_len(0);
        }
    }

    /// Removes files and their temporary versions. Files that cannot be removed stay.
    fn remove(&self, names: &Names, keep: &Names) {
        let assets = self.dir.join("assets");
        let courses = names
            .courses
            .difference(&keep.courses)
            .flat_map(|name| course_paths(&self.dir, name));
        let assets = names
            .assets
            .difference(&keep.assets)
            .map(|name| assets.join(name));
        for path in courses.chain(assets) {
            remove_file(&aside(&path));
            remove_file(&path);
        }
    }
}

/// Removes a file; anything else with this name, such as a folder, stays.
pub(super) fn remove_file(path: &Path) {
    if fs::symlink_metadata(path).is_ok_and(|there| there.is_file()) {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_files_are_never_own() {
        let hash = "0123456789abcdef0123456789abcdef";
        assert!(is_course_file(&format!("mans-kurss-{hash}")));
        for name in [
            hash.to_owned(),
            format!("../kurss-{hash}"),
            format!("/kurss-{hash}"),
            format!("a/b-{hash}"),
            format!("a\\b-{hash}"),
            format!("kurss-{}", hash.to_uppercase()),
            "package".to_owned(),
            String::new(),
            "..".to_owned(),
        ] {
            assert!(!is_course_file(&name), "{name}");
        }
        assert!(is_asset("0123456789abcdef-rampa.svg") && is_asset("0123456789abcdef-"));
        for name in [
            "rampa.svg",
            "../0123456789abcdef-rampa.svg",
            "0123456789abcdef-../../rampa.svg",
            "0123456789abcde-rampa.svg",
        ] {
            assert!(!is_asset(name), "{name}");
        }
    }

    #[test]
    fn a_path_is_resolved_as_far_as_it_is_there() {
        let dir = tempfile::tempdir().unwrap();
        let real = dir.path().canonicalize().unwrap();
        fs::create_dir(real.join("a")).unwrap();
        let at = |path: &str| resolve(&real.join(path)).unwrap();
        assert_eq!(at("a/../b/./c/"), real.join("b/c"));
        assert_eq!(at("b/../a"), real.join("a"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(real.join("a"), real.join("link")).unwrap();
            assert_eq!(at("link/c"), real.join("a/c"));
            assert_eq!(at("link/../c"), real.join("c"));
        }
    }
}
