//! `.single`: one of several choices, written as a task list.
//!
//! The mark is the weight of the chosen one: all points for the ticked one, none for the others, unless a
//! trailing `` `+50%` `` says otherwise.

use rand::Rng;
use rand::seq::IndexedRandom as _;
use serde::{Deserialize, Serialize};

use super::choices::{self, List, Weighted};
use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::text::QuestionText;
use super::written::{Content, PartDraft, QuestionDraft};
use crate::diagnostic::Report;
use crate::grade::Mark;
use crate::model::{PartId, Role};
use crate::text::Words;

/// The choices, in the author's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Ids of the choices.
    pub choices: Vec<PartId>,
}

/// The weight of each choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) choices: Vec<Weighted>,
}

/// The choice made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Its id.
    pub choice: PartId,
}

/// The choices, and a key in which the ticked one earns all points and the others none, unless weighted.
pub(super) fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Body, Key) {
    let choices = choices::weighted(
        &question.parts,
        ids,
        |ticked| if ticked { 1.0 } else { 0.0 },
    );
    let body = Body {
        choices: ids.to_vec(),
    };
    (body, Key { choices })
}

/// Reads the one choice of a form.
pub(super) fn read(body: &Body, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
    let mut values = fields.all("a");
    let Some(value) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(ReadError::TooMany);
    }
    let choice = choices::find(&body.choices, value)?;
    Ok(Some(Answer { choice }))
}

/// The weight of the chosen one.
pub(super) fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
    let chosen = |part: &PartId| answer.is_some_and(|answer| answer.choice == *part);
    let share = key
        .choices
        .iter()
        .find(|choice| chosen(&choice.part))
        .map_or(0.0, |choice| if choice.right { 1.0 } else { choice.weight });
    choices::mark(share, &key.choices, chosen)
}

/// The longest choice; a random one of several equally long ones.
fn longest(body: &Body, text: &QuestionText, rng: &mut impl Rng) -> Option<Answer> {
    let lengths = choices::lengths(&body.choices, text);
    let most = lengths.iter().max()?;
    let longest = body.choices.iter().zip(&lengths);
    let longest = longest.filter(|(_, length)| *length == most);
    let longest: Vec<&PartId> = longest.map(|(choice, _)| choice).collect();
    let choice = PartId::clone(longest.choose(rng)?);
    Some(Answer { choice })
}

/// The first ticked choice.
pub(super) fn right_answer(key: &Key) -> Answer {
    let ticked = key.choices.iter().find(|choice| choice.right);
    Answer {
        choice: ticked
            .or_else(|| key.choices.first())
            .map_or_else(|| PartId::from(""), |choice| choice.part.clone()),
    }
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::One;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        choices::draft(Role::Choice, 2, content, report)
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        assemble(question, ids)
    }

    fn grading(&self, key: &Key) -> serde_json::Value {
        choices::grading(&key.choices)
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        read(self, fields)
    }

    fn guess(&self, text: &QuestionText, rng: &mut impl Rng) -> Option<Answer> {
        longest(self, text, rng)
    }

    fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
        mark(key, answer)
    }

    fn right_answer(key: &Key) -> Answer {
        right_answer(key)
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.choose_one
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let list = List {
            name: "a",
            choices: &self.choices,
            several: false,
            shuffled: true,
        };
        choices::render(
            &list,
            scene,
            |part| scene.answer.is_some_and(|answer| answer.choice == *part),
            out,
        );
    }
}
