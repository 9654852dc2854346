//! `.likert`: agreement with statements, written as a table: the scale in its head, a statement in each row,
//! the other cells empty.
//!
//! It is not marked, and the answers of many people are counted without names. It counts as answered once one
//! statement is rated.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::tally::Tally;
use super::written::{Content, PartDraft, QuestionDraft};
use super::{choices, matching};
use crate::diagnostic::Report;
use crate::grade::Mark;
use crate::html::{self, Id, put};
use crate::model::{PartId, Role};
use crate::parse::{Node, NodeKind};
use crate::rules::quiz_malformed;
use crate::text::Words;

/// The scale and the statements, in the author's order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The heading of the statements, if there is one.
    pub label: Option<PartId>,
    /// Points of the scale.
    pub points: Vec<PartId>,
    /// Statements.
    pub statements: Vec<PartId>,
}

/// There is no correct answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Key {
    points: Vec<PartId>,
    statements: Vec<PartId>,
}

/// The ratings so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// For each rated statement its point.
    pub points: BTreeMap<PartId, PartId>,
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::None;
    const MARKED: bool = false;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        let table = content.take_answers(
            |node| matches!(&node.kind, NodeKind::Table(columns) if columns.len() > 2),
            report,
        );
        matching::refuse_tables(content, report);
        let Some(table) = table else {
            quiz_malformed::report(
                report,
                content.heading,
                "the question has no table with a scale",
                "write a table: the points of the scale in its head from the second cell on, a statement in each row",
            );
            return Vec::new();
        };
        let mut parts = Vec::new();
        for line in table.children {
            let is_head = line.kind == NodeKind::TableHead;
            let span = line.span;
            let mut cells = line.children.into_iter();
            let Some(first) = cells.next() else { continue };
            if is_head {
                let label = PartDraft::new(Role::Label, first.children, span);
                parts.extend((!label.text.is_empty()).then_some(label));
                for cell in cells {
                    parts.push(named(Role::Point, cell, report));
                }
            } else {
                let filled = cells.find(|cell| !cell.children.is_empty());
                if let Some(cell) = filled {
                    quiz_malformed::report(
                        report,
                        cell.span,
                        "beside a statement there is nothing to read",
                        "leave this cell empty: here learners answer",
                    );
                }
                parts.push(named(Role::Statement, Node { span, ..first }, report));
            }
        }
        if !parts.iter().any(|part| part.role == Role::Statement) {
            quiz_malformed::report(
                report,
                content.heading,
                "the table has no statements",
                "write one in the first cell of each row",
            );
        }
        parts
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        let of = |role| -> Vec<PartId> {
            let parts = question.parts.iter().zip(ids);
            parts
                .filter(|(part, _)| part.role == role)
                .map(|(_, id)| id.clone())
                .collect()
        };
        let key = Key {
            points: of(Role::Point),
            statements: of(Role::Statement),
        };
        let body = Self {
            label: of(Role::Label).pop(),
            points: key.points.clone(),
            statements: key.statements.clone(),
        };
        (body, key)
    }

    fn grading(&self, _: &Key) -> serde_json::Value {
        let mut statements: Vec<&PartId> = self.statements.iter().collect();
        statements.sort();
        serde_json::json!([self.points, statements])
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        let mut points = BTreeMap::new();
        for (statement, point) in fields.of_parts() {
            let statement = choices::find(&self.statements, statement)?;
            let point = choices::find(&self.points, point)?;
            if points.insert(statement, point).is_some() {
                return Err(ReadError::TooMany);
            }
        }
        Ok((!points.is_empty()).then_some(Answer { points }))
    }

    fn mark(_: &Key, answer: Option<&Answer>) -> Mark {
        Mark::not_marked(answer.is_some())
    }

    fn right_answer(key: &Key) -> Answer {
        let statements = key.statements.iter().cloned();
        Answer {
            points: statements.zip(key.points.iter().cycle().cloned()).collect(),
        }
    }

    fn tally(&self, answers: &[&Answer]) -> Vec<Tally> {
        let statements = self.statements.iter();
        statements
            .map(|statement| {
                let points = answers.iter().map(|answer| answer.points.get(statement));
                Tally::new(Some(statement.clone()), &self.points, points)
            })
            .collect()
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.likert
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let says = |part: &PartId| scene.text.parts.get(part).map_or("", String::as_str);
        let foreign = html::lang(scene.foreign);
        put!(out, "<table class=\"likert\"{foreign}>\n<thead><tr>");
        match &self.label {
            Some(label) => put!(out, "<th scope=\"col\">{}</th>", says(label)),
            None => out.push_str("<td></td>"),
        }
        for point in &self.points {
            put!(
                out,
                "<th class=\"likert__head\" scope=\"col\">{}</th>",
                says(point)
            );
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for statement in &self.statements {
            let row = Id(scene.view.id_prefix, statement.as_str()).to_string();
            put!(
                out,
                "<tr class=\"likert__row\"><th class=\"likert__statement\" scope=\"row\" id=\"{row}\">{}</th>",
                says(statement),
            );
            let given = scene.answer.and_then(|answer| answer.points.get(statement));
            for point in &self.points {
                // The label of the point is also in the table head; beside the button it is visible on narrow
                // screens, where the table becomes a column.
                let id = Id(&row, point.as_str());
                put!(
                    out,
                    "<td class=\"likert__cell\"><label class=\"likert__choice\"><input class=\"choice__input\" \
                     type=\"radio\" name=\"{}\" value=\"{}\" aria-labelledby=\"{row} {id}\"{}> <span \
                     class=\"likert__point\" id=\"{id}\">{}</span></label></td>",
                    scene.view.field(&format!("a.{statement}")),
                    html::escape(point.as_str()),
                    html::flag("checked", given == Some(point)),
                    says(point),
                );
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table>\n");
    }
}

/// A part made from a cell, which must not be empty.
fn named(role: Role, cell: Node, report: &mut Report<'_>) -> PartDraft {
    let part = PartDraft::new(role, cell.children, cell.span);
    if part.text.is_empty() {
        quiz_malformed::report(
            report,
            cell.span,
            format!("this {role} says nothing"),
            "fill the cell",
        );
    }
    part
}
