//! What a type of question is, and what it gets to see.

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

    /// The values of a field, in order, without those left empty.
    pub(super) fn all(self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(field, value)| field == name && !value.trim().is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The value of a field that has one at most.
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

/// Why form fields are not an answer of one type.
#[derive(Debug)]
pub(crate) enum ReadError<A> {
    /// A choice, row or place that this question does not have.
    Unknown(String),
    /// Several choices where one is asked for.
    TooMany,
    /// A text longer than the type takes.
    TooLong {
        /// What was typed, whole.
        answer: A,
        /// How many characters a text may have.
        longest: usize,
    },
}

impl<A> ReadError<A> {
    /// The same with the answer as something else.
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

/// How a question is to be shown, whatever was answered.
#[derive(Clone, Copy)]
pub(crate) struct Look<'a> {
    /// The language of the page.
    pub(crate) language: Language,
    /// The order of choices follows from it; the author's order when absent.
    pub(crate) shuffle_seed: Option<u64>,
    /// Shows what was right and wrong, with feedback.
    pub(crate) marked: Option<&'a Mark>,
    /// Whether answering is over.
    pub(crate) disabled: bool,
    /// Begins every element id.
    pub(crate) id_prefix: &'a str,
    /// The id of an element that describes the question.
    pub(crate) described_by: Option<&'a str>,
}

impl Look<'_> {
    /// The name of a control, escaped. Where answering is over, there is no form: then the question's own
    /// words keep the buttons of several questions on a page from being one group.
    pub(crate) fn field(&self, name: &str) -> String {
        let name = html::escape(name);
        if self.disabled {
            format!("{}-{name}", html::escape(self.id_prefix))
        } else {
            name.into_owned()
        }
    }
}

/// What a renderer of one type gets to see.
pub(crate) struct Scene<'a, A> {
    /// How the question is to be shown.
    pub(crate) view: Look<'a>,
    /// Its texts.
    pub(crate) text: &'a QuestionText,
    /// The language of the texts, when it is not the page's.
    pub(crate) foreign: Option<Language>,
    /// The answer given so far, if it is of this type.
    pub(crate) answer: Option<&'a A>,
    /// Orders parts as the view wants it.
    pub(crate) question: &'a QuestionId,
}

/// How many right answers a type wants to be ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ticks {
    /// Exactly one.
    One,
    /// At least one.
    Some,
    /// It has no ticks.
    None,
}

/// A type of question, implemented by its public body.
pub(crate) trait Kind: Sized {
    /// What is right.
    type Key;
    /// An answer.
    type Answer;

    /// How many right answers are to be ticked.
    const TICKS: Ticks;
    /// Whether answers are right or wrong. A type without marks has no points, marks every answer with
    /// [`Mark::not_marked`], and is refused in tests.
    const MARKED: bool = true;
    /// Whether its controls stand within the prompt, which it then writes itself.
    const IN_PROMPT: bool = false;
    /// Attributes that the heading may have beside `points`.
    const SETTINGS: &'static [&'static str] = &[];

    /// Takes its own from what stands below the heading, and reports what is not as it has to be. Empty when
    /// nothing can be made of it.
    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft>;
    /// Makes the public half and the key of the parts; `ids` has one id for each.
    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Self::Key);
    /// Adds to both halves what is particular to one language; called for every language of the question, the one
    /// it was assembled from among them. Most types are right in the same way in all languages.
    fn translate(&mut self, _: &mut Self::Key, _: Language, _: &QuestionDraft) {}
    /// All that decides what an answer earns, the same whatever order the author wrote it in: when it changes,
    /// the question has a new revision.
    fn grading(&self, key: &Self::Key) -> serde_json::Value;

    /// Reads an answer from a form.
    fn read(&self, fields: Fields<'_>) -> Result<Option<Self::Answer>, ReadError<Self::Answer>>;
    /// Whether nothing is left to be asked after an answer, right or wrong.
    fn is_complete(&self, _answer: &Self::Answer) -> bool {
        true
    }
    /// What is still to be asked or told about an answer that is not complete, plain text.
    fn remark(&self, _answer: &Self::Answer, _language: Language) -> Option<String> {
        None
    }
    /// What an answer that is asked about counts as when nothing more is said, plain text.
    fn assumed(&self, _answer: &Self::Answer, _language: Language) -> Option<String> {
        None
    }
    /// What somebody answers who knows nothing of the subject: see [`crate::guess`]. Nothing where nothing can be
    /// guessed.
    fn guess(&self, _text: &QuestionText, _rng: &mut impl Rng) -> Option<Self::Answer> {
        None
    }
    /// Marks an answer, whatever it holds. Without one, the mark tells what was missed.
    fn mark(key: &Self::Key, answer: Option<&Self::Answer>) -> Mark;
    /// An answer that earns everything; any answer, for a type without marks.
    fn right_answer(key: &Self::Key) -> Self::Answer;
    /// What the answers of many come to, for a type whose answers are counted.
    fn tally(&self, _answers: &[&Self::Answer]) -> Vec<Tally> {
        Vec::new()
    }
    /// What to do, in a few words, for the legend.
    fn instruction(&self, words: &'static Words) -> &'static str;
    /// Writes the controls.
    fn render(&self, scene: &Scene<'_, Self::Answer>, out: &mut String);
}
