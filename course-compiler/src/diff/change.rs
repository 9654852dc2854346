//! How two bundles, courses, lessons and questions can differ.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::course::Course;
use crate::likeness;
use crate::model::{CourseId, Language, LessonId, PartId, QuestionId, RevisionHash};

/// How two bundles differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The number of questions by effect.
    pub totals: BTreeMap<Effect, usize>,
    /// Whether an id changed although the thing stayed the same, so that answers would be lost; or an id
    /// stayed although the thing is a different one, so that answers would count for something else.
    pub accidents: bool,
    /// The courses with differences, in the order of the newer bundle.
    pub courses: Vec<CourseDifference>,
}

/// The effect of an edit on something, and on the answers given to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing changed.
    Kept,
    /// Wording changed; answers stay valid.
    Reworded,
    /// The key or the points changed. Earlier attempts are still shown and marked with the earlier revision.
    NewRevision,
    /// Like `NewRevision`, and the author has decided that earlier answers are marked again.
    Rescored,
    /// It is new.
    Added,
    /// It was removed. Earlier attempts keep it.
    Removed,
    /// The same thing has another id, by accident.
    Renamed,
    /// A different text has the same id, and no author has confirmed that it means the same: answers would
    /// count for a question that was not asked.
    Replaced,
}

/// One thing that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The kind of thing, such as `title` or `choice`.
    pub what: &'static str,
    /// The language of a changed text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The choice, row or number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<PartId>,
    /// The earlier text; absent for something new, and for long texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The new text; absent for something removed, and for long texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// The differences of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CourseDifference {
    /// Its id; the newer one if it changed.
    pub course: CourseId,
    /// The name of its folder.
    pub slug: String,
    /// Its title in its source language.
    pub title: String,
    /// The effect on it.
    pub effect: Effect,
    /// The earlier id, if it changed.
    pub renamed_from: Option<CourseId>,
    /// The changes of the course itself.
    pub changes: Vec<Change>,
    /// The lessons that differ, or whose questions do.
    pub lessons: Vec<LessonDifference>,
    /// How many of its questions are unchanged.
    pub kept_questions: usize,
}

/// The differences of a lesson or test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LessonDifference {
    /// Its id; the newer one if it changed.
    pub lesson: LessonId,
    /// Its title in the course's source language.
    pub title: String,
    /// The effect on it.
    pub effect: Effect,
    /// The earlier id, if it changed.
    pub renamed_from: Option<LessonId>,
    /// Its changes, apart from its questions.
    pub changes: Vec<Change>,
    /// The questions that differ.
    pub questions: Vec<QuestionDifference>,
}

/// The differences of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionDifference {
    /// Its id; the newer one if it changed.
    pub question: QuestionId,
    /// The question as plain text, in the course's source language.
    pub title: String,
    /// The effect on the answers given to it.
    pub effect: Effect,
    /// The earlier id, if it changed.
    pub renamed_from: Option<QuestionId>,
    /// The revision of earlier answers.
    pub revision_before: Option<RevisionHash>,
    /// The new revision.
    pub revision: Option<RevisionHash>,
    /// Why earlier answers are marked again.
    pub reason: Option<String>,
    /// Its changes.
    pub changes: Vec<Change>,
}

impl Change {
    /// A changed value.
    pub(super) fn of(what: &'static str, before: impl ToString, after: impl ToString) -> Self {
        Self {
            what,
            language: None,
            part: None,
            before: Some(before.to_string()),
            after: Some(after.to_string()),
        }
    }

    /// A changed text that is too long to be shown.
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

/// Adds a change to the list if the values differ.
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

/// Whether the text under an id (`q-a`, `q-a/c1`) means the same as before: by comparison, or confirmed by
/// the author.
pub(super) fn says_the_same(course: &Course, id: &str, before: &str, after: &str) -> bool {
    let same = |a: &str, b: &str| likeness::says_the_same(a, b, course.source_language);
    let found = course.earlier_texts.get(id);
    (before.is_empty() && after.is_empty())
        || same(before, after)
        || found.is_some_and(|texts| texts.iter().any(|text| same(text, before)))
}
