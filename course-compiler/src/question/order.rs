//! `.order`: rows to be put in order, written as a numbered list in the correct order.
//!
//! The mark is the share of adjacent pairs of the correct order that are also adjacent in the answer, so that
//! one misplaced row does not cost all points. With `marking="exact"` only the complete correct order earns
//! points.

use std::collections::BTreeMap;

use rand::Rng;
use rand::seq::SliceRandom as _;
use serde::{Deserialize, Serialize};

use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::text::QuestionText;
use super::written::{Content, PartDraft, QuestionDraft};
use super::{choices, items, leaks, shuffle};
use crate::diagnostic::Report;
use crate::grade::{Expected, Fraction, Mark, PartMark, Verdict};
use crate::html::{self, Id, put};
use crate::model::{PartId, Role};
use crate::parse::NodeKind;
use crate::rules::{meta_bad_value, quiz_malformed};
use crate::text::Words;

/// The value of `marking` with which only the complete order earns points.
const EXACT: &str = "exact";

/// The rows, in an order that does not reveal the correct one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Ids of the rows.
    pub rows: Vec<PartId>,
}

/// The correct order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) rows: Vec<PartId>,
    /// Whether only the complete order earns points.
    pub(crate) exact: bool,
}

/// The positions given so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// For each placed row its position, counted from 1. Two rows may have the same position.
    pub places: BTreeMap<PartId, usize>,
}

impl Answer {
    /// The position of a row, if no other row has it.
    fn own_place(&self, row: &PartId) -> Option<usize> {
        let place = self.places.get(row)?;
        let shared = self.places.values().filter(|other| *other == place).count() > 1;
        (!shared).then_some(*place)
    }
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::None;
    const SETTINGS: &'static [&'static str] = &["marking"];

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        if let Some(marking) = content.attribute("marking")
            && marking.text != EXACT
        {
            meta_bad_value::report(
                report,
                marking.span,
                "marking",
                "`marking=\"exact\"`, or leave it out",
            );
        }
        let list =
            content.take_answers(|node| matches!(node.kind, NodeKind::List(Some(_))), report);
        let Some(list) = list else {
            quiz_malformed::report(
                report,
                content.heading,
                "the question has no numbered list",
                "write the rows in the right order: `1. …`, `2. …`",
            );
            return Vec::new();
        };
        list.children
            .into_iter()
            .map(|item| {
                let span = item.span;
                let (mut inline, blocks) = items::split(item);
                leaks::lazy_line(span, &inline, report);
                let blocks = choices::take_code(&mut inline, blocks);
                let mut part = PartDraft::new(Role::Row, inline, span);
                part.feedback = choices::feedback(blocks, report);
                part
            })
            .collect()
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        let mut rows = ids.to_vec();
        // Ids are hashes of texts, so their order does not reveal the correct one.
        rows.sort();
        let key = Key {
            rows: ids.to_vec(),
            exact: question.attribute("marking") == Some(EXACT),
        };
        (Self { rows }, key)
    }

    fn grading(&self, key: &Key) -> serde_json::Value {
        serde_json::json!([key.rows, key.exact])
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        let mut places = BTreeMap::new();
        for (row, value) in fields.of_parts() {
            let row = choices::find(&self.rows, row)?;
            let place = value
                .trim()
                .parse()
                .ok()
                .filter(|place| (1..=self.rows.len()).contains(place))
                .ok_or_else(|| ReadError::Unknown(value.to_owned()))?;
            if places.insert(row, place).is_some() {
                return Err(ReadError::TooMany);
            }
        }
        Ok((!places.is_empty()).then_some(Answer { places }))
    }

    fn guess(&self, _: &QuestionText, rng: &mut impl Rng) -> Option<Answer> {
        let mut rows = self.rows.clone();
        rows.shuffle(rng);
        Some(Answer {
            places: rows.into_iter().zip(1..).collect(),
        })
    }

    fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
        let own_place = |row: &PartId| answer.and_then(|answer| answer.own_place(row));
        let parts: Vec<PartMark> = (1..)
            .zip(&key.rows)
            .map(|(place, row)| {
                let verdict = match answer.and_then(|answer| answer.places.get(row)) {
                    Some(given) if *given == place && own_place(row).is_some() => Verdict::Right,
                    Some(_) => Verdict::Wrong,
                    None => Verdict::Missed,
                };
                PartMark {
                    expected: (verdict != Verdict::Right).then_some(Expected::Place(place)),
                    ..PartMark::new(row.clone(), verdict)
                }
            })
            .collect();
        let neighbours = key.rows.iter().zip(key.rows.iter().skip(1));
        let kept = neighbours
            .filter(|(row, next)| {
                matches!(
                    (own_place(row), own_place(next)),
                    (Some(place), Some(after)) if after == place.saturating_add(1)
                )
            })
            .count();
        let all = key.rows.len().saturating_sub(1);
        let share = match (key.exact, kept == all) {
            (true, false) => Fraction::ZERO,
            _ => Fraction::of(kept, all),
        };
        Mark::new(share, parts)
    }

    fn right_answer(key: &Key) -> Answer {
        Answer {
            places: key.rows.iter().cloned().zip(1..).collect(),
        }
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.put_in_order
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let view = scene.view;
        let words = Words::of(view.language);
        let mut rows: Vec<&PartId> = self.rows.iter().collect();
        if let Some(seed) = view.shuffle_seed {
            shuffle::shuffle(&mut rows, seed, scene.question.as_str());
        }
        out.push_str("<ul class=\"order\">\n");
        for row in rows {
            let id = Id(view.id_prefix, row.as_str());
            let marked = view.marked.and_then(|mark| mark.part(row));
            let given = scene.answer.and_then(|answer| answer.places.get(row));
            put!(
                out,
                "<li class=\"order__row{}\"><select class=\"order__select\" id=\"{id}\" name=\"{}\"{}><option \
                 value=\"\">–</option>",
                modifier(marked),
                view.field(&format!("a.{row}")),
                html::described(marked.is_some(), &id),
            );
            for place in 1..=self.rows.len() {
                put!(
                    out,
                    "<option value=\"{place}\"{}>{place}</option>",
                    html::flag("selected", given == Some(&place)),
                );
            }
            put!(
                out,
                "</select><label class=\"order__label\" for=\"{id}\"><span class=\"visually-hidden\">{} \
                 </span><span{}>{}</span></label>",
                words.place_of,
                html::lang(scene.foreign),
                scene.text.parts.get(row).map_or("", String::as_str),
            );
            if let Some(part) = marked {
                let word = match part.verdict {
                    Verdict::Right => words.right,
                    Verdict::Missed => words.unanswered,
                    _ => words.wrong,
                };
                let word = match &part.expected {
                    Some(Expected::Place(place)) => {
                        format!("{word}. {} {place}", words.right_place)
                    }
                    _ => word.to_owned(),
                };
                html::verdict(
                    &html::Feedback {
                        id: &id,
                        word: &word,
                        part,
                        language: view.language,
                    },
                    out,
                );
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
}

/// The class of a row once it is marked.
fn modifier(marked: Option<&PartMark>) -> &'static str {
    match marked.map(|part| part.verdict) {
        Some(Verdict::Right) => " order__row--right",
        // Nothing was chosen: the words say so, and nothing that was done is called wrong.
        Some(Verdict::Missed) | None => "",
        Some(_) => " order__row--wrong",
    }
}
