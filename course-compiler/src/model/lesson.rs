//! Lessons and tests, and their texts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::{LessonId, OutcomeId, PassageHash, QuestionId};
use super::language::{Language, pick};
use super::words::words;

words! {
    /// When the feedback of a test is shown.
    pub enum ShowFeedback {
        /// After each answer.
        AfterAnswer = "after-answer",
        /// After the attempt: what is said of one's own choices. What is right is shown when the test is passed, and
        /// after the last attempt.
        AfterLast = "after-last",
        /// All of it after each attempt.
        AfterFinish = "after-finish",
        /// Never; only the result is shown.
        Never = "never",
    }
}

words! {
    /// The state of a passage in a language. For `Stale` and `Missing`, the source is shown instead.
    pub enum PassageState {
        /// The language is the source language.
        Source = "source",
        /// A translation.
        Translated = "translated",
        /// A translation of an earlier version of the source.
        Stale = "stale",
        /// There is no translation.
        Missing = "missing",
    }
}

/// A lesson or a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// The id chosen by its authors.
    pub id: LessonId,
    /// The id as a UUID.
    pub uuid: Uuid,
    /// The file's name without its number, used in addresses.
    pub slug: String,
    /// Slugs that it had before and that no other lesson has now: their addresses lead to this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slugs_before: Vec<String>,
    /// A lesson, or a test with its rules.
    pub kind: LessonKind,
    /// The id of the course's sector that it belongs to.
    pub sector: Option<String>,
    /// The outcomes that it teaches, as named by its authors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<OutcomeId>,
    /// The minutes that it takes, as stated by its authors.
    pub minutes: u32,
    /// When its statements about the law were last checked.
    pub legal_check: Option<NaiveDate>,
    /// The text in each language it exists in.
    pub texts: BTreeMap<Language, LessonText>,
    /// Its questions in the order of the source language; for a test, the pool.
    pub questions: Vec<QuestionId>,
}

impl Lesson {
    /// The text in `language`, otherwise in another one; with that language.
    #[must_use]
    pub fn text(&self, language: Language) -> Option<(Language, &LessonText)> {
        pick(&self.texts, language)
    }

    /// The rules, if this is a test.
    #[must_use]
    pub fn test_rules(&self) -> Option<&TestRules> {
        match &self.kind {
            LessonKind::Lesson => None,
            LessonKind::Test(rules) => Some(rules),
        }
    }
}

/// The kind of a lesson file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LessonKind {
    /// Text, with questions for practice.
    Lesson,
    /// A pool of questions to draw an attempt from.
    Test(TestRules),
}

/// How a test is taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TestRules {
    /// The number of questions drawn for an attempt; all of the pool if absent.
    pub draw: Option<usize>,
    /// The pass mark as a share of the points, from 0 to 1.
    pub pass: f64,
    /// The allowed attempts; unlimited if absent.
    pub attempts: Option<u32>,
    /// The time limit of an attempt in minutes; unlimited if absent.
    pub time_limit_minutes: Option<u32>,
    /// How many minutes have to pass between the end of an attempt and the next; none if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause_minutes: Option<u32>,
    /// Whether the order of questions and choices differs between attempts.
    pub shuffle: bool,
    /// When feedback is shown.
    pub show_feedback: ShowFeedback,
}

/// A lesson in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LessonText {
    /// Title, plain text.
    pub title: String,
    /// Safe HTML and questions, in reading order. Headings start at `h2`.
    pub segments: Vec<Segment>,
    /// When what it says last changed, as its authors say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<NaiveDate>,
    /// The cited sources, in the order of its front matter.
    pub sources: Vec<Source>,
    /// The number of words: title, text, questions, footnotes.
    pub words: usize,
    /// The headings without questions, for a table of contents.
    pub headings: Vec<HeadingRef>,
    /// The passages of the source language, in order, each with its state in this language.
    pub passages: Vec<Passage>,
}

/// A passage of a lesson's source, the smallest unit of translation: its title, a heading, a paragraph, a
/// list, a table, a question, a footnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its text in the source language, as a hash.
    pub hash: PassageHash,
    /// Its state in the language of the text.
    pub state: PassageState,
    /// The number of words that are shown.
    pub words: usize,
}

impl LessonText {
    /// The sources that the text does not cite; the cited ones are in its footnotes.
    pub fn uncited_sources(&self) -> impl Iterator<Item = &Source> {
        self.sources
            .iter()
            .filter(|source| source.footnote.is_none())
    }

    /// Passages in this state.
    pub fn passages_in(&self, state: PassageState) -> impl Iterator<Item = &Passage> {
        self.passages
            .iter()
            .filter(move |passage| passage.state == state)
    }
}

/// A piece of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Segment {
    /// HTML made by the compiler: complete elements, every text escaped.
    Html(String),
    /// The place of this question.
    Question(QuestionId),
}

/// A cited source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The name by which the text cites it.
    pub id: String,
    /// Title, plain text.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// When it was last checked.
    pub checked: Option<NaiveDate>,
    /// A note about it, plain text.
    pub note: Option<String>,
    /// Whether it is a retelling of another text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retelling: bool,
    /// The number of its footnote, if the text cites it. It is then also in the list of footnotes at the end
    /// of the lesson.
    pub footnote: Option<usize>,
}

/// A heading of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadingRef {
    /// The id of the element in the page.
    pub id: String,
    /// From 2 to 6.
    pub level: u8,
    /// Plain text.
    pub text: String,
}
