//! A compiled course: everything that the server needs.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::{
    Audience, CompletionLessons, CompletionQuestions, CompletionRule, CourseId, CourseKind, Ground,
    Language, Lesson, LessonId, LessonKind, Localized, Outcome, QuestionId, Rescore, Review,
    ReviewKind, Sector, Status, Task,
};
use crate::question::{AnswerKey, Question};
use crate::search::Index;

/// A compiled course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// The id chosen by its authors.
    pub id: CourseId,
    /// The same as a UUID, from `course.lock` or derived from the id.
    pub uuid: Uuid,
    /// The folder's name, used in addresses.
    pub slug: String,
    /// A course or a handbook.
    pub kind: CourseKind,
    /// The ground it is about.
    pub ground: Ground,
    /// A word that groups courses, such as `inclusive-work`.
    pub theme: String,
    /// Whether it can be dangerous to be seen reading it: then its pages have a button for leaving at once, and the
    /// number to call in danger.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub exit_page: bool,
    /// The audience.
    pub audience: Audience,
    /// Academic hours of 45 minutes, as stated on certificates.
    pub hours: f64,
    /// The language it was written in first.
    pub source_language: Language,
    /// Languages in which at least one lesson exists, Latvian first.
    pub languages: Vec<Language>,
    /// Title, plain text.
    pub title: Localized,
    /// One or two sentences about it, plain text.
    pub summary: Localized,
    /// The learning outcomes.
    pub outcomes: Vec<Outcome>,
    /// Lessons and tests in reading order.
    pub lessons: Vec<Lesson>,
    /// The sectors by which the lessons of a handbook are grouped, in order.
    pub sectors: Vec<Sector>,
    /// What its readers set out to do, in order; for handbooks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<Task>,
    /// The completion rule.
    pub completion: CompletionRule,
    /// All recorded reviews, whatever their verdict or date.
    pub reviews: Vec<Review>,
    /// Required reviews that are missing, negative, or of other content.
    pub missing_reviews: Vec<ReviewKind>,
    /// Whether it may be published.
    pub status: Status,
    /// Questions whose earlier answers are marked again.
    #[serde(default)]
    pub rescores: Vec<Rescore>,
    /// Ids of removed lessons and questions, which are not used again.
    #[serde(default)]
    pub retired: BTreeSet<String>,
    /// Earlier texts, in the source language, of lessons, questions (`q-a`) and their parts (`q-a/c1`) of
    /// which the authors have confirmed that they mean the same.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub earlier_texts: BTreeMap<String, BTreeSet<String>>,
    /// SHA-256, in hexadecimal, of what reviewers read: texts, questions, assets, and `course.toml` without
    /// its reviews. Reviews name it.
    pub content_hash: String,
    /// The public half of every question.
    pub questions: BTreeMap<QuestionId, Question>,
    /// The answer keys. They are stored in separate files: serializing a course leaves them out.
    #[serde(skip)]
    pub(crate) keys: BTreeMap<QuestionId, AnswerKey>,
    /// The search index of the course and its lessons, for each of its languages.
    pub search: BTreeMap<Language, Index>,
    /// SHA-256, in hexadecimal, of everything here including the keys; part of the names of the course's
    /// files in a bundle.
    #[serde(skip)]
    pub(crate) digest: String,
}

/// Words read in a minute; slower than for fiction, because these texts are learned.
pub const WORDS_A_MINUTE: usize = 180;

/// Minutes for answering a question, besides reading it.
pub const MINUTES_A_QUESTION: usize = 1;

impl Course {
    /// Minutes that a lesson or test takes by [`WORDS_A_MINUTE`] and [`MINUTES_A_QUESTION`], rounded up. For
    /// a test, only the drawn number of questions counts.
    #[must_use]
    pub fn minutes_computed(&self, lesson: &Lesson) -> usize {
        let Some((_, text)) = lesson.text(self.source_language) else {
            return 0;
        };
        let there_are = lesson.questions.len();
        let drawn = lesson.test_rules().and_then(|rules| rules.draw);
        let asked = drawn.unwrap_or(there_are).min(there_are);
        let read = text.words.saturating_mul(asked).checked_div(there_are);
        read.unwrap_or(text.words)
            .div_ceil(WORDS_A_MINUTE)
            .saturating_add(asked.saturating_mul(MINUTES_A_QUESTION))
    }

    /// The public half of a question.
    #[must_use]
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions.get(id)
    }

    /// The answer key of a question. It never leaves the server.
    #[must_use]
    pub fn key(&self, id: &QuestionId) -> Option<&AnswerKey> {
        self.keys.get(id)
    }

    /// A lesson or test by its id.
    #[must_use]
    pub fn lesson(&self, id: &LessonId) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.id == *id)
    }

    /// A lesson or test by its slug.
    #[must_use]
    pub fn lesson_by_slug(&self, slug: &str) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.slug == slug)
    }

    /// A lesson or test by a slug that it had before, and that no other has now.
    #[must_use]
    pub fn lesson_by_slug_before(&self, slug: &str) -> Option<&Lesson> {
        let had = |lesson: &&Lesson| lesson.slugs_before.iter().any(|before| before == slug);
        self.lessons.iter().find(had)
    }

    /// The test that completes the course, if there is one.
    #[must_use]
    pub fn final_test(&self) -> Option<&Lesson> {
        self.completion.test.as_ref().and_then(|id| self.lesson(id))
    }

    /// The lessons that have to be read to complete the course, in reading order; without tests.
    pub fn required_lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.lessons.iter().filter(|lesson| {
            lesson.kind == LessonKind::Lesson
                && match &self.completion.lessons {
                    CompletionLessons::All => true,
                    CompletionLessons::Listed(ids) => ids.contains(&lesson.id),
                }
        })
    }

    /// Whether the questions of a lesson have to be answered before it can be marked as read.
    #[must_use]
    pub fn requires_answers(&self, lesson: &Lesson) -> bool {
        self.completion.questions == CompletionQuestions::Answered
            && self.required_lessons().any(|other| other.id == lesson.id)
    }
}
