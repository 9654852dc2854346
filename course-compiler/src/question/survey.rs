//! `.survey`: one of several options, or several with `choose="many"`, written as a task list with nothing
//! ticked.
//!
//! It is not marked, and the answers of many people are counted without names.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::choices::{self, List};
use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::tally::Tally;
use super::written::{Content, PartDraft, QuestionDraft};
use crate::diagnostic::Report;
use crate::grade::Mark;
use crate::model::{PartId, Role};
use crate::rules::{meta_bad_value, quiz_malformed};
use crate::text::Words;

/// The value of `choose` with which several options may be chosen.
const MANY: &str = "many";

/// The options, in the author's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Ids of the options.
    pub options: Vec<PartId>,
    /// Whether several may be chosen.
    pub many: bool,
}

/// There is no correct answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Key {
    options: Vec<PartId>,
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Ids of the options.
    pub options: BTreeSet<PartId>,
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::None;
    const MARKED: bool = false;
    const SETTINGS: &'static [&'static str] = &["choose"];

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        if let Some(choose) = content.attribute("choose")
            && choose.text != MANY
        {
            meta_bad_value::report(
                report,
                choose.span,
                "choose",
                "`choose=\"many\"`, or leave it out to let one be chosen",
            );
        }
        let parts = choices::draft(Role::Option, 2, content, report);
        for part in &parts {
            if part.ticked || part.weight.is_some() || !part.feedback.is_empty() {
                quiz_malformed::report(
                    report,
                    part.span,
                    "nothing is right or wrong in a survey",
                    "write `- [ ]` and the option, without a weight or feedback",
                );
            }
        }
        parts
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        let body = Self {
            options: ids.to_vec(),
            many: question.attribute("choose") == Some(MANY),
        };
        let key = Key {
            options: ids.to_vec(),
        };
        (body, key)
    }

    fn grading(&self, _: &Key) -> serde_json::Value {
        let options: BTreeSet<&PartId> = self.options.iter().collect();
        serde_json::json!([options, self.many])
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        let mut options = BTreeSet::new();
        for value in fields.all("a") {
            options.insert(choices::find(&self.options, value)?);
        }
        if options.len() > 1 && !self.many {
            return Err(ReadError::TooMany);
        }
        Ok((!options.is_empty()).then_some(Answer { options }))
    }

    fn mark(_: &Key, answer: Option<&Answer>) -> Mark {
        Mark::not_marked(answer.is_some())
    }

    fn right_answer(key: &Key) -> Answer {
        Answer {
            options: key.options.iter().take(1).cloned().collect(),
        }
    }

    fn tally(&self, answers: &[&Answer]) -> Vec<Tally> {
        let answers = answers.iter().map(|answer| &answer.options);
        vec![Tally::new(None, &self.options, answers)]
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        if self.many {
            words.survey_many
        } else {
            words.survey_one
        }
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        choices::render(
            &List {
                name: "a",
                choices: &self.options,
                several: self.many,
                shuffled: false,
            },
            scene,
            |part| {
                scene
                    .answer
                    .is_some_and(|answer| answer.options.contains(part))
            },
            out,
        );
    }
}
