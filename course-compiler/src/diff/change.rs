//! How two bundles, courses, lessons and questions can differ.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::course::Course;
use crate::likeness;
use crate::model::{CourseId, Language, LessonId, PartId, QuestionId, RevisionHash};

/// How two bundles differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// How many questions there are of each effect.
    pub totals: BTreeMap<Effect, usize>,
    /// Whether an id changed although what it names did not, so that answers given would be lost; or stayed
    /// although what it names is another, so that they would count for something else.
    pub accidents: bool,
    /// The courses, those of the newer bundle first, each with what is different in it.
    pub courses: Vec<CourseDifference>,
}

/// What becomes of something, and of the answers given to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing changed.
    Kept,
    /// Words changed; answers stay valid.
    Reworded,
    /// What is right, or what it earns, changed. Earlier attempts keep showing and counting what was asked then.
    NewRevision,
    /// The same, and an author chose that earlier answers are counted anew.
    Rescored,
    /// It was not there before.
    Added,
    /// It is there no more. Earlier attempts keep it.
    Removed,
    /// It has another id, although it is the same: an accident.
    Renamed,
    /// It says something else under the same id, and no author found it to be the same: answers given would count
    /// for what was not asked.
    Replaced,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it is, in a word or two, such as `title` or `choice`.
    pub what: &'static str,
    /// The language in which it changed, if it is a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The choice, row or number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<PartId>,
    /// What it was, plain; absent when it was not there, and for long texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is, plain; absent when it is there no more, and for long texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// How a course differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CourseDifference {
    /// Its id, the newer one where it changed.
    pub course: CourseId,
    /// The name of its folder.
    pub slug: String,
    /// Its title in its source language.
    pub title: String,
    /// What became of it.
    pub effect: Effect,
    /// The id it had, if that changed.
    pub renamed_from: Option<CourseId>,
    /// What changed in the course as a whole.
    pub changes: Vec<Change>,
    /// The lessons that differ, or whose questions do.
    pub lessons: Vec<LessonDifference>,
    /// How many of its questions are as they were.
    pub kept_questions: usize,
}

/// How a lesson or test differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LessonDifference {
    /// Its id, the newer one where it changed.
    pub lesson: LessonId,
    /// Its title in the course's source language.
    pub title: String,
    /// What became of it.
    pub effect: Effect,
    /// The id it had, if that changed.
    pub renamed_from: Option<LessonId>,
    /// What changed in it beside its questions.
    pub changes: Vec<Change>,
    /// The questions that differ.
    pub questions: Vec<QuestionDifference>,
}

/// How a question differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionDifference {
    /// Its id, the newer one where it changed.
    pub question: QuestionId,
    /// The question itself, plain, in the course's source language.
    pub title: String,
    /// What becomes of the answers given to it.
    pub effect: Effect,
    /// The id it had, if that changed.
    pub renamed_from: Option<QuestionId>,
    /// The revision that earlier answers are of.
    pub revision_before: Option<RevisionHash>,
    /// The revision that is asked from now on.
    pub revision: Option<RevisionHash>,
    /// Why earlier answers are counted anew.
    pub reason: Option<String>,
    /// What changed in it.
    pub changes: Vec<Change>,
}

impl Change {
    /// Something that was one thing and is another.
    pub(super) fn of(what: &'static str, before: impl ToString, after: impl ToString) -> Self {
        Self {
            what,
            language: None,
            part: None,
            before: Some(before.to_string()),
            after: Some(after.to_string()),
        }
    }

    /// Something too long to be shown.
    pub(super) const fn in_text(what: &'static str, language: Language) -> Self {
        Self {
            what,
            language: Some(language),
            part: None,
            before: None,
            after: None,
        }
    }
}

/// Puts a change on the list if there is one.
pub(super) fn note<T: PartialEq + ToString>(
    changes: &mut Vec<Change>,
    what: &'static str,
    before: &T,
    after: &T,
) {
    if before != after {
        changes.push(Change::of(what, before.to_string(), after.to_string()));
    }
}

/// Whether what stands under an id (`q-a`, `q-a/c1`) means what it meant: by its words, or because its author
/// said so.
pub(super) fn says_the_same(course: &Course, id: &str, before: &str, after: &str) -> bool {
    let same = |a: &str, b: &str| likeness::says_the_same(a, b, course.source_language);
    let found = course.earlier_texts.get(id);
    (before.is_empty() && after.is_empty())
        || same(before, after)
        || found.is_some_and(|texts| texts.iter().any(|text| same(text, before)))
}
