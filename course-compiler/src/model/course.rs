//! The content of `course.toml`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{LessonId, OutcomeId, QuestionId, RevisionHash};
use super::language::Localized;
use super::words::words;

words! {
    /// The kind of a course.
    pub enum CourseKind {
        /// To be completed, with a completion rule.
        Course = "course",
        /// For reading and searching, without enrolment.
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
        /// Sex or gender.
        Religion = "religion",
        /// Sexual orientation.
        SexualOrientation = "sexual-orientation",
        /// No particular ground.
        None = "none",
    }
}

words! {
    /// The audience of a course.
    pub enum Audience {
        /// State and municipal institutions.
        PublicSector = "public-sector",
        /// Employers and their employees.
        Employers = "employers",
        /// Everybody.
        Everyone = "everyone",
    }
}

words! {
    /// The subject of a review.
    pub enum ReviewKind {
        /// The opinion of a gender-equality expert.
        GenderEqualityOpinion = "gender-equality-opinion",
        /// A lawyer's check of its statements about the law.
        Legal = "legal",
        /// A consultation with the organisations of the people concerned.
        NgoConsultation = "ngo-consultation",
        /// A check with assistive technology.
        Accessibility = "accessibility",
    }
}

words! {
    /// The result of a review.
    pub enum Verdict {
        /// The content may be published.
        Positive = "positive",
        /// The content may not be published in this form.
        Negative = "negative",
    }
}

words! {
    /// Whether a course may be published.
    pub enum Status {
        /// A required review is missing, negative, or of other content: preview only.
        Draft = "draft",
        /// Every required review is positive and of the current content.
        Publishable = "publishable",
    }
}

/// A policy sector to which chapters of a handbook belong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sector {
    /// Its name in front matter.
    pub id: String,
    /// Its name, plain text.
    pub title: Localized,
}

/// What a reader of a handbook sets out to do, with the chapters that help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its id, unique among the tasks of the handbook; part of addresses.
    pub id: String,
    /// What the reader would say (“I plan a budget line”), plain text.
    pub title: Localized,
    /// The chapters, in the order in which they are needed.
    pub chapters: Vec<LessonId>,
}

/// A learning outcome of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its id, `o-…`.
    pub id: OutcomeId,
    /// The sentence, plain text.
    pub text: Localized,
}

/// The rule for completing a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompletionRule {
    /// The lessons that have to be read.
    pub lessons: CompletionLessons,
    /// Whether the questions in these lessons have to be answered.
    #[serde(default, skip_serializing_if = "CompletionQuestions::is_optional")]
    pub questions: CompletionQuestions,
    /// The test that has to be passed; the pass mark is part of the test.
    pub test: Option<LessonId>,
}

/// The lessons that have to be read to complete a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CompletionLessons {
    /// All of them.
    All,
    /// Only these.
    Listed(Vec<LessonId>),
}

words! {
    /// Whether the questions in the lessons have to be answered to complete a course.
    #[derive(Default)]
    pub enum CompletionQuestions {
        /// No: they are practice.
        #[default]
        Optional = "optional",
        /// Yes, rightly or not: a lesson can be marked as read once all its questions are answered.
        Answered = "answered",
    }
}

impl CompletionQuestions {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    fn is_optional(&self) -> bool {
        *self == Self::Optional
    }
}

/// A recorded review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Its subject.
    pub kind: ReviewKind,
    /// The reviewer.
    pub by: String,
    /// When.
    pub date: NaiveDate,
    /// The result.
    pub verdict: Verdict,
    /// The reference of the opinion itself: a number or an address.
    pub document: Option<String>,
    /// The `Course::content_hash` of the reviewed content.
    pub content_hash: String,
    /// Whether it is of the current content.
    pub current: bool,
}

/// An author's decision that answers to older revisions of a question are marked with the key of this
/// revision, instead of the one that was valid when they were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescore {
    /// The question.
    pub question: QuestionId,
    /// The revision whose key is used. If it is not in [`crate::Bundle::revisions`], the decision was made
    /// before the last change of the question and has no effect until it is renewed.
    pub revision: RevisionHash,
    /// The reason, for people whose result changes.
    pub reason: String,
    /// Whether the revision is the current one. Only current decisions are to be applied.
    pub current: bool,
}
