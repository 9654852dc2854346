//! The steps of a case, and an answer's path through them.

use serde::{Deserialize, Serialize};

use crate::model::PartId;

/// A step of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its id, which is also that of its title among the texts.
    pub id: PartId,
    /// The id of its text, if it has one.
    pub text: Option<PartId>,
    /// The choices; empty in a step that ends the case.
    pub choices: Vec<Choice>,
}

/// A choice in a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its id.
    pub id: PartId,
    /// The step to which it leads.
    pub to: PartId,
}

/// The path taken so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Each step with the choice made there, from the first. Empty if there is no choice.
    pub path: Vec<(PartId, PartId)>,
}

/// A path through the links, and the step that it reaches.
pub(super) struct Walk<'a> {
    pub(super) path: Vec<(&'a Step, &'a Choice)>,
    /// The current step; absent only in a case without steps.
    pub(super) at: Option<&'a Step>,
}

impl<'a> Walk<'a> {
    /// Follows the choices given by `chosen` as far as possible.
    pub(super) fn new(steps: &'a [Step], chosen: impl Fn(&'a Step) -> Option<&'a Choice>) -> Self {
        let mut path: Vec<(&Step, &Choice)> = Vec::new();
        let mut at = steps.first();
        while let Some(step) = at {
            let Some(choice) = chosen(step) else { break };
            let Some(next) = steps.iter().find(|step| step.id == choice.to) else {
                break;
            };
            path.push((step, choice));
            at = Some(next);
            if let Some(back) = path.iter().position(|(step, _)| step.id == next.id) {
                path.truncate(back);
                break;
            }
        }
        Self { path, at }
    }

    /// Follows an answer.
    pub(super) fn of(steps: &'a [Step], answer: Option<&Answer>) -> Self {
        Self::new(steps, |step| {
            let path = &answer?.path;
            let (_, chosen) = path.iter().find(|(taken, _)| *taken == step.id)?;
            step.choices.iter().find(|choice| choice.id == *chosen)
        })
    }

    pub(super) fn answer(&self) -> Answer {
        Answer {
            path: self
                .path
                .iter()
                .map(|(step, choice)| (step.id.clone(), choice.id.clone()))
                .collect(),
        }
    }
}
