//! `.multiple`: any number of several choices, written as a task list.
//!
//! Correct choices share the points equally. A wrong one subtracts as much as a correct one adds, and at
//! least so much that choosing everything earns nothing. A trailing `` `+50%` `` or `` `-25%` `` sets the
//! weight of one choice. The mark is never below 0, and exactly the correct choices always earn all points.

use std::collections::BTreeSet;

use rand::Rng;
use rand::seq::IndexedRandom as _;
use serde::{Deserialize, Serialize};

use super::choices::{self, List, Weighted};
use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::text::QuestionText;
use super::written::{Content, PartDraft, QuestionDraft};
use crate::diagnostic::Report;
use crate::grade::{Fraction, Mark};
use crate::model::{PartId, Role};
use crate::text::Words;

/// The choices, in the author's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Ids of the choices.
    pub choices: Vec<PartId>,
}

/// The effect of each choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) choices: Vec<Weighted>,
}

/// The choices made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Their ids.
    pub choices: BTreeSet<PartId>,
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::Some;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        choices::draft(Role::Choice, 2, content, report)
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        let right = question.parts.iter().filter(|part| part.ticked).count();
        let wrong = question.parts.len().saturating_sub(right);
        let gain = Fraction::of(1, right).value();
        let loss = gain.max(Fraction::of(1, wrong).value());
        let choices = choices::weighted(
            &question.parts,
            ids,
            |ticked| if ticked { gain } else { -loss },
        );
        let body = Self {
            choices: ids.to_vec(),
        };
        (body, Key { choices })
    }

    fn grading(&self, key: &Key) -> serde_json::Value {
        choices::grading(&key.choices)
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        let choices = fields
            .all("a")
            .map(|value| choices::find(&self.choices, value))
            .collect::<Result<BTreeSet<_>, _>>()?;
        Ok((!choices.is_empty()).then_some(Answer { choices }))
    }

    fn guess(&self, text: &QuestionText, rng: &mut impl Rng) -> Option<Answer> {
        let lengths = choices::lengths(&self.choices, text);
        let sum: usize = lengths.iter().sum();
        let is_long = |length: usize| length.saturating_mul(lengths.len()) > sum;
        let long = self.choices.iter().zip(&lengths);
        let long = long.filter(|(_, length)| is_long(**length));
        let mut choices: BTreeSet<PartId> = long.map(|(choice, _)| choice.clone()).collect();
        if choices.is_empty() {
            choices.extend(self.choices.choose(rng).cloned());
        }
        Some(Answer { choices })
    }

    fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
        let chosen = |part: &PartId| answer.is_some_and(|answer| answer.choices.contains(part));
        let exact = key
            .choices
            .iter()
            .all(|choice| chosen(&choice.part) == choice.right);
        let share = if exact {
            1.0
        } else {
            key.choices
                .iter()
                .filter(|choice| chosen(&choice.part))
                .map(|choice| choice.weight)
                .sum()
        };
        choices::mark(share, &key.choices, chosen)
    }

    fn right_answer(key: &Key) -> Answer {
        Answer {
            choices: key
                .choices
                .iter()
                .filter(|choice| choice.right)
                .map(|choice| choice.part.clone())
                .collect(),
        }
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.choose_all
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let list = List {
            name: "a",
            choices: &self.choices,
            several: true,
            shuffled: true,
        };
        choices::render(
            &list,
            scene,
            |part| {
                scene
                    .answer
                    .is_some_and(|answer| answer.choices.contains(part))
            },
            out,
        );
    }
}
