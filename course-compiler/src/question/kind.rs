//! The trait of question types, and its input and output types.

use rand::Rng;

use super::tally::Tally;
use super::text::QuestionText;
use super::written::{Content, PartDraft, QuestionDraft};
use crate::diagnostic::Report;
use crate::grade::Mark;
use crate::html;
use crate::model::{Language, PartId, QuestionId};
use crate::text::Words;

/// The fields of a submitted form.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    pub(super) fields: &'a [(String, String)],
    pub(super) language: Language,
}

impl<'a> Fields<'a> {
    /// The language of the page with the form.
    pub(super) const fn language(self) -> Language {
        self.language
    }

    /// The values of a field, in order, without empty ones.
    pub(super) fn all(self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(field, value)| field == name && !value.trim().is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The value of a field that may occur once.
    pub(super) fn one<A>(self, name: &'a str) -> Result<Option<&'a str>, ReadError<A>> {
        let mut values = self.all(name);
        let value = values.next();
        match values.next() {
            Some(_) => Err(ReadError::TooMany),
            None => Ok(value),
        }
    }

    /// The fields `a.<part>` that are not empty, with the part's id.
    pub(super) fn of_parts(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields
            .iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .filter_map(|(field, value)| Some((field.strip_prefix("a.")?, value.as_str())))
    }
}

/// Why form fields are not a valid answer of a type.
#[derive(Debug)]
pub(crate) enum ReadError<A> {
    /// A choice, row or place that this question does not have.
    Unknown(String),
    /// Several choices where only one is allowed.
    TooMany,
    /// A text longer than the type accepts.
    TooLong {
        /// The complete typed text.
        answer: A,
        /// The most characters of a text.
        longest: usize,
    },
}

impl<A> ReadError<A> {
    /// Converts the answer.
    pub(super) fn map<B>(self, of: impl FnOnce(A) -> B) -> ReadError<B> {
        match self {
            Self::Unknown(word) => ReadError::Unknown(word),
            Self::TooMany => ReadError::TooMany,
            Self::TooLong { answer, longest } => ReadError::TooLong {
                answer: of(answer),
                longest,
            },
        }
    }
}

/// How to render a question, independent of the answer.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    /// The language of the page.
    pub(crate) language: Language,
    /// The seed of the order of choices; the author's order if absent.
    pub(crate) shuffle_seed: Option<u64>,
    /// If present, the verdicts are shown with feedback.
    pub(crate) marked: Option<&'a Mark>,
    /// Whether answers can no longer be changed.
    pub(crate) disabled: bool,
    /// The prefix of every element id.
    pub(crate) id_prefix: &'a str,
    /// The id of an element that describes the question.
    pub(crate) described_by: Option<&'a str>,
}

impl Look<'_> {
    /// The name of a control, escaped. If answers can no longer be changed, there is no form; then the
    /// question's id keeps the buttons of several questions on a page from forming one group.
    pub(crate) fn field(&self, name: &str) -> String {
        let name = html::escape(name);
        if self.disabled {
            format!("{}-{name}", html::escape(self.id_prefix))
        } else {
            name.into_owned()
        }
    }
}

/// The input of a renderer of one type.
pub(crate) struct Scene<'a, A> {
    /// How to render the question.
    pub(crate) view: Look<'a>,
    /// Its texts.
    pub(crate) text: &'a QuestionText,
    /// The language of the texts, if it is not that of the page.
    pub(crate) foreign: Option<Language>,
    /// The current answer, if it is of this type.
    pub(crate) answer: Option<&'a A>,
    /// The question's id, for shuffling.
    pub(crate) question: &'a QuestionId,
}

/// The number of correct choices that have to be ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ticks {
    /// Exactly one.
    One,
    /// At least one.
    Some,
    /// The type has no ticks.
    None,
}

/// A type of question, implemented by its public half.
pub(crate) trait Kind: Sized {
    /// The answer key.
    type Key;
    /// An answer.
    type Answer;

    /// The number of choices to be ticked.
    const TICKS: Ticks;
    /// Whether answers are marked. A type without marks has no points, marks every answer with
    /// [`Mark::not_marked`], and is not allowed in tests.
    const MARKED: bool = true;
    /// Whether its controls are part of the prompt, which it then renders itself.
    const IN_PROMPT: bool = false;
    /// Attributes that the heading may have beside `points`.
    const SETTINGS: &'static [&'static str] = &[];

    /// Takes the blocks of this type from those below the heading, and reports errors. Empty if no parts can
    /// be made.
    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft>;
    /// Makes the public half and the key from the parts; `ids` has one id for each.
    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Self::Key);
    /// Adds to both halves what is specific to a language; called for every language of the question,
    /// including the one from which it was assembled. Most types are marked in the same way in all languages.
    fn translate(&mut self, _: &mut Self::Key, _: Language, _: &QuestionDraft) {}
    /// Everything that decides the mark, in a form independent of the author's order: when it changes, the
    /// question has a new revision.
    fn grading(&self, key: &Self::Key) -> serde_json::Value;

    /// Reads an answer from a form.
    fn read(&self, fields: Fields<'_>) -> Result<Option<Self::Answer>, ReadError<Self::Answer>>;
    /// Whether an answer needs no follow-up question.
    fn is_complete(&self, _answer: &Self::Answer) -> bool {
        true
    }
    /// The follow-up question or note about an incomplete or ambiguous answer, plain text.
    fn remark(&self, _answer: &Self::Answer, _language: Language) -> Option<String> {
        None
    }
    /// How an ambiguous answer is read unless the person chooses, plain text.
    fn assumed(&self, _answer: &Self::Answer, _language: Language) -> Option<String> {
        None
    }
    /// The answer of somebody without knowledge of the subject: see [`crate::guess`]. `None` if nothing can
    /// be guessed.
    fn guess(&self, _text: &QuestionText, _rng: &mut impl Rng) -> Option<Self::Answer> {
        None
    }
    /// Marks an answer of any content. Without one, the mark shows what was missed.
    fn mark(key: &Self::Key, answer: Option<&Self::Answer>) -> Mark;
    /// An answer that earns all points; any answer for a type without marks.
    fn right_answer(key: &Self::Key) -> Self::Answer;
    /// The counts of many answers, for a type whose answers are counted.
    fn tally(&self, _answers: &[&Self::Answer]) -> Vec<Tally> {
        Vec::new()
    }
    /// The instruction in the legend.
    fn instruction(&self, words: &'static Words) -> &'static str;
    /// Renders the controls.
    fn render(&self, scene: &Scene<'_, Self::Answer>, out: &mut String);
}
