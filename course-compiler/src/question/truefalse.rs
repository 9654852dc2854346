//! `.truefalse`: a statement with two choices, written as a task list of two.
//!
//! It is marked like `.single`; its choices keep the author's order.

use rand::Rng;

use super::choices::{self, List};
use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::single;
use super::text::QuestionText;
use super::written::{Content, PartDraft, QuestionDraft};
use crate::diagnostic::Report;
use crate::grade::Mark;
use crate::html;
use crate::model::{PartId, Role};
use crate::rules::quiz_malformed;
use crate::text::Words;

pub(crate) use super::single::{Answer, Key};

/// The two choices, in the author's order.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Body(pub single::Body);

/// Answers that say that the statement is false.
const FALSE: &[&str] = &[
    "aplami",
    "aplams",
    "nepareizi",
    "nepatiesi",
    "nē",
    "nav taisnība",
    "nav tiesa",
    "nav pareizi",
    "false",
    "no",
    "wrong",
    "untrue",
    "not true",
    "incorrect",
];

/// Which of the answers says that the statement is false: the first with a word of the list, otherwise the
/// last.
pub(crate) fn says_false(answers: &[impl AsRef<str>]) -> Option<usize> {
    let is_false = |answer: &str| {
        let said = answer.trim().to_lowercase();
        FALSE.contains(&said.trim_end_matches(['.', '!']))
    };
    let found = answers.iter().position(|answer| is_false(answer.as_ref()));
    found.or_else(|| answers.len().checked_sub(1))
}

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

    fn guess(&self, text: &QuestionText, _: &mut impl Rng) -> Option<Answer> {
        let choices = &self.0.choices;
        let answers = choices.iter().map(|choice| text.parts.get(choice));
        let answers = answers.map(|html| html::without_tags(html.map_or("", String::as_str)));
        let choice = choices
            .get(says_false(&answers.collect::<Vec<_>>())?)?
            .clone();
        Some(Answer { choice })
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
