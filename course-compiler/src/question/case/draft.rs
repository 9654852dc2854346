//! Steps as authors write them: headings, each with a text and a list of links.

use std::collections::BTreeMap;

use super::super::items;
use super::super::leaks::{self, Place};
use super::super::number;
use super::super::written::{Answers, Content, PartDraft};
use crate::diagnostic::{Location, Report};
use crate::model::{Role, is_well_formed};
use crate::parse::attributes::{Attributes, Word};
use crate::parse::{Node, NodeKind};
use crate::rules::{
    id_duplicate, id_missing, meta_bad_value, meta_unknown_key, quiz_bad_number, quiz_malformed,
};
use crate::source::Span;

/// The class of a step that ends the case.
pub(crate) const OUTCOME: &str = "outcome";

/// A step in its source form.
pub(super) struct DraftStep {
    pub(super) heading: Span,
    /// Absent if it has no id.
    pub(super) id: Option<Word>,
    pub(super) title: Vec<Node>,
    pub(super) text: Vec<Node>,
    pub(super) choices: Vec<DraftChoice>,
    pub(super) is_outcome: bool,
    /// The share of the points for an outcome; absent if it cannot be read.
    pub(super) mark: Option<f64>,
}

/// A choice in its source form.
pub(super) struct DraftChoice {
    pub(super) nodes: Vec<Node>,
    /// The id of the step that it leads to, without `#`.
    pub(super) to: String,
    pub(super) span: Span,
}

/// Takes the headings and the blocks below each.
pub(super) fn draft_steps(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<DraftStep> {
    let is_heading = |node: &Node| matches!(node.kind, NodeKind::Heading(_));
    let Some(first) = content.nodes.iter().position(is_heading) else {
        quiz_malformed::report(
            report,
            content.heading,
            "the case has no steps",
            "write them as headings below it: `#### What happens {#s-what}`",
        );
        return Vec::new();
    };
    let mut steps: Vec<DraftStep> = Vec::new();
    for node in content.nodes.split_off(first) {
        if let NodeKind::Heading(heading) = node.kind {
            let attributes = heading.attributes.unwrap_or_default();
            steps.push(draft_step(node.span, node.children, &attributes, report));
        } else if let Some(step) = steps.last_mut() {
            step.text.push(node);
        }
    }
    let mut taken: BTreeMap<String, Location> = BTreeMap::new();
    // The blocks above the steps are checked with the rest of the question.
    for step in &mut steps {
        let list = take_choices(step, report);
        content.since = step.heading.start;
        content.answers = list.into_iter().collect();
        let place = if step.is_outcome {
            Place::After
        } else {
            Place::Asked
        };
        leaks::sequence(content, &step.text, place, report);
        let Some(id) = step.id.take() else { continue };
        let here = Location::new(report.source, id.span);
        if let Some(first) = taken.get(&id.text) {
            report.push(id_duplicate::duplicate(here, &id.text, first.clone()));
        } else {
            taken.insert(id.text.clone(), here);
            step.id = Some(id);
        }
    }
    steps
}

fn draft_step(
    heading: Span,
    title: Vec<Node>,
    attributes: &Attributes,
    report: &mut Report<'_>,
) -> DraftStep {
    let id = attributes.ids.first().cloned();
    match &id {
        Some(id) if !(is_well_formed(&id.text) && id.text.starts_with("s-")) => {
            meta_bad_value::report(
                report,
                id.span,
                &id.text,
                "lower-case Latin letters, digits and hyphens, beginning with `s-`",
            );
        }
        Some(_) => {}
        None => id_missing::step(report, heading),
    }
    if title.is_empty() {
        quiz_malformed::report(
            report,
            heading,
            "the step has no title",
            "write a few words into the heading: they stand in the list of steps taken",
        );
    }
    let mut is_outcome = false;
    for class in &attributes.classes {
        if class.text == OUTCOME {
            is_outcome = true;
        } else {
            meta_unknown_key::report(report, class.span, &class.text, &[OUTCOME]);
        }
    }
    let known: &[&str] = if is_outcome { &["mark"] } else { &[] };
    let values = attributes.values.iter();
    let strays = attributes.strays.iter().map(|stray| (&stray.text, stray));
    for (key, word) in values.map(|(key, word)| (key, word)).chain(strays) {
        if !known.contains(&key.as_str()) {
            meta_unknown_key::report(report, word.span, key, known);
        }
    }
    DraftStep {
        heading,
        id,
        title,
        text: Vec::new(),
        choices: Vec::new(),
        is_outcome,
        mark: if is_outcome {
            mark(heading, attributes, report)
        } else {
            None
        },
    }
}

/// The share of the points for an outcome.
fn mark(heading: Span, attributes: &Attributes, report: &mut Report<'_>) -> Option<f64> {
    let written = attributes.values.iter().find(|(key, _)| key == "mark");
    let percent = written.and_then(|(_, word)| {
        let number = word.text.trim().strip_suffix('%')?;
        number::in_attribute(number).filter(|percent| (0.0..=100.0).contains(percent))
    });
    if percent.is_none() {
        let span = written.map_or(heading, |(_, word)| word.span);
        quiz_bad_number::bad_mark(report, span);
    }
    percent.map(|percent| percent / 100.0)
}

/// Takes the list of links with which the case continues.
fn take_choices(step: &mut DraftStep, report: &mut Report<'_>) -> Option<Answers> {
    let is_list = |node: &Node| {
        let linked = |item: &Node| {
            items::split(item.clone())
                .0
                .iter()
                .any(|node| link(node).is_some())
        };
        node.kind == NodeKind::List(None) && node.children.iter().any(linked)
    };
    let (mut lists, text) = std::mem::take(&mut step.text)
        .into_iter()
        .partition::<Vec<_>, _>(is_list);
    step.text = text;
    let list = lists.pop()?;
    for other in &lists {
        leaks::second_list(other, &list, report);
    }
    let answers = Answers::of(&list, report.source);
    if step.is_outcome {
        quiz_malformed::report(
            report,
            list.span,
            "an outcome ends the case",
            "remove the choices, or `.outcome` and its mark",
        );
        return Some(answers);
    }
    for item in list.children {
        let span = item.span;
        let (mut inline, blocks) = items::split(item);
        let to = match inline.as_slice() {
            [only] if blocks.is_empty() => link(only).map(str::to_owned),
            _ => None,
        };
        let (Some(to), Some(link)) = (to, inline.pop()) else {
            quiz_malformed::report(
                report,
                span,
                "a choice is a link to the step that follows, and nothing else",
                "write `- [What to do](#s-next)`",
            );
            continue;
        };
        step.choices.push(DraftChoice {
            nodes: link.children,
            to,
            span,
        });
    }
    Some(answers)
}

/// The step to which a link leads.
fn link(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Link { url, .. } => url.strip_prefix('#'),
        _ => None,
    }
}

/// The parts of all steps: for each step its title, text and choices. Empty if a step has no id, which was
/// reported already.
pub(super) fn parts(steps: Vec<DraftStep>) -> Vec<PartDraft> {
    let mut parts: Vec<PartDraft> = Vec::new();
    let mut places = BTreeMap::new();
    let mut targets = Vec::new();
    for step in steps {
        let Some(id) = step.id.map(|id| id.text) else {
            return Vec::new();
        };
        places.insert(id.clone(), parts.len());
        // A step is identified by the author's id, so its text may change.
        parts.push(PartDraft {
            text: id.clone(),
            weight: step.mark,
            value: format!("`{id}`"),
            ..PartDraft::new(Role::Step, step.title, step.heading)
        });
        if !step.text.is_empty() {
            parts.push(PartDraft {
                text: id.clone(),
                value: format!("of `{id}`"),
                ..PartDraft::new(Role::Text, step.text, step.heading)
            });
        }
        for choice in step.choices {
            parts.push(PartDraft {
                within: id.clone(),
                value: format!("to `{}`", choice.to),
                ..PartDraft::new(Role::Choice, choice.nodes, choice.span)
            });
            targets.push(choice.to);
        }
    }
    let choices = parts.iter_mut().filter(|part| part.role == Role::Choice);
    for (choice, to) in choices.zip(&targets) {
        choice.links.extend(places.get(to));
    }
    parts
}
