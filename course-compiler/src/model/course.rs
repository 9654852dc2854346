//! What stands in a course's `course.toml`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ids::{LessonId, OutcomeId, QuestionId, RevisionHash};
use super::language::Localized;
use super::words::words;

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
    /// `Course::content_hash` of what was reviewed.
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
