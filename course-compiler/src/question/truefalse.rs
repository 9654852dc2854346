//! `.truefalse`: a statement with two choices, written as a task list of two.
//!
//! It is marked as `.single`; its choices keep the author's order.

use super::choices::{self, List};
use super::{Fields, Kind, ResponseError, Scene, single};
use crate::grade::Mark;
use crate::text::Words;

pub(crate) use super::single::Key;
pub use super::single::{Answer, Body as Choices};

/// The two choices, in the author's order.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Body(pub Choices);

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ResponseError> {
        single::read(&self.0, fields)
    }

    fn mark(key: &Key, answer: &Answer) -> Mark {
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
