//! Formats the files of courses without changing their meaning: [`tidy`] removes trailing white space,
//! [`assign_ids`] adds missing ids.
//!
//! Both work in memory: they take what [`crate::load`] read and return the new content of the changed files,
//! for [`crate::edit::write`].
//!
//! ```
//! use course_compiler::format::assign_ids;
//! use course_compiler::load::Tree;
//!
//! # const COURSE: &str = "id = \"pamati\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\ntitle = { lv = \"Pamati\" }\nsummary = { lv = \"Īsi.\" }\n";
//! # const HEAD: &str = "+++\nid = \"l-ievads\"\ntitle = \"Ievads\"\nminutes = 5\n+++\n\n";
//! let lesson = format!("{HEAD}## Kurš īsteno pielāgojumu? {{.truefalse}}\n\n- [x] Jā\n- [ ] Nē\n");
//! let tree = Tree::from_texts([("pamati/course.toml", COURSE), ("pamati/lv/01-ievads.md", &lesson)]);
//! let assigned = assign_ids(&tree);
//! assert_eq!(assigned.changes[0].ids, ["q-kurs-isteno-pielagojumu"]);
//! ```

mod ids;
mod tidy;

use std::sync::Arc;

use crate::diagnostic::Report;
use crate::draft::{self, DraftFile};
use crate::draft_course::DraftCourse;
use crate::lint;
use crate::load::{FileKind, SNIPPETS, snippet_of};
use crate::load::{Folder, Tree};
use crate::lock::Lock;
use crate::parse::conflicts;
use crate::source::Source;

/// A changed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path from the folder of courses, with `/`.
    pub file: String,
    /// All its bytes after the change.
    pub bytes: Vec<u8>,
    /// The ids added to it, in order.
    pub ids: Vec<String>,
}

/// The result of adding ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assigned {
    /// The files to which ids are added.
    pub changes: Vec<Change>,
    /// Translations whose questions cannot be matched by their order, because their number or types differ
    /// from the source language.
    pub unmatched: Vec<String>,
}

/// Files with unresolved merge conflicts, by their path from the folder of courses. [`tidy`] skips these
/// files, [`assign_ids`] skips their courses.
#[must_use]
pub fn in_conflict(tree: &Tree) -> Vec<String> {
    let folders = tree.folders.iter();
    folders
        .flat_map(|(name, folder)| {
            conflicts::files_of(folder).map(move |file| format!("{name}/{file}"))
        })
        .collect()
}

/// Files whose line ends, byte order mark, trailing spaces or final line end need to be corrected. Compiling
/// the changed files gives the same courses.
#[must_use]
pub fn tidy(tree: &Tree) -> Vec<Change> {
    let mut changes = Vec::new();
    for (name, folder) in &tree.folders {
        let in_conflict: Vec<&str> = conflicts::files_of(folder).collect();
        for (path, bytes) in &folder.files {
            let kind = match snippet_of(path) {
                Some((_, language)) if name == SNIPPETS => FileKind::Transcript(language),
                _ => FileKind::of(path),
            };
            if !matches!(
                kind,
                FileKind::Lesson(_) | FileKind::Transcript(_) | FileKind::Course
            ) || in_conflict.contains(&path.as_str())
            {
                continue;
            }
            let source = Source::new(format!("{name}/{path}"), bytes);
            let tidied = tidy::text(source.text(), kind).into_bytes();
            if source.is_valid_utf8() && tidied != **bytes {
                changes.push(Change {
                    file: source.path().to_owned(),
                    bytes: tidied,
                    ids: Vec::new(),
                });
            }
        }
    }
    changes
}

/// Adds an id to every lesson, test, question and outcome without one: the one recorded in the lock, or the
/// one of another language at the same position, or a new one made from the title, which was never used in
/// the course. All other bytes of the files stay unchanged.
#[must_use]
pub fn assign_ids(tree: &Tree) -> Assigned {
    let mut assigned = Assigned::default();
    for (name, folder) in &tree.folders {
        if conflicts::files_of(folder).next().is_some() {
            continue;
        }
        let course = draft_course(name, folder);
        let (edits, unmatched) = ids::missing(&course);
        for (file, edits) in edits {
            let Some((source, bytes)) = file_of(&course, folder, &file) else {
                continue;
            };
            assigned.changes.push(Change {
                file: source.path().to_owned(),
                bytes: crate::edit::apply(source, bytes, &edits.edits),
                ids: edits.ids,
            });
        }
        assigned
            .unmatched
            .extend(unmatched.iter().map(|path| format!("{name}/{path}")));
    }
    assigned
}

/// The parsed source of a course, whatever errors it has.
fn draft_course(name: &str, folder: &Folder) -> DraftCourse {
    let source_of = |path: &str| {
        let bytes = folder.files.get(path).map_or(&[][..], |bytes| bytes);
        Arc::new(Source::new(format!("{name}/{path}"), bytes))
    };
    let lessons = folder
        .files
        .keys()
        .filter_map(|path| match FileKind::of(path) {
            FileKind::Lesson(language) | FileKind::Transcript(language) => {
                Some(Arc::new(DraftFile::read(source_of(path), path, language).0))
            }
            _ => None,
        })
        .collect();
    let meta_source = source_of("course.toml");
    let meta = draft::meta(lint::RULES, &mut Report::new(&meta_source));
    let lock = Lock::parse(source_of("course.lock").text()).ok();
    let glossary = Arc::default();
    DraftCourse::new(name, meta, meta_source, lessons, folder, lock, glossary).0
}

/// A file of a course by its path in the course, with its bytes.
fn file_of<'a>(
    course: &'a DraftCourse,
    folder: &'a Folder,
    path: &str,
) -> Option<(&'a Source, &'a [u8])> {
    let source = if path == "course.toml" {
        &course.meta_source
    } else {
        &course.file(path)?.source
    };
    Some((source, folder.files.get(path)?))
}
