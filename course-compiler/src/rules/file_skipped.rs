//! `file-skipped`: a file or folder that looks like a part of a course and is not read.
//!
//! The names are recognised by `load::skipped`.

use crate::diagnostic::{Diagnostic, Location, Related, Rule, Severity};
use crate::load::Skipped;
use crate::rules::file_unreadable;

pub(crate) const RULE: Rule = Rule {
    code: "file-skipped",
    severity: Severity::Warning,
    page: include_str!("file_skipped.md"),
};

/// Reports why something is not read. `path` is relative to the folder of courses.
pub(crate) fn report(path: String, why: &Skipped) -> Diagnostic {
    let (what, help) = match why {
        Skipped::Unreadable(reason) => return file_unreadable::not_read(path, reason),
        Skipped::Meant(name) => {
            let mut diagnostic = RULE
                .in_place(
                    Location::file(path),
                    format!("this is not read: it would have to be named `{name}`"),
                )
                .help(format!("rename it to `{name}`"));
            // With such a name it was certainly meant to be read.
            diagnostic.severity = Severity::Error;
            return diagnostic;
        }
        Skipped::Copy(name) => {
            return RULE
                .in_place(
                    Location::file(path),
                    format!("this is not read: only `{name}` is"),
                )
                .help(format!(
                    "remove it; if it is the right one, rename it to `{name}`"
                ));
        }
        Skipped::NotInCourse(name) => {
            return RULE
                .in_place(
                    Location::file(path),
                    "this is not read: it lies beside the courses and not in one",
                )
                .help(format!(
                    "move it to the folder of its course, as `{name}`, or remove it"
                ));
        }
        Skipped::Lesson => (
            "this is not read: lessons lie in a folder named after their language",
            "move it to the folder `lv` or `en` of its course; a note is not mentioned if its name is in capitals, such as `README.md`",
        ),
        Skipped::Media => (
            "this is not read: pictures, recordings and downloads lie in `assets`",
            "move it to the folder `assets` of the course",
        ),
        Skipped::NoLesson => (
            "this is not read: a lesson is a file that ends in `.md`",
            "write it as Markdown, or move it out of the folder of lessons",
        ),
        Skipped::Inner => (
            "nothing in this folder is read: lessons lie in the folder of their language itself",
            "move the lessons one folder up; the numbers that their names begin with put them in order",
        ),
        Skipped::OtherLanguage => (
            "nothing in this folder is read: there are the languages `lv` and `en`",
            "move it out of the course, or begin its name with a dot",
        ),
        Skipped::OtherFolder => (
            "nothing in this folder is read: lessons lie in `lv` and `en`, all else in `assets`",
            "move what belongs to the course there; to keep other files here, begin the folder's name with a dot",
        ),
        Skipped::CourseWithin => (
            "this course is not read: it lies within another folder",
            "move it beside the other courses, or begin the folder's name with a dot",
        ),
        Skipped::NoCourse => (
            "nothing in this folder is read: it has no `course.toml`, and neither `lv` nor `en`",
            "if it is to be a course, add the file and move the lessons to `lv` or `en`; else begin its name with a dot",
        ),
        Skipped::NoGlossary => (
            "this is not read: the terms of a language stand in one file, `lv.md` or `en.md`",
            "move its terms there",
        ),
        Skipped::NoSnippet => (
            "this is not read: the name of a snippet has its language before its ending",
            "name it like `contacts.lv.md`, in small letters without diacritics, in the folder itself",
        ),
    };
    RULE.in_place(Location::file(path), what).help(help)
}

/// Two files whose names are the same letters, composed in one and decomposed in the other.
pub(crate) fn looks_the_same(path: String, other: String) -> Diagnostic {
    let mut diagnostic = RULE
        .in_place(
            Location::file(path),
            "this is not read: another file has the same name, in other characters that look the same",
        )
        .help("remove one of the two, or give it another name")
        ;
    diagnostic.severity = Severity::Error;
    diagnostic.related.push(Related {
        location: Location::file(other),
        message: "the other".to_owned(),
    });
    diagnostic
}
