//! Questions: the public half and the answer key, each type in its own file.
//!
//! A type of question is a module that implements `Kind` for its public half: its syntax, its form fields,
//! its marking, its HTML. **To add a type**, write such a module and add one line to `kinds!` in `types`;
//! nothing else in the crate lists the types.
//!
//! [`Question`] contains nothing that reveals the correct answer: neither the key nor feedback, nor the
//! author's order of pairs or steps. All of that is in [`AnswerKey`].

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

/// The public half of a question: everything needed to ask it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The id chosen by its authors.
    pub id: QuestionId,
    /// The id as a UUID.
    pub uuid: Uuid,
    /// Identifies what was asked; stored with every answer.
    pub revision: RevisionHash,
    /// The points for a correct answer: above 0, or exactly 0 if the question is not marked.
    pub points: f64,
    /// The outcomes that it practises or tests, as named by its authors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<OutcomeId>,
    /// The texts in each language of the question.
    pub texts: BTreeMap<Language, QuestionText>,
    /// The part that is specific to its type.
    pub body: Body,
}

/// What is correct, and the feedback. Never part of a page or a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerKey {
    pub(crate) key: Key,
    pub(crate) feedback: BTreeMap<PartId, BTreeMap<Language, String>>,
    pub(crate) explanation: BTreeMap<Language, String>,
}

/// Why form fields are not a valid answer to a question.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ResponseError {
    /// A choice, row or position that this question does not have: the form belongs to another question or an
    /// older revision, or was manipulated.
    #[error("the question has no such choice: {0}")]
    Unknown(String),
    /// Several choices where only one is allowed.
    #[error("several choices where one is asked for")]
    TooMany,
    /// A text longer than the type accepts. It contains the complete answer, to be shown again through
    /// [`QuestionView::response`]; it must not be stored.
    #[error("a text of more than {longest} characters")]
    TooLong {
        /// The complete typed text.
        response: Box<Response>,
        /// The most characters of a text.
        longest: usize,
    },
}

/// How to render a question.
#[derive(Clone, Copy, Debug)]
pub struct QuestionView<'a> {
    /// The language of the page; texts in another language are marked with `lang`.
    pub language: Language,
    /// The current answer.
    pub response: Option<&'a Response>,
    /// The seed of the order of choices; the author's order if absent.
    pub shuffle_seed: Option<u64>,
    /// If present, the verdicts are shown with feedback.
    pub marked: Option<&'a Mark>,
    /// Whether answers can no longer be changed.
    pub disabled: bool,
    /// The prefix of every element id, so that several questions fit on a page.
    pub id_prefix: &'a str,
    /// The id of an element that describes the question, such as an error message.
    pub described_by: Option<&'a str>,
    /// The level of the heading that its title is, from 2 to 6; no heading when absent.
    pub heading: Option<u8>,
    /// Whether its title takes the focus when the page opens.
    pub takes_focus: bool,
}

/// A question as HTML in two pieces, between which a page says what comes first: a verdict, an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionHtml {
    /// The beginning of the fieldset, up to its title and what to do.
    pub opening: String,
    /// The rest: the end of the fieldset and the hints. Nothing that it closes begins in between.
    pub rest: String,
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
            heading: None,
            takes_focus: false,
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
    /// The number of correct choices that have to be ticked.
    pub(crate) fn ticks(&self) -> Ticks {
        ticks(&self.class).unwrap_or(Ticks::None)
    }
}

impl Question {
    /// Whether answers are marked. Otherwise there are no points, and every answer is accepted.
    #[must_use]
    pub const fn is_marked(&self) -> bool {
        self.body.is_marked()
    }

    /// The texts in `language`, otherwise in another one; with that language.
    #[must_use]
    pub fn text(&self, language: Language) -> Option<(Language, &QuestionText)> {
        pick(&self.texts, language)
    }

    /// Reads the fields of a form on a page of `language`. `None` if nothing was answered. Typed text is kept
    /// unchanged even if it cannot be interpreted; see [`Question::remark`].
    ///
    /// # Errors
    ///
    /// When the fields are not a valid answer to this question.
    pub fn read(
        &self,
        fields: &[(String, String)],
        language: Language,
    ) -> Result<Option<Response>, ResponseError> {
        self.body
            .read(Fields { fields, language })
            .map_err(ResponseError::from)
    }

    /// The follow-up question or note about an answer that is not complete, plain text: that it is not a
    /// number, or ambiguous. `None` for a case that continues; its next step shows that.
    #[must_use]
    pub fn remark(&self, response: &Response, language: Language) -> Option<String> {
        self.body.remark(response, language)
    }

    /// How an ambiguous answer is read unless the person chooses, plain text. `None` if there is no follow-up
    /// question, or if the answer does not count without one.
    #[must_use]
    pub fn assumed(&self, response: &Response, language: Language) -> Option<String> {
        self.body.assumed(response, language)
    }

    /// Whether an answer needs no follow-up question. A case continues until an outcome is reached; for an
    /// ambiguous number the person is asked which is meant. An answer of another type is complete.
    #[must_use]
    pub fn is_complete(&self, response: &Response) -> bool {
        self.body.is_complete(response)
    }

    /// Whether an answer leaves something open that could be filled in: a row without a partner or a place, an
    /// empty gap, a statement without a point of the scale.
    #[must_use]
    pub fn leaves_open(&self, response: &Response) -> bool {
        match (&self.body, response) {
            (Body::Match(body), Response::Match(answer)) => answer.pairs.len() < body.rows.len(),
            (Body::Order(body), Response::Order(answer)) => answer.places.len() < body.rows.len(),
            (Body::Cloze(body), Response::Cloze(answer)) => answer.gaps.len() < body.gaps.len(),
            (Body::Likert(body), Response::Likert(answer)) => {
                answer.points.len() < body.statements.len()
            }
            _ => false,
        }
    }

    /// The answer of somebody without knowledge of the subject, on a page of `language`: see
    /// [`crate::guess`].
    pub(crate) fn guess(&self, language: Language, rng: &mut impl Rng) -> Option<Response> {
        let (_, text) = self.text(language)?;
        self.body.guess(text, rng)
    }

    /// How often each option was chosen in the answers of many people (one answer each): one count for a
    /// survey, one for each statement of a scale, none for other types. Answers to another revision count for
    /// the options that both have.
    #[must_use]
    pub fn tally(&self, responses: &[Response]) -> Vec<Tally> {
        self.body.tally(responses)
    }
}

impl AnswerKey {
    /// Marks an answer. An answer of another type, or with unknown parts, earns nothing for them; marking
    /// never fails.
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

    /// The same without what was right, for somebody who is to try once more: what was chosen or placed is right
    /// or wrong, and nothing tells what should have been.
    #[must_use]
    pub fn mark_for_another_try(&self, response: Option<&Response>) -> Mark {
        let mut mark = self.mark(response);
        match self.key {
            // There a part that was missed is the right answer.
            Key::Single(_) | Key::Multiple(_) | Key::TrueFalse(_) => {
                for part in &mut mark.parts {
                    if part.verdict == Verdict::Missed {
                        part.verdict = Verdict::Untouched;
                    }
                }
            }
            // There it is a part of its own.
            Key::Numeric(_) | Key::Short(_) => mark.parts.retain(|part| part.expected.is_none()),
            _ => {}
        }
        for part in &mut mark.parts {
            part.expected = None;
        }
        mark
    }

    /// The author's explanation, shown after the answer, safe HTML.
    #[must_use]
    pub fn explanation(&self, language: Language) -> Option<&str> {
        pick(&self.explanation, language).map(|(_, html)| html.as_str())
    }

    /// The feedback for an answer, safe HTML, in the order of the question.
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
