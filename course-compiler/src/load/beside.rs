//! The entries of the folder of courses: courses, and what looks like a part of one.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::layout::{GLOSSARY, PATHS, PROGRAMME, SNIPPETS};
use super::root::{self, Root};
use super::skipped::{self, NO_LINKS, Skipped};
use super::stamp::Stamp;

/// The most names that are read in a folder that is not a course.
const MOST_LOOKED_AT: usize = 1000;

/// The entries of the folder of courses.
#[derive(Default)]
pub(super) struct Beside {
    pub(super) programme: Option<Stamp>,
    pub(super) paths: Option<Stamp>,
    /// The names of the folders of courses and of the glossary.
    pub(super) folders: Vec<String>,
    pub(super) skipped: BTreeMap<String, Skipped>,
}

impl Beside {
    /// One course, with the files that all courses share.
    pub(super) fn of_one(root: &Root, course: &str) -> io::Result<Self> {
        let mut beside = Self {
            folders: vec![course.to_owned()],
            ..Self::default()
        };
        let there = |name| match fs::symlink_metadata(root.path(name)) {
            Ok(there) => Ok(Some(there)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        };
        for shared in [GLOSSARY, SNIPPETS] {
            if course != shared && there(shared)?.is_some_and(|there| there.is_dir()) {
                beside.folders.push(shared.to_owned());
            }
        }
        beside.programme = there(PROGRAMME)?
            .filter(fs::Metadata::is_file)
            .map(|there| Stamp::of(&there));
        Ok(beside)
    }

    /// All courses, and what looks like a part of them.
    pub(super) fn of_all(root: &Root) -> io::Result<Self> {
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
                if [GLOSSARY, SNIPPETS].contains(&name.as_str()) || root::is_course(&entry.path()) {
                    beside.folders.push(name);
                } else if let Some(why) = skipped::folder_beside(&name) {
                    beside.skipped.insert(name, why);
                } else {
                    beside.look(&entry.path(), name);
                }
            } else if kind.is_symlink() {
                // Only checks whether the target is a folder; its content is not read.
                let is_file = fs::metadata(entry.path()).is_ok_and(|there| there.is_file());
                if !is_file || [PROGRAMME, PATHS].contains(&name.as_str()) {
                    beside.cannot(name, NO_LINKS);
                }
            } else if name == PROGRAMME && kind.is_file() {
                beside.programme = Some(Stamp::of(&entry.metadata()?));
            } else if name == PATHS && kind.is_file() {
                beside.paths = Some(Stamp::of(&entry.metadata()?));
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

    /// Looks for a course's files in a folder that is not a course, at most two folders deep.
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

/// Whether a folder that may contain lessons has Markdown files; numbered ones, if its name is unspecific.
fn has_lessons(dir: &Path, why: &Skipped) -> bool {
    let is_sure = matches!(why, Skipped::Meant(_));
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries.take(MOST_LOOKED_AT).any(|entry| {
        let name = entry.file_name();
        let front = begins_as_lesson(&entry.path());
        skipped::is_lesson_like(&name.to_string_lossy(), front, !is_sure)
    })
}

/// Whether a file starts with front matter; `false` if it cannot be read.
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
