//! `.case`: a branching situation. The headings below the question are its steps; a list of links at the end
//! of a step contains the choices, each of which leads to another step. A step of the class `.outcome` ends
//! the case and carries the mark.
//!
//! An answer is the path taken so far. Only steps on the path are shown, because later steps would reveal the
//! right choices. A choice that leads back to a step on the path shortens the path to that step, so a path
//! never contains a step twice.

mod check;
mod draft;
mod path;
mod render;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rand::Rng;
use rand::seq::IndexedRandom as _;
use serde::{Deserialize, Serialize};

pub(crate) use draft::OUTCOME;
pub(super) use path::{Answer, Choice, Step};

use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::text::QuestionText;
use super::written::{Content, PartDraft, QuestionDraft};
use crate::diagnostic::Report;
use crate::grade::{Fraction, Mark, Outcome, PartMark, Verdict};
use crate::model::{PartId, Role};
use crate::text::Words;

use check::check;
use draft::{draft_steps, parts};
use path::Walk;

/// The steps, in the author's order; the case starts with the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// All steps.
    pub steps: Vec<Step>,
}

/// The steps, and what their outcomes are worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) steps: Vec<Step>,
    /// Steps that end the case, each with its share of the points.
    pub(crate) outcomes: BTreeMap<PartId, f64>,
}

/// The most choices of a simulated guesser who goes round in circles.
const MOST_GUESSED_STEPS: usize = 200;

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::None;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        let steps = draft_steps(content, report);
        check(content.heading, &steps, report);
        parts(steps)
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        let mut steps: Vec<Step> = Vec::new();
        let mut outcomes = BTreeMap::new();
        for (part, id) in question.parts.iter().zip(ids) {
            if part.role == Role::Step {
                outcomes.extend(part.weight.map(|mark| (id.clone(), mark)));
                steps.push(Step {
                    id: id.clone(),
                    text: None,
                    choices: Vec::new(),
                });
            } else if let Some(step) = steps.last_mut() {
                match part.links.first().and_then(|to| ids.get(*to)) {
                    Some(to) => step.choices.push(Choice {
                        id: id.clone(),
                        to: to.clone(),
                    }),
                    None => step.text = Some(id.clone()),
                }
            }
        }
        let key = Key {
            steps: steps.clone(),
            outcomes,
        };
        (Self { steps }, key)
    }

    fn grading(&self, key: &Key) -> serde_json::Value {
        let first = self.steps.first().map(|step| &step.id);
        let links: BTreeSet<(&PartId, &PartId, &PartId)> = self
            .steps
            .iter()
            .flat_map(|step| {
                let choices = step.choices.iter();
                choices.map(|choice| (&step.id, &choice.id, &choice.to))
            })
            .collect();
        serde_json::json!([first, links, key.outcomes])
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        let mut chosen: BTreeMap<&PartId, &Choice> = BTreeMap::new();
        for (step, choice) in fields.of_parts() {
            let unknown = |word: &str| ReadError::Unknown(word.to_owned());
            let step = self.steps.iter().find(|known| known.id.as_str() == step);
            let step = step.ok_or_else(|| unknown(choice))?;
            let known = step
                .choices
                .iter()
                .find(|known| known.id.as_str() == choice);
            let choice = known.ok_or_else(|| unknown(choice))?;
            if chosen.insert(&step.id, choice).is_some() {
                return Err(ReadError::TooMany);
            }
        }
        // A path may be empty although something was chosen: a choice may lead back to the first step.
        let walk = Walk::new(&self.steps, |step| chosen.get(&step.id).copied());
        Ok((!chosen.is_empty()).then(|| walk.answer()))
    }

    fn is_complete(&self, answer: &Answer) -> bool {
        let walk = Walk::of(&self.steps, Some(answer));
        walk.at.is_some_and(|step| step.choices.is_empty())
    }

    fn guess(&self, _: &QuestionText, rng: &mut impl Rng) -> Option<Answer> {
        let mut path: Vec<(PartId, PartId)> = Vec::new();
        let mut at = self.steps.first();
        for _ in 0..MOST_GUESSED_STEPS {
            let Some((step, choice)) = at.and_then(|at| Some((at, at.choices.choose(rng)?))) else {
                break;
            };
            // Coming back to a step, another choice is made there.
            if let Some(back) = path.iter().position(|(taken, _)| *taken == step.id) {
                path.truncate(back);
            }
            path.push((step.id.clone(), choice.id.clone()));
            at = self.steps.iter().find(|step| step.id == choice.to);
        }
        Some(Answer { path })
    }

    fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
        let reached = Walk::of(&key.steps, answer).at.map(|step| &step.id);
        let parts = key.outcomes.iter().map(|(outcome, mark)| {
            let verdict = match (reached == Some(outcome), Fraction::new(*mark)) {
                (true, Fraction::ONE) => Verdict::Right,
                (true, Fraction::ZERO) => Verdict::Wrong,
                (true, _) => Verdict::Partial,
                (false, Fraction::ONE) => Verdict::Missed,
                (false, _) => Verdict::Untouched,
            };
            PartMark::new(outcome.clone(), verdict)
        });
        let parts = parts.collect();
        match reached.and_then(|step| key.outcomes.get(step)) {
            Some(mark) => Mark::new(Fraction::new(*mark), parts),
            None => Mark {
                fraction: Fraction::ZERO,
                outcome: Outcome::Unfinished,
                parts,
            },
        }
    }

    fn right_answer(key: &Key) -> Answer {
        let best = |step: &PartId| {
            let mark = key.outcomes.get(step);
            mark.is_some_and(|mark| Fraction::new(*mark) == Fraction::ONE)
        };
        let mut seen = BTreeSet::new();
        let mut waiting: VecDeque<(Option<&Step>, Answer)> = VecDeque::new();
        waiting.push_back((key.steps.first(), Answer { path: Vec::new() }));
        while let Some((step, answer)) = waiting.pop_front() {
            let Some(step) = step.filter(|step| seen.insert(&step.id)) else {
                continue;
            };
            if best(&step.id) {
                return answer;
            }
            for choice in &step.choices {
                let next = key.steps.iter().find(|step| step.id == choice.to);
                let mut longer = answer.clone();
                longer.path.push((step.id.clone(), choice.id.clone()));
                waiting.push_back((next, longer));
            }
        }
        Answer { path: Vec::new() }
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.choose_path
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        render::render(&self.steps, scene, out);
    }
}
