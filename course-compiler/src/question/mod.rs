//! Questions: what is asked (public) and what is right (the key), each type in a file of its own.
//!
//! A type of question is one module that implements `Kind` for its public body: how it is written, which
//! form fields answer it, how an answer is marked, how it looks. **To add a type**, write such a module and
//! add one line to `kinds!` below; nothing else in the crate lists the types.
//!
//! [`Question`] holds nothing that tells the right answer: not the key, not feedback, not the order in which
//! the author wrote pairs or steps. All of that is in [`AnswerKey`].

mod case;
mod choices;
mod cloze;
mod gaps;
mod likert;
mod matching;
mod multiple;
mod number;
mod numeric;
mod order;
mod reflect;
mod short;
pub(crate) mod shown;
mod shuffle;
mod single;
mod spelling;
mod survey;
mod tally;
#[cfg(test)]
mod tests;
mod truefalse;
mod typed;
mod unit;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(crate) use case::OUTCOME;
pub(crate) use choices::CHOICE;
pub(crate) use cloze::GAP;
pub(crate) use number::in_attribute;
pub(crate) use numeric::UNIT;
pub use tally::{FEWEST_ANSWERS, Tally};

use crate::diagnostic::Report;
use crate::draft::{Content, PartDraft, QuestionDraft};
use crate::grade::{Mark, Outcome, Verdict};
use crate::model::{Language, PartId, QuestionId, RevisionHash, pick};

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
    /// The texts in each language it exists in.
    pub texts: BTreeMap<Language, QuestionText>,
    /// What is particular to its type.
    pub body: Body,
}

/// The texts of a question in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionText {
    /// The question itself: the heading, safe HTML without block elements.
    pub title_html: String,
    /// The same as plain text.
    pub title: String,
    /// What stands between the heading and the choices, safe HTML; often empty. Gaps are empty `span`s in it.
    pub prompt_html: String,
    /// Hints, in order, safe HTML.
    pub hints_html: Vec<String>,
    /// What each part says, safe HTML.
    pub parts: BTreeMap<PartId, String>,
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

    /// The name of a control, escaped. Where answering is over, there is no form: then the question's own
    /// words keep the buttons of several questions on a page from being one group.
    pub(crate) fn field(&self, name: &str) -> String {
        let name = crate::html::escape(name);
        if self.disabled {
            format!("{}-{name}", crate::html::escape(self.id_prefix))
        } else {
            name.into_owned()
        }
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

    /// The question as HTML to stand inside a `<form>`: a `fieldset` with its legend, prompt, controls and
    /// hints. It works without scripts. The form's button is the page's.
    ///
    /// Fields are named `a` (one value, or repeated for several choices) or `a.<part>` (pairs, order, steps), as
    /// [`Question::read`] reads them.
    #[must_use]
    pub fn render(&self, view: &QuestionView<'_>) -> String {
        crate::render::question(self, view)
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
        self.body.read(Fields { fields, language })
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

/// The fields of a submitted form.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'a> {
    fields: &'a [(String, String)],
    language: Language,
}

impl<'a> Fields<'a> {
    /// The language of the page with the form.
    const fn language(self) -> Language {
        self.language
    }

    /// The values of a field, in order, without those left empty.
    fn all(self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(field, value)| field == name && !value.trim().is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// The value of a field that has one at most.
    fn one(self, name: &'a str) -> Result<Option<&'a str>, ResponseError> {
        let mut values = self.all(name);
        let value = values.next();
        match values.next() {
            Some(_) => Err(ResponseError::TooMany),
            None => Ok(value),
        }
    }

    /// The fields `a.<part>` that are not empty, with the part's id.
    fn of_parts(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields
            .iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .filter_map(|(field, value)| Some((field.strip_prefix("a.")?, value.as_str())))
    }
}

/// What a renderer of one type gets to see.
pub(crate) struct Scene<'a, A> {
    /// How the question is to be shown.
    pub(crate) view: &'a QuestionView<'a>,
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
    fn read(&self, fields: Fields<'_>) -> Result<Option<Self::Answer>, ResponseError>;
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
    /// Marks an answer, whatever it holds. Without one, the mark tells what was missed.
    fn mark(key: &Self::Key, answer: Option<&Self::Answer>) -> Mark;
    /// An answer that earns everything; any answer, for a type without marks.
    fn right_answer(key: &Self::Key) -> Self::Answer;
    /// What the answers of many come to, for a type whose answers are counted.
    fn tally(&self, _answers: &[&Self::Answer]) -> Vec<Tally> {
        Vec::new()
    }
    /// What to do, in a few words, for the legend.
    fn instruction(&self, words: &'static crate::text::Words) -> &'static str;
    /// Writes the controls.
    fn render(&self, scene: &Scene<'_, Self::Answer>, out: &mut String);
}

/// Both halves of a question, with what its revision is named after.
pub(crate) struct Assembled {
    pub(crate) body: Body,
    pub(crate) key: Key,
    pub(crate) grading: serde_json::Value,
}

macro_rules! kinds {
    ($( $(#[$meta:meta])* $variant:ident($module:ident) = $class:literal, )+) => {
        /// What is particular to a type of question, without what is right.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "type")]
        pub enum Body { $( $(#[$meta])* #[serde(rename = $class)] $variant($module::Body), )+ }

        /// What is right, by type.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "type")]
        pub(crate) enum Key { $( #[serde(rename = $class)] $variant($module::Key), )+ }

        /// An answer to a question. As JSON it is an object with a `type`.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "type")]
        pub enum Response { $( $(#[$meta])* #[serde(rename = $class)] $variant($module::Answer), )+ }

        /// How many right answers a type wants; `None` for a class that is no type.
        pub(crate) fn ticks(class: &str) -> Option<Ticks> {
            match class {
                $( $class => Some(<$module::Body as Kind>::TICKS), )+
                _ => None,
            }
        }

        /// Whether answers of a type are right or wrong; a class that is no type counts as if they were.
        pub(crate) fn is_marked(class: &str) -> bool {
            match class {
                $( $class => <$module::Body as Kind>::MARKED, )+
                _ => true,
            }
        }

        /// Attributes that a type knows beside `points`.
        pub(crate) fn settings(class: &str) -> &'static [&'static str] {
            match class {
                $( $class => <$module::Body as Kind>::SETTINGS, )+
                _ => &[],
            }
        }

        /// Lets a type take its own from what stands below the heading.
        pub(crate) fn draft(class: &str, content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
            match class {
                $( $class => <$module::Body as Kind>::draft(content, report), )+
                _ => Vec::new(),
            }
        }

        /// Makes both halves of a question without mistakes; `None` for a class that is no type. `languages`
        /// has the question in each language.
        pub(crate) fn assemble(
            question: &QuestionDraft,
            ids: &[PartId],
            languages: &[(Language, &QuestionDraft)],
        ) -> Option<Assembled> {
            match question.class.as_str() {
                $( $class => {
                    let (mut body, mut key) = <$module::Body as Kind>::assemble(question, ids);
                    for (language, question) in languages {
                        body.translate(&mut key, *language, question);
                    }
                    let grading = body.grading(&key);
                    Some(Assembled { body: Body::$variant(body), key: Key::$variant(key), grading })
                } )+
                _ => None,
            }
        }

        /// The types of questions, as their classes are written.
        pub const CLASSES: &[&str] = &[ $( $class, )+ ];

        impl Body {
            /// The type, as its class is written.
            #[must_use]
            pub const fn class(&self) -> &'static str {
                match self { $( Self::$variant(_) => $class, )+ }
            }

            const fn is_marked(&self) -> bool {
                match self { $( Self::$variant(_) => <$module::Body as Kind>::MARKED, )+ }
            }

            pub(crate) const fn writes_prompt(&self) -> bool {
                match self { $( Self::$variant(_) => <$module::Body as Kind>::IN_PROMPT, )+ }
            }

            fn read(&self, fields: Fields<'_>) -> Result<Option<Response>, ResponseError> {
                match self {
                    $( Self::$variant(body) => Ok(body.read(fields)?.map(Response::$variant)), )+
                }
            }

            fn is_complete(&self, response: &Response) -> bool {
                match (self, response) {
                    $( (Self::$variant(body), Response::$variant(answer)) => body.is_complete(answer), )+
                    _ => true,
                }
            }

            fn remark(&self, response: &Response, language: Language) -> Option<String> {
                match (self, response) {
                    $( (Self::$variant(body), Response::$variant(answer)) => body.remark(answer, language), )+
                    _ => None,
                }
            }

            fn assumed(&self, response: &Response, language: Language) -> Option<String> {
                match (self, response) {
                    $( (Self::$variant(body), Response::$variant(answer)) => body.assumed(answer, language), )+
                    _ => None,
                }
            }

            fn tally(&self, responses: &[Response]) -> Vec<Tally> {
                match self {
                    $( Self::$variant(body) => {
                        let answers: Vec<&$module::Answer> = responses
                            .iter()
                            .filter_map(|response| match response {
                                Response::$variant(answer) => Some(answer),
                                _ => None,
                            })
                            .collect();
                        body.tally(&answers)
                    } )+
                }
            }

            pub(crate) fn instruction(&self, words: &'static crate::text::Words) -> &'static str {
                match self { $( Self::$variant(body) => body.instruction(words), )+ }
            }

            pub(crate) fn render(&self, scene: &Scene<'_, Response>, out: &mut String) {
                match self {
                    $( Self::$variant(body) => body.render(&Scene {
                        view: scene.view,
                        text: scene.text,
                        foreign: scene.foreign,
                        question: scene.question,
                        answer: match scene.answer {
                            Some(Response::$variant(answer)) => Some(answer),
                            _ => None,
                        },
                    }, out), )+
                }
            }
        }

        impl Key {
            fn mark(&self, response: Option<&Response>) -> Mark {
                match self {
                    $( Self::$variant(key) => {
                        let answer = match response {
                            Some(Response::$variant(answer)) => Some(answer),
                            _ => None,
                        };
                        <$module::Body as Kind>::mark(key, answer)
                    } )+
                }
            }

            fn right_answer(&self) -> Response {
                match self {
                    $( Self::$variant(key) => Response::$variant(<$module::Body as Kind>::right_answer(key)), )+
                }
            }
        }
    };
}

kinds! {
    /// One of several choices.
    Single(single) = "single",
    /// Any number of several choices.
    Multiple(multiple) = "multiple",
    /// One of two choices.
    TrueFalse(truefalse) = "truefalse",
    /// A partner for each row.
    Match(matching) = "match",
    /// Rows to be put in order.
    Order(order) = "order",
    /// A number.
    Numeric(numeric) = "numeric",
    /// A word or a few, typed.
    Short(short) = "short",
    /// Gaps in running text.
    Cloze(cloze) = "cloze",
    /// Thoughts in the person's own words, not marked.
    Reflect(reflect) = "reflect",
    /// A path through a situation that branches.
    Case(case) = "case",
    /// How far one agrees with statements, not marked.
    Likert(likert) = "likert",
    /// Options without a right one, not marked.
    Survey(survey) = "survey",
}
