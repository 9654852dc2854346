//! `.reflect`: thoughts in the person's own words; free text.
//!
//! It is not marked, and counts as answered when something is written.

use serde::{Deserialize, Serialize};

use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::leaks;
use super::written::{Content, PartDraft, QuestionDraft};
use crate::diagnostic::Report;
use crate::grade::Mark;
use crate::html::{self, Id, put};
use crate::model::PartId;
use crate::rules::quiz_malformed;
use crate::text::Words;

/// The longest accepted text, in characters: two printed pages.
const LONGEST: usize = 4_000;

/// The answer is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {}

/// There is no correct answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Key {}

/// The written text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Plain text with LF line ends.
    pub text: String,
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::None;
    const MARKED: bool = false;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        let boxes = content.take_answers(leaks::has_boxes, report);
        if let Some(list) = boxes {
            quiz_malformed::report(
                report,
                list.span,
                "a `.reflect` question has no answers to choose from",
                "leave the list out, or make the question `.single` or `.multiple`",
            );
        }
        Vec::new()
    }

    fn assemble(_: &QuestionDraft, _: &[PartId]) -> (Self, Key) {
        (Self {}, Key {})
    }

    fn grading(&self, _: &Key) -> serde_json::Value {
        serde_json::Value::Null
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        let Some(value) = fields.one("a")? else {
            return Ok(None);
        };
        // Forms send CR LF.
        let text = value.replace("\r\n", "\n").trim_end().to_owned();
        let answer = Answer { text };
        if is_too_long(&answer) {
            return Err(ReadError::TooLong {
                answer,
                longest: LONGEST,
            });
        }
        Ok(Some(answer))
    }

    fn mark(_: &Key, answer: Option<&Answer>) -> Mark {
        Mark::not_marked(answer.is_some())
    }

    fn right_answer(_: &Key) -> Answer {
        Answer {
            text: "…".to_owned(),
        }
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.reflect
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let view = scene.view;
        let words = Words::of(view.language);
        let id = Id(view.id_prefix, "a");
        // HTML ignores a line break directly after the tag, so one is added to keep the text's own.
        put!(
            out,
            "<div class=\"reflect\"><label class=\"reflect__label\" for=\"{id}\">{}</label> <textarea \
             class=\"reflect__input\" rows=\"6\" autocomplete=\"off\" spellcheck=\"true\" id=\"{id}\" \
             name=\"{}\"{}{}>\n{}</textarea></div>\n",
            words.your_thoughts,
            view.field("a"),
            html::invalid(scene.answer.is_some_and(is_too_long)),
            html::described_by(view.described_by),
            html::escape(scene.answer.map_or("", |answer| answer.text.as_str())),
        );
    }
}

/// Whether a text is longer than accepted.
fn is_too_long(answer: &Answer) -> bool {
    answer.text.chars().count() > LONGEST
}
