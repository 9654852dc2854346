//! A course and what stands in its `course.toml`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::{CourseId, LessonId, OutcomeId, QuestionId, RevisionHash};
use super::language::{Language, Localized};
use super::lesson::{Lesson, LessonKind};
use super::words::words;
use crate::question::{AnswerKey, Question};
use crate::search::Index;

words! {
    /// What a folder of courses is for.
    pub enum CourseKind {
        /// Taken from beginning to end, with a completion rule.
        Course = "course",
        /// Read and searched; nobody enrols.
        Handbook = "handbook",
    }
}

words! {
    /// The prohibited ground of discrimination that a course is about.
    pub enum Ground {
        /// Sex, gender.
        Gender = "gender",
        /// Age.
        Age = "age",
        /// Disability.
        Disability = "disability",
        /// Race, ethnic origin, nationality.
        Ethnicity = "ethnicity",
        /// Religion or belief.
        Religion = "religion",
        /// Sexual orientation.
        SexualOrientation = "sexual-orientation",
        /// None in particular.
        None = "none",
    }
}

words! {
    /// Who a course is meant for.
    pub enum Audience {
        /// State and municipal institutions.
        PublicSector = "public-sector",
        /// Employers and their people.
        Employers = "employers",
        /// Both, and anybody else.
        Everyone = "everyone",
    }
}

words! {
    /// What a review looked at.
    pub enum ReviewKind {
        /// The opinion of a gender-equality expert.
        GenderEqualityOpinion = "gender-equality-opinion",
        /// A lawyer's check of what the course says about the law.
        Legal = "legal",
        /// A consultation with the organisations of the people concerned.
        NgoConsultation = "ngo-consultation",
        /// A check with assistive technology.
        Accessibility = "accessibility",
    }
}

words! {
    /// How a review ended.
    pub enum Verdict {
        /// The content may be published.
        Positive = "positive",
        /// It may not, as it is.
        Negative = "negative",
    }
}

words! {
    /// Whether a course may be published.
    pub enum Status {
        /// A required review is missing, negative, or of other content: for preview only.
        Draft = "draft",
        /// Every required review is positive and of this content.
        Publishable = "publishable",
    }
}

/// A compiled course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// The id that its authors gave it.
    pub id: CourseId,
    /// The same as a UUID, from `course.lock` or derived from the id.
    pub uuid: Uuid,
    /// The folder's name, used in addresses.
    pub slug: String,
    /// A course or a handbook.
    pub kind: CourseKind,
    /// The ground it is about.
    pub ground: Ground,
    /// A free word that groups courses, such as `inclusive-work`.
    pub theme: String,
    /// Who it is meant for.
    pub audience: Audience,
    /// Academic hours of 45 minutes, as a certificate states them.
    pub hours: f64,
    /// The language it was written in first.
    pub source_language: Language,
    /// Languages in which at least one lesson exists, Latvian first.
    pub languages: Vec<Language>,
    /// Title, plain text.
    pub title: Localized,
    /// One or two sentences about it, plain text.
    pub summary: Localized,
    /// What a person can do afterwards.
    pub outcomes: Vec<Outcome>,
    /// Lessons and tests in reading order.
    pub lessons: Vec<Lesson>,
    /// What its lessons are grouped by, in order; for handbooks.
    pub sectors: Vec<Sector>,
    /// What completes it.
    pub completion: CompletionRule,
    /// Reviews on record, whatever their verdict or age.
    pub reviews: Vec<Review>,
    /// Required reviews that are absent, negative, or of other content than this.
    pub missing_reviews: Vec<ReviewKind>,
    /// Whether it may be published.
    pub status: Status,
    /// Questions whose earlier answers are to be counted again.
    #[serde(default)]
    pub rescores: Vec<Rescore>,
    /// Ids of lessons and questions that there are no more; nothing gets them again.
    #[serde(default)]
    pub retired: BTreeSet<String>,
    /// What lessons, questions (`q-a`) and their parts (`q-a/c1`) said before in the source language, which their
    /// authors found to mean the same.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub earlier_texts: BTreeMap<String, BTreeSet<String>>,
    /// SHA-256, in hexadecimal, of what reviewers read: texts, questions, assets and `course.toml` without
    /// its reviews. A review names it.
    pub content_hash: String,
    /// The public half of every question.
    pub questions: BTreeMap<QuestionId, Question>,
    /// The answer keys. Kept in files of their own: serializing a course leaves them out.
    #[serde(skip)]
    pub(crate) keys: BTreeMap<QuestionId, AnswerKey>,
    /// What finds its sections, for each language of a handbook.
    pub search: BTreeMap<Language, Index>,
    /// SHA-256, in hexadecimal, of all of this, keys too; the course's files in a bundle are named after it.
    #[serde(skip)]
    pub(crate) digest: String,
}

impl Course {
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

    /// A lesson or test by the last part of its address.
    #[must_use]
    pub fn lesson_by_slug(&self, slug: &str) -> Option<&Lesson> {
        self.lessons.iter().find(|lesson| lesson.slug == slug)
    }

    /// The test that completes the course, if it has one.
    #[must_use]
    pub fn final_test(&self) -> Option<&Lesson> {
        self.completion.test.as_ref().and_then(|id| self.lesson(id))
    }

    /// The lessons that have to be read to complete the course, in reading order; tests are not among them.
    pub fn required_lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.lessons.iter().filter(|lesson| {
            lesson.kind == LessonKind::Lesson
                && match &self.completion.lessons {
                    CompletionLessons::All => true,
                    CompletionLessons::Listed(ids) => ids.contains(&lesson.id),
                }
        })
    }
}

/// A sector of policy that chapters of a handbook are about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sector {
    /// How front matter names it.
    pub id: String,
    /// Its name, plain text.
    pub title: Localized,
}

/// What a person can do after a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its id, `o-…`.
    pub id: OutcomeId,
    /// The sentence, plain text.
    pub text: Localized,
}

/// What completes a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionRule {
    /// Which lessons have to be read.
    pub lessons: CompletionLessons,
    /// The test that has to be passed; its pass mark stands with the test.
    pub test: Option<LessonId>,
}

/// Which lessons have to be read to complete a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CompletionLessons {
    /// All of them.
    All,
    /// These.
    Listed(Vec<LessonId>),
}

/// A review on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// What was looked at.
    pub kind: ReviewKind,
    /// Who reviewed.
    pub by: String,
    /// When.
    pub date: NaiveDate,
    /// With what result.
    pub verdict: Verdict,
    /// Where the opinion itself is kept: a number or an address.
    pub document: Option<String>,
    /// [`Course::content_hash`] of what was reviewed.
    pub content_hash: String,
    /// Whether it is of the content as it is now.
    pub current: bool,
}

/// An author's decision that answers to older revisions of a question are counted by the key of this one, and
/// not by what was right when they were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescore {
    /// The question.
    pub question: QuestionId,
    /// The revision whose key counts. It is in [`crate::Bundle::revisions`], or the decision came before the last
    /// change of the question and has no effect until it is renewed.
    pub revision: RevisionHash,
    /// Why, for those whose result changes.
    pub reason: String,
    /// Whether the revision is the question as it is now. Act only on decisions that are current.
    pub current: bool,
}
