//! `.match`: a partner for each row, written as a table of two columns with a correct pair in each row.
//!
//! A row with an empty left cell adds a partner that matches no row. The mark is the share of rows with their
//! correct partner.

use std::collections::BTreeMap;

use rand::Rng;
use rand::seq::{IndexedRandom as _, SliceRandom as _};
use serde::{Deserialize, Serialize};

use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::text::QuestionText;
use super::written::{Content, PartDraft, QuestionDraft};
use super::{choices, leaks, shuffle};
use crate::diagnostic::Report;
use crate::grade::{Expected, Mark, PartMark, Verdict};
use crate::html::{self, Id, put};
use crate::model::{PartId, Role};
use crate::parse::NodeKind;
use crate::rules::quiz_malformed;
use crate::text::Words;

/// The two sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Rows that need a partner, in the author's order.
    pub rows: Vec<PartId>,
    /// Partners to choose from, in an order that does not reveal the pairs.
    pub partners: Vec<PartId>,
}

/// The correct partner of each row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) pairs: Vec<(PartId, PartId)>,
}

/// The partners chosen so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// For each matched row its partner.
    pub pairs: BTreeMap<PartId, PartId>,
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::None;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        let table = content.take_answers(
            |node| matches!(&node.kind, NodeKind::Table(columns) if columns.len() == 2),
            report,
        );
        refuse_tables(content, report);
        let Some(table) = table else {
            quiz_malformed::report(
                report,
                content.heading,
                "the question has no table of two columns",
                "write a table with a right pair in each row",
            );
            return Vec::new();
        };
        let mut rows: Vec<PartDraft> = Vec::new();
        let mut partners: Vec<PartDraft> = Vec::new();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for line in table.children {
            let span = line.span;
            if line.kind == NodeKind::TableHead {
                content.head = line.children;
                continue;
            }
            let mut cells = line.children.into_iter();
            let (NodeKind::TableRow, Some(left), Some(right)) =
                (line.kind, cells.next(), cells.next())
            else {
                continue;
            };
            let partner = PartDraft::new(Role::Partner, right.children, span);
            if partner.text.is_empty() {
                quiz_malformed::report(
                    report,
                    span,
                    "this row has no partner",
                    "fill the right cell",
                );
                continue;
            }
            let next = partners.len();
            let at = *known.entry(partner.text.clone()).or_insert(next);
            if at == next {
                partners.push(partner);
            }
            let mut row = PartDraft::new(Role::Row, left.children, span);
            if !row.text.is_empty() {
                row.links.push(at);
                rows.push(row);
            }
        }
        if rows.len() < 2 || partners.len() < 2 {
            quiz_malformed::report(
                report,
                content.heading,
                "too little to match",
                "write at least two rows with different partners",
            );
            return Vec::new();
        }
        let first_partner = rows.len();
        for row in &mut rows {
            for link in &mut row.links {
                *link = link.saturating_add(first_partner);
            }
        }
        rows.append(&mut partners);
        rows
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        let mut rows = Vec::new();
        let mut partners = Vec::new();
        let mut pairs = Vec::new();
        for (part, id) in question.parts.iter().zip(ids) {
            match part.links.first().and_then(|partner| ids.get(*partner)) {
                Some(partner) => {
                    rows.push(id.clone());
                    pairs.push((id.clone(), partner.clone()));
                }
                None => partners.push(id.clone()),
            }
        }
        // Ids are hashes of texts, so their order does not reveal the pairs.
        partners.sort();
        (Self { rows, partners }, Key { pairs })
    }

    fn grading(&self, key: &Key) -> serde_json::Value {
        let mut pairs = key.pairs.clone();
        pairs.sort();
        serde_json::json!([pairs, self.partners])
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        let mut pairs = BTreeMap::new();
        for (row, partner) in fields.of_parts() {
            let row = choices::find(&self.rows, row)?;
            let partner = choices::find(&self.partners, partner)?;
            if pairs.insert(row, partner).is_some() {
                return Err(ReadError::TooMany);
            }
        }
        Ok((!pairs.is_empty()).then_some(Answer { pairs }))
    }

    fn guess(&self, _: &QuestionText, rng: &mut impl Rng) -> Option<Answer> {
        let mut partners = self.partners.clone();
        partners.shuffle(rng);
        let has_enough = partners.len() >= self.rows.len();
        let mut one_for_each = partners.iter();
        let pairs = self.rows.iter().filter_map(|row| {
            let partner = if has_enough {
                one_for_each.next()
            } else {
                partners.choose(rng)
            };
            Some((row.clone(), partner?.clone()))
        });
        Some(Answer {
            pairs: pairs.collect(),
        })
    }

    fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
        let parts: Vec<PartMark> = key
            .pairs
            .iter()
            .map(|(row, partner)| {
                let verdict = match answer.and_then(|answer| answer.pairs.get(row)) {
                    Some(chosen) if chosen == partner => Verdict::Right,
                    Some(_) => Verdict::Wrong,
                    None => Verdict::Missed,
                };
                PartMark {
                    expected: (verdict != Verdict::Right).then(|| Expected::Part(partner.clone())),
                    ..PartMark::new(row.clone(), verdict)
                }
            })
            .collect();
        Mark::by_share(parts)
    }

    fn right_answer(key: &Key) -> Answer {
        Answer {
            pairs: key.pairs.iter().cloned().collect(),
        }
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.match_all
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let view = scene.view;
        let words = Words::of(view.language);
        let mut rows: Vec<&PartId> = self.rows.iter().collect();
        let mut partners: Vec<&PartId> = self.partners.iter().collect();
        if let Some(seed) = view.shuffle_seed {
            shuffle::shuffle(&mut rows, seed, scene.question.as_str());
            shuffle::shuffle(&mut partners, seed.rotate_left(32), scene.question.as_str());
        }
        let says = |part: &PartId| scene.text.parts.get(part).map_or("", String::as_str);

        out.push_str("<div class=\"match\">\n");
        for row in rows {
            let id = Id(view.id_prefix, row.as_str());
            let marked = view.marked.and_then(|mark| mark.part(row));
            let chosen = scene.answer.and_then(|answer| answer.pairs.get(row));
            put!(out, "<div class=\"match__row{}\">", modifier(marked));
            if view.disabled {
                // A list that cannot be opened would cut off what was chosen where there is little room.
                put!(
                    out,
                    "<p class=\"match__left\"{}>{}</p><p class=\"match__given\"{}>{}</p>",
                    html::lang(scene.foreign),
                    says(row),
                    html::lang(scene.foreign),
                    chosen.map_or("–", says),
                );
            } else {
                put!(
                    out,
                    "<label class=\"match__left\" for=\"{id}\"{}>{}</label><select \
                     class=\"match__select\" id=\"{id}\" name=\"{}\"{}><option value=\"\">{}</option>",
                    html::lang(scene.foreign),
                    says(row),
                    view.field(&format!("a.{row}")),
                    html::described(marked.is_some(), &id),
                    words.choose,
                );
                for partner in &partners {
                    put!(
                        out,
                        "<option value=\"{}\"{}{}>{}</option>",
                        html::escape(partner.as_str()),
                        html::lang(scene.foreign),
                        html::flag("selected", chosen == Some(*partner)),
                        html::without_tags(says(partner)),
                    );
                }
                out.push_str("</select>");
            }
            if let Some(part) = marked {
                let word = match part.verdict {
                    Verdict::Right => words.right,
                    Verdict::Missed => words.unanswered,
                    _ => words.wrong,
                };
                let word = match &part.expected {
                    Some(Expected::Part(expected)) => {
                        let expected = html::without_tags(says(expected));
                        format!("{word}. {} {expected}", words.right_answer)
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
            out.push_str("</div>\n");
        }
        out.push_str("</div>\n");
    }
}

/// Reports tables with another number of columns, whose rows may be answers that were not recognised.
pub(super) fn refuse_tables(content: &mut Content<'_>, report: &mut Report<'_>) {
    let taken = content.answers.last().map(|table| table.span);
    if let Some(taken) = taken {
        content.nodes.retain(|node| {
            let is_table = matches!(node.kind, NodeKind::Table(_));
            if is_table {
                leaks::other_table(node, taken, report);
            }
            !is_table
        });
    }
}

/// The class of a row once it is marked.
fn modifier(marked: Option<&PartMark>) -> &'static str {
    match marked.map(|part| part.verdict) {
        Some(Verdict::Right) => " match__row--right",
        // Nothing was chosen: the words say so, and nothing that was done is called wrong.
        Some(Verdict::Missed) | None => "",
        Some(_) => " match__row--wrong",
    }
}
