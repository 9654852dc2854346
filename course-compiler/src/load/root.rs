//! Finds the folder of courses for a given path, which may be that folder or a single course in it.

#![expect(
    clippy::disallowed_methods,
    reason = "looks at the disk, as all of `load`"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::layout::COURSE;
use super::skipped::{self, Skipped};
use crate::model::Language;

/// The courses to read: a folder of courses, or one course in it, with the glossary and the programme beside
/// it.
#[derive(Clone, Debug)]
pub struct Root {
    given: PathBuf,
    folder: PathBuf,
    course: Option<String>,
}

/// Why there are no courses to read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder cannot be read.
    #[error("cannot read the courses in {path}")]
    Unreadable {
        /// The folder.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// There is no course there.
    #[error(
        "there is no course in {path}{hint}. A course is a folder with a file `course.toml`, and with its lessons in \
         a folder `lv` or `en`, such as `lv/01-ievads.md`; name such a folder, or the one in which they lie"
    )]
    NoCourse {
        /// The given path.
        path: String,
        /// What may have been meant; starts with a colon unless it is empty.
        hint: String,
    },
}

impl Error {
    pub(super) fn unreadable(path: &Path, source: io::Error) -> Self {
        Self::Unreadable {
            path: shown(path),
            source,
        }
    }

    fn no_course(path: &Path, hint: &str) -> Self {
        Self::NoCourse {
            path: shown(path),
            hint: if hint.is_empty() {
                String::new()
            } else {
                format!(": {hint}")
            },
        }
    }
}

impl Root {
    /// Examines a path. A folder with `course.toml` is a course; so is one with lessons and without courses
    /// in it.
    ///
    /// # Errors
    ///
    /// When nothing is there, or a file.
    pub fn find(path: &Path) -> Result<Self, Error> {
        // Without a trailing slash, which would hide that it is a symbolic link.
        let path: &Path = &path.components().collect::<PathBuf>();
        let metadata = fs::metadata(path).map_err(|source| Error::unreadable(path, source))?;
        if !metadata.is_dir() {
            let hint = within_course(path).unwrap_or_else(|| "it is a file".to_owned());
            return Err(Error::no_course(path, &hint));
        }
        let is_single = fs::symlink_metadata(path.join(COURSE)).is_ok()
            || is_course(path) && !subfolders(path).any(|folder| has_course_file(&folder));
        if !is_single {
            return Ok(Self {
                given: path.to_owned(),
                folder: path.to_owned(),
                course: None,
            });
        }
        let (folder, name) = parent(path).map_err(|source| Error::unreadable(path, source))?;
        Ok(Self {
            given: path.to_owned(),
            folder,
            course: Some(name),
        })
    }

    /// The folder of courses; the parent folder if a single course was named.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name of the folder, if a single course is read.
    #[must_use]
    pub fn course(&self) -> Option<&str> {
        self.course.as_deref()
    }

    /// The path of a file, given by its path from the folder of courses.
    #[must_use]
    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// The path of a file relative to where the folder was named, for messages; with `/`.
    #[must_use]
    pub fn shown(&self, file: &str) -> String {
        let Some(course) = &self.course else {
            return join(&self.given, file);
        };
        match file.strip_prefix(course.as_str()) {
            Some("") => join(&self.given, ""),
            Some(rest) if rest.starts_with('/') => join(&self.given, rest.trim_start_matches('/')),
            _ => join(&self.folder, file),
        }
    }

    /// The inverse of [`Root::shown`]: the path from the folder of courses. A path that is one already is
    /// returned unchanged.
    #[must_use]
    pub fn file(&self, shown: &str) -> String {
        let path = Path::new(shown);
        let given: PathBuf = if path.is_absolute() {
            std::path::absolute(&self.given).unwrap_or_default()
        } else {
            plain(&self.given).collect()
        };
        let rest = match path.strip_prefix(&given) {
            Ok(rest) => rest.to_string_lossy().into_owned(),
            Err(_) => return shown.to_owned(),
        };
        match &self.course {
            None => rest,
            Some(course) => {
                let is_whole = given.as_os_str().is_empty()
                    && (!rest.contains('/') || rest.starts_with(&format!("{course}/")));
                if is_whole {
                    rest
                } else {
                    format!("{course}/{rest}")
                }
            }
        }
    }

    /// The error that there is no course, with what may have been meant. `skipped` are entries that look like
    /// parts of courses.
    pub(super) fn no_course(&self, skipped: &BTreeMap<String, Skipped>) -> Error {
        Error::no_course(&self.given, &self.hint(skipped).unwrap_or_default())
    }

    fn hint(&self, skipped: &BTreeMap<String, Skipped>) -> Option<String> {
        let folder = skipped.iter().find_map(|(path, why)| {
            let (folder, _) = path.split_once('/')?;
            (*why == Skipped::CourseWithin).then_some(folder)
        });
        if let Some(folder) = folder {
            return Some(format!("there are courses in {}", self.shown(folder)));
        }
        let named = |path: &str, why: &Skipped| match why {
            Skipped::Meant(name) => Some(format!(
                "{} would have to be named `{name}`",
                self.shown(path)
            )),
            Skipped::Unreadable(reason) => Some(format!("{}: {reason}", self.shown(path))),
            Skipped::NoCourse => Some(format!(
                "{} has no `course.toml`, and neither `lv` nor `en`",
                self.shown(path)
            )),
            _ => None,
        };
        // Entries that would make this folder itself a course.
        let own = entries(&self.given).find_map(|(name, is_folder)| {
            let why = if is_folder {
                skipped::language_folder(&name).filter(|why| matches!(why, Skipped::Meant(_)))
            } else {
                skipped::file_in_no_course(&name, false)
            };
            named(&name, &why?)
        });
        own.or_else(|| skipped.iter().find_map(|(path, why)| named(path, why)))
            .or_else(|| within_course(&self.given))
            .or_else(|| {
                let is_glossary = self.given.join("lv.md").is_file();
                is_glossary.then(|| "it has the files of a glossary".to_owned())
            })
    }
}

/// Whether a folder is meant to be a course: it has a `course.toml` or a folder of a language.
pub(crate) fn is_course(folder: &Path) -> bool {
    has_course_file(folder)
        || Language::ALL.iter().any(|language| {
            fs::symlink_metadata(folder.join(language.as_str()))
                .is_ok_and(|there| there.is_dir() || there.is_symlink())
        })
}

fn has_course_file(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join(COURSE)).is_ok()
}

/// The names in a folder, and whether each is a folder. Empty if it cannot be read.
fn entries(folder: &Path) -> impl Iterator<Item = (String, bool)> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        Some((entry.file_name().into_string().ok()?, is_folder))
    })
}

fn subfolders(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let folder = folder.to_owned();
    entries(&folder)
        .filter(|(name, is_folder)| *is_folder && !skipped::is_leftover(name))
        .map(move |(name, _)| folder.join(name))
}

/// The parent folder of a course, and the name of the course's folder.
fn parent(course: &Path) -> io::Result<(PathBuf, String)> {
    let is_plain = matches!(course.components().next_back(), Some(Component::Normal(_)))
        && !fs::symlink_metadata(course)?.is_symlink();
    let course = if is_plain {
        course.to_owned()
    } else {
        course.canonicalize()?
    };
    let name = course.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "the folder of a course needs a name, in UTF-8",
        )
    })?;
    let folder = match course.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    Ok((folder, name.to_owned()))
}

/// The hint for a path inside a course.
fn within_course(path: &Path) -> Option<String> {
    let path = path.canonicalize().ok()?;
    let course = path
        .ancestors()
        .skip(1)
        .find(|folder| has_course_file(folder))?;
    Some(format!("it is a part of the course {}", course.display()))
}

/// The components of a path without `.`.
fn plain(path: &Path) -> impl Iterator<Item = Component<'_>> {
    path.components().filter(|part| *part != Component::CurDir)
}

fn shown(path: &Path) -> String {
    match join(path, "") {
        shown if shown.is_empty() => ".".to_owned(),
        shown => shown,
    }
}

fn join(path: &Path, file: &str) -> String {
    let parts: Vec<String> = plain(path)
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .chain((!file.is_empty()).then(|| file.to_owned()))
        .collect();
    parts.join("/").replace("//", "/")
}
