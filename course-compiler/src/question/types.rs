//! The list of question types, and everything that depends on the type.

use rand::Rng;
use serde::{Deserialize, Serialize};

use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::tally::Tally;
use super::text::QuestionText;
use super::written::{Content, PartDraft, QuestionDraft};
use super::{
    case, cloze, likert, matching, multiple, numeric, order, reflect, short, single, survey,
    truefalse,
};
use crate::diagnostic::Report;
use crate::grade::Mark;
use crate::model::{Language, PartId};
use crate::text::Words;

/// The two halves of a question, with the data of its revision.
pub(crate) struct Assembled {
    pub(crate) body: Body,
    pub(crate) key: Key,
    pub(crate) grading: serde_json::Value,
}

macro_rules! kinds {
    ($( $(#[$meta:meta])* $variant:ident($module:ident) = $class:literal, )+) => {
        /// The type-specific part of the public half.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "type")]
        pub enum Body { $( $(#[$meta])* #[serde(rename = $class)] $variant($module::Body), )+ }

        /// The answer key of a type.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "type")]
        pub(crate) enum Key { $( #[serde(rename = $class)] $variant($module::Key), )+ }

        /// An answer to a question. As JSON it is an object with a `type`.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "type")]
        pub enum Response { $( $(#[$meta])* #[serde(rename = $class)] $variant($module::Answer), )+ }

        /// The number of choices to be ticked in a type; `None` if there is no such type.
        pub(crate) fn ticks(class: &str) -> Option<Ticks> {
            match class {
                $( $class => Some(<$module::Body as Kind>::TICKS), )+
                _ => None,
            }
        }

        /// Whether answers of a type are marked; `true` if there is no such type.
        pub(crate) fn is_marked(class: &str) -> bool {
            match class {
                $( $class => <$module::Body as Kind>::MARKED, )+
                _ => true,
            }
        }

        /// The attributes of a type besides `points`.
        pub(crate) fn settings(class: &str) -> &'static [&'static str] {
            match class {
                $( $class => <$module::Body as Kind>::SETTINGS, )+
                _ => &[],
            }
        }

        /// Calls the type's parser for the blocks below the heading.
        pub(crate) fn draft(class: &str, content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
            match class {
                $( $class => <$module::Body as Kind>::draft(content, report), )+
                _ => Vec::new(),
            }
        }

        /// Makes the two halves of a question without errors; `None` if there is no such type. `languages`
        /// contains the question in each language.
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

        /// The classes of the types of questions.
        pub const CLASSES: &[&str] = &[ $( $class, )+ ];

        impl Body {
            /// The class of the type.
            #[must_use]
            pub const fn class(&self) -> &'static str {
                match self { $( Self::$variant(_) => $class, )+ }
            }

            pub(super) const fn is_marked(&self) -> bool {
                match self { $( Self::$variant(_) => <$module::Body as Kind>::MARKED, )+ }
            }

            pub(crate) const fn writes_prompt(&self) -> bool {
                match self { $( Self::$variant(_) => <$module::Body as Kind>::IN_PROMPT, )+ }
            }

            pub(super) fn read(&self, fields: Fields<'_>) -> Result<Option<Response>, ReadError<Response>> {
                match self {
                    $( Self::$variant(body) => {
                        let read = body.read(fields).map_err(|error| error.map(Response::$variant))?;
                        Ok(read.map(Response::$variant))
                    } )+
                }
            }

            pub(super) fn guess(&self, text: &QuestionText, rng: &mut impl Rng) -> Option<Response> {
                match self {
                    $( Self::$variant(body) => body.guess(text, rng).map(Response::$variant), )+
                }
            }

            pub(super) fn is_complete(&self, response: &Response) -> bool {
                match (self, response) {
                    $( (Self::$variant(body), Response::$variant(answer)) => body.is_complete(answer), )+
                    _ => true,
                }
            }

            pub(super) fn remark(&self, response: &Response, language: Language) -> Option<String> {
                match (self, response) {
                    $( (Self::$variant(body), Response::$variant(answer)) => body.remark(answer, language), )+
                    _ => None,
                }
            }

            pub(super) fn assumed(&self, response: &Response, language: Language) -> Option<String> {
                match (self, response) {
                    $( (Self::$variant(body), Response::$variant(answer)) => body.assumed(answer, language), )+
                    _ => None,
                }
            }

            pub(super) fn tally(&self, responses: &[Response]) -> Vec<Tally> {
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

            pub(crate) fn instruction(&self, words: &'static Words) -> &'static str {
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
            pub(super) fn mark(&self, response: Option<&Response>) -> Mark {
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

            pub(super) fn right_answer(&self) -> Response {
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
    /// Free text in the person's own words, not marked.
    Reflect(reflect) = "reflect",
    /// A path through a branching situation.
    Case(case) = "case",
    /// Agreement with statements, not marked.
    Likert(likert) = "likert",
    /// Options without a correct one, not marked.
    Survey(survey) = "survey",
}
