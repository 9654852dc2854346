//! Lessons and tests, and their texts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::{LessonId, OutcomeId, PassageHash, QuestionId};
use super::language::{Language, pick};
use super::words::words;

words! {
    /// When a person sees which answers of a test were right.
    pub enum ShowFeedback {
        /// After each answer.
        AfterAnswer = "after-answer",
        /// When the attempt is finished.
        AfterFinish = "after-finish",
        /// Never; only the result.
        Never = "never",
    }
}

words! {
    /// What a language has for a passage. Where it is `stale` or `missing`, the source is shown instead.
    pub enum PassageState {
        /// It is the source language.
        Source = "source",
        /// A translation.
        Translated = "translated",
        /// A translation of what the source said before.
        Stale = "stale",
        /// Nothing.
        Missing = "missing",
    }
}

/// A lesson or a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// The id that its authors gave it.
    pub id: LessonId,
    /// The same as a UUID.
    pub uuid: Uuid,
    /// The file's name without its number, used in addresses.
    pub slug: String,
    /// A lesson, or a test with its rules.
    pub kind: LessonKind,
    /// The id of the course's sector that it belongs to.
    pub sector: Option<String>,
    /// The outcomes that it teaches, as its authors say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<OutcomeId>,
    /// Minutes that it takes, as its authors say.
    pub minutes: u32,
    /// When what it says about the law was last checked.
    pub legal_check: Option<NaiveDate>,
    /// The text in each language it exists in.
    pub texts: BTreeMap<Language, LessonText>,
    /// Its questions in the order of the source language; for a test, the pool.
    pub questions: Vec<QuestionId>,
}

impl Lesson {
    /// The text in `language`, else in another one; with the language that was found.
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

/// What a lesson file holds.
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
    /// Questions drawn for an attempt; all of the pool when absent.
    pub draw: Option<usize>,
    /// The share of the points that passes, from 0 to 1.
    pub pass: f64,
    /// Attempts that a person has; without limit when absent.
    pub attempts: Option<u32>,
    /// Minutes from the start of an attempt to its end; without limit when absent.
    pub time_limit_minutes: Option<u32>,
    /// Whether questions and choices come in another order in each attempt.
    pub shuffle: bool,
    /// When answers are shown as right or wrong.
    pub show_feedback: ShowFeedback,
}

/// A lesson in one language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LessonText {
    /// Title, plain text.
    pub title: String,
    /// Safe HTML and questions, in reading order. Headings start at `h2`.
    pub segments: Vec<Segment>,
    /// What the lesson cites, in the order of its front matter.
    pub sources: Vec<Source>,
    /// Words that a reader meets: title, text, questions, footnotes.
    pub words: usize,
    /// The headings, for a table of contents. Questions are not among them.
    pub headings: Vec<HeadingRef>,
    /// The passages of the source language, in its order, each with what this language has for it.
    pub passages: Vec<Passage>,
}

/// A passage of a lesson's source, the smallest piece that is translated as one: its title, a heading, a
/// paragraph, a list, a table, a question, a footnote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// What it says in the source language.
    pub hash: PassageHash,
    /// Whether that is shown in the language of the text.
    pub state: PassageState,
    /// Words of what is shown.
    pub words: usize,
}

impl LessonText {
    /// The sources that the text does not refer to. Those that it does stand in its own footnotes.
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
    /// HTML that the compiler made itself: whole elements, every text escaped.
    Html(String),
    /// Here stands this question.
    Question(QuestionId),
}

/// Something that a lesson cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// How the text refers to it.
    pub id: String,
    /// Title, plain text.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was last checked.
    pub checked: Option<NaiveDate>,
    /// A caution about it, plain text.
    pub note: Option<String>,
    /// Whether it retells what others wrote, and is not that text itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retelling: bool,
    /// Its number among the footnotes, when the text refers to it. It then stands in the list of footnotes
    /// at the end of the lesson, too.
    pub footnote: Option<usize>,
}

/// A heading of a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadingRef {
    /// The element's id in the page.
    pub id: String,
    /// From 2 to 6.
    pub level: u8,
    /// Plain text.
    pub text: String,
}
