//! Questions: what is asked (public) and what is right (the key), each type in a file of its own.
//!
//! A type of question is one module that implements `Kind` for its public body: how it is written, which
//! form fields answer it, how an answer is marked, how it looks. **To add a type**, write such a module and
//! add one line to `kinds!` in `types`; nothing else in the crate lists the types.
//!
//! [`Question`] holds nothing that tells the right answer: not the key, not feedback, not the order in which
//! the author wrote pairs or steps. All of that is in [`AnswerKey`].

mod case;
mod choices;
mod cloze;
mod gaps;
mod items;
mod kind;
pub(crate) mod leaks;
mod likert;
mod matching;
mod multiple;
mod number;
mod numeric;
mod order;
mod reflect;
mod render;
mod short;
mod shuffle;
mod single;
mod spelling;
mod survey;
mod tally;
#[cfg(test)]
mod tests;
mod text;
mod truefalse;
mod typed;
mod types;
mod unit;
mod written;

use std::collections::BTreeMap;

use rand::Rng;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(crate) use case::OUTCOME;
pub(crate) use kind::Ticks;
pub(crate) use number::in_attribute;
pub use tally::{FEWEST_ANSWERS, Tally};
pub use text::QuestionText;
pub(crate) use truefalse::says_false;
pub use types::{Body, CLASSES, Response};
pub(crate) use types::{Key, assemble, draft, is_marked, settings, ticks};
pub(crate) use written::{Content, PartDraft, QuestionDraft};

use kind::{Fields, Look, ReadError};

use crate::grade::{Mark, Outcome, Verdict};
use crate::model::{Language, OutcomeId, PartId, QuestionId, RevisionHash, pick};

/// The public half of a question: all that is needed to ask it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The id that its authors gave it.
    pub id: QuestionId,
    /// The same as a UUID.
    pub uuid: Uuid,
    /// Names what was asked; store it with every answer.
    pub revision: RevisionHash,
    /// Points that a right answer earns: above 0, or exactly 0 if the question is not marked.
    pub points: f64,
    /// The outcomes that it practises or tests, as its authors say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<OutcomeId>,
    /// The texts in each language it exists in.
    pub texts: BTreeMap<Language, QuestionText>,
    /// What is particular to its type.
    pub body: Body,
}

/// What is right, and what is said about an answer. Never serialized into a page or a reply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerKey {
    pub(crate) key: Key,
    pub(crate) feedback: BTreeMap<PartId, BTreeMap<Language, String>>,
    pub(crate) explanation: BTreeMap<Language, String>,
}

/// Why form fields are not an answer to a question.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ResponseError {
    /// A choice, row or place that this question does not have: the form was for another question or an
    /// older revision, or was tampered with.
    #[error("the question has no such choice: {0}")]
    Unknown(String),
    /// Several choices where one is asked for.
    #[error("several choices where one is asked for")]
    TooMany,
    /// A text longer than the type takes. Holds the answer as it was given, to be shown again through
    /// [`QuestionView::response`]; it is not to be stored.
    #[error("a text of more than {longest} characters")]
    TooLong {
        /// What was typed, whole.
        response: Box<Response>,
        /// How many characters a text may have.
        longest: usize,
    },
}

/// How a question is to be shown.
#[derive(Clone, Copy, Debug)]
pub struct QuestionView<'a> {
    /// The language of the page; the question falls back to another one and then marks it with `lang`.
    pub language: Language,
    /// The answer given so far.
    pub response: Option<&'a Response>,
    /// The order of choices follows from it, the same for the same seed; the author's order when absent.
    pub shuffle_seed: Option<u64>,
    /// Shows what was right and wrong, with feedback.
    pub marked: Option<&'a Mark>,
    /// Whether answering is over.
    pub disabled: bool,
    /// Begins every element id, so that several questions fit on a page.
    pub id_prefix: &'a str,
    /// The id of an element that describes the question, such as an error message.
    pub described_by: Option<&'a str>,
}

impl From<ReadError<Response>> for ResponseError {
    fn from(error: ReadError<Response>) -> Self {
        match error {
            ReadError::Unknown(word) => Self::Unknown(word),
            ReadError::TooMany => Self::TooMany,
            ReadError::TooLong { answer, longest } => Self::TooLong {
                response: Box::new(answer),
                longest,
            },
        }
    }
}

impl<'a> QuestionView<'a> {
    /// An unanswered question in the author's order.
    #[must_use]
    pub const fn new(language: Language, id_prefix: &'a str) -> Self {
        Self {
            language,
            response: None,
            shuffle_seed: None,
            marked: None,
            disabled: false,
            id_prefix,
            described_by: None,
        }
    }

    const fn look(&self) -> Look<'a> {
        Look {
            language: self.language,
            shuffle_seed: self.shuffle_seed,
            marked: self.marked,
            disabled: self.disabled,
            id_prefix: self.id_prefix,
            described_by: self.described_by,
        }
    }
}

impl QuestionDraft {
    /// How many right answers its type has.
    pub(crate) fn ticks(&self) -> Ticks {
        ticks(&self.class).unwrap_or(Ticks::None)
    }
}

impl Question {
    /// Whether answers are right or wrong. If not, there are no points, and every answer will do.
    #[must_use]
    pub const fn is_marked(&self) -> bool {
        self.body.is_marked()
    }

    /// The texts in `language`, else in another one; with the language that was found.
    #[must_use]
    pub fn text(&self, language: Language) -> Option<(Language, &QuestionText)> {
        pick(&self.texts, language)
    }

    /// Reads the fields of a form on a page of `language`. `None` when nothing was answered. What was typed is
    /// kept as it was typed, also where it cannot be read: [`Question::remark`] tells.
    ///
    /// # Errors
    ///
    /// When the fields are no answer to this question.
    pub fn read(
        &self,
        fields: &[(String, String)],
        language: Language,
    ) -> Result<Option<Response>, ResponseError> {
        self.body
            .read(Fields { fields, language })
            .map_err(ResponseError::from)
    }

    /// What is still to be asked or told about an answer that is not complete, plain text: that it is no number,
    /// or could be two. `None` for a case that goes on, which its next step tells.
    #[must_use]
    pub fn remark(&self, response: &Response, language: Language) -> Option<String> {
        self.body.remark(response, language)
    }

    /// What an answer that is asked about counts as when nothing more is said, plain text: a number that could be
    /// two. `None` where nothing is asked, or where the answer does not count as it is.
    #[must_use]
    pub fn assumed(&self, response: &Response, language: Language) -> Option<String> {
        self.body.assumed(response, language)
    }

    /// Whether nothing is left to be asked after an answer, right or wrong. A case goes on, step by step,
    /// until an outcome is reached; a number that could be two is asked about. An answer of another type asks for
    /// nothing.
    #[must_use]
    pub fn is_complete(&self, response: &Response) -> bool {
        self.body.is_complete(response)
    }

    /// What somebody answers on a page of `language` who knows nothing of the subject: see [`crate::guess`].
    pub(crate) fn guess(&self, language: Language, rng: &mut impl Rng) -> Option<Response> {
        let (_, text) = self.text(language)?;
        self.body.guess(text, rng)
    }

    /// How often each option was chosen in the answers of many people, one for each of them: one count for a
    /// survey, one for each statement of a scale, none for other types. Answers to another revision count for
    /// the options that both have.
    #[must_use]
    pub fn tally(&self, responses: &[Response]) -> Vec<Tally> {
        self.body.tally(responses)
    }
}

impl AnswerKey {
    /// Marks an answer. An answer of another type, or with parts that the question does not have, earns
    /// nothing for them; marking never fails.
    #[must_use]
    pub fn mark(&self, response: Option<&Response>) -> Mark {
        let mut mark = self.key.mark(response);
        if response.is_none() {
            mark.outcome = Outcome::Unanswered;
        }
        for part in &mut mark.parts {
            if matches!(
                part.verdict,
                Verdict::Right | Verdict::Partial | Verdict::Wrong
            ) && let Some(feedback) = self.feedback.get(&part.part)
            {
                part.feedback.clone_from(feedback);
            }
        }
        mark
    }

    /// What the author says once the question is answered, safe HTML.
    #[must_use]
    pub fn explanation(&self, language: Language) -> Option<&str> {
        pick(&self.explanation, language).map(|(_, html)| html.as_str())
    }

    /// The feedback that an answer earns, safe HTML, in the order of the question.
    #[must_use]
    pub fn feedback_html(&self, response: Option<&Response>, language: Language) -> Vec<String> {
        self.mark(response).feedback_html(language)
    }

    /// An answer that earns all the points; any answer, if the question is not marked.
    #[must_use]
    pub fn right_answer(&self) -> Response {
        self.key.right_answer()
    }
}
