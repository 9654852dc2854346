//! `.truefalse`: a statement with two choices, written as a task list of two.
//!
//! It is marked as `.single`; its choices keep the author's order.

use super::choices::{self, List};
use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::single;
use super::written::{Content, PartDraft, QuestionDraft};
use crate::diagnostic::Report;
use crate::grade::Mark;
use crate::model::{PartId, Role};
use crate::rules::quiz_malformed;
use crate::text::Words;

pub(crate) use super::single::{Answer, Key};

/// The two choices, in the author's order.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Body(pub single::Body);

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::One;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        let parts = choices::draft(Role::Choice, 2, content, report);
        if parts.len() > 2 {
            quiz_malformed::report(
                report,
                content.heading,
                format!(
                    "a `.truefalse` question has two answers, not {}",
                    parts.len()
                ),
                "leave two, or make the question `.single`",
            );
        }
        parts
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        let (choices, key) = single::assemble(question, ids);
        (Self(choices), key)
    }

    fn grading(&self, key: &Key) -> serde_json::Value {
        choices::grading(&key.choices)
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        single::read(&self.0, fields)
    }

    fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
        single::mark(key, answer)
    }

    fn right_answer(key: &Key) -> Answer {
        single::right_answer(key)
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.choose_one
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let list = List {
            name: "a",
            choices: &self.0.choices,
            several: false,
            shuffled: false,
        };
        choices::render(
            &list,
            scene,
            |part| scene.answer.is_some_and(|answer| answer.choice == *part),
            out,
        );
    }
}
