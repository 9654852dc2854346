//! Parses a question: its heading, and the blocks below it, sorted.

use std::collections::BTreeSet;

use crate::diagnostic::Report;
use crate::model::{Language, is_well_formed};
use crate::parse::attributes::{Attributes, Word};
use crate::parse::{Callout, Heading, Node, NodeKind};
use crate::question::{self, Content, OUTCOME, PartDraft, QuestionDraft, leaks};
use crate::rules::{
    id_missing, meta_bad_value, meta_unknown_key, quiz_bad_number, quiz_malformed,
    quiz_unknown_type,
};
use crate::source::Span;

/// Whether a heading starts a question: it has an id with the prefix of questions, or a class, and is not a
/// step of a case.
pub(crate) fn is_question(heading: &Heading) -> bool {
    heading.attributes.as_ref().is_some_and(|attributes| {
        let begins = |prefix| attributes.ids.iter().any(|id| id.text.starts_with(prefix));
        begins("q-") || (!attributes.classes.is_empty() && !is_step(attributes))
    })
}

/// Whether these are the attributes of a step of a case.
fn is_step(attributes: &Attributes) -> bool {
    attributes.ids.iter().any(|id| id.text.starts_with("s-"))
        || attributes.classes.iter().any(|class| class.text == OUTCOME)
}

/// Reports a heading written as a step of a case outside of a case.
pub(crate) fn refuse_step(node: &Node, report: &mut Report<'_>) {
    if let NodeKind::Heading(Heading {
        attributes: Some(attributes),
        ..
    }) = &node.kind
        && is_step(attributes)
    {
        quiz_malformed::report(
            report,
            attributes.span,
            "a step of a case outside of one",
            "write it below a heading of the type `.case`, one level deeper; ids of questions begin with `q-`",
        );
    }
}

/// Parses a question.
pub(crate) fn read(
    span: Span,
    heading: &Heading,
    title: Vec<Node>,
    nodes: Vec<Node>,
    (language, report): (Language, &mut Report<'_>),
) -> QuestionDraft {
    let default = Attributes::default();
    let attributes = heading.attributes.as_deref().unwrap_or(&default);
    let mut hints = Vec::new();
    let mut explanation = Vec::new();
    let mut rest = Vec::new();
    let mut callouts = Vec::new();
    for node in nodes {
        if let NodeKind::Quote(Some(callout @ (Callout::Tip | Callout::Note))) = node.kind {
            callouts.push((node.span, callout));
        }
        match node.kind {
            NodeKind::Quote(Some(Callout::Tip)) => hints.push(node.children),
            NodeKind::Quote(Some(Callout::Note)) => explanation.extend(node.children),
            _ => rest.push(node),
        }
    }
    let mut content = Content {
        nodes: rest,
        heading: span,
        attributes,
        language,
        callouts,
        answers: Vec::new(),
        head: Vec::new(),
        since: 0,
    };
    if title.is_empty() {
        quiz_malformed::report(
            report,
            span,
            "the question asks nothing",
            "write the question into the heading, before the braces",
        );
    }
    let class = class(attributes, span, report);
    let id = attributes.ids.first().cloned();
    match &id {
        Some(id) if !(is_well_formed(&id.text) && id.text.starts_with("q-")) => {
            meta_bad_value::report(
                report,
                id.span,
                &id.text,
                "lower-case Latin letters, digits and hyphens, beginning with `q-`",
            );
        }
        Some(_) => {}
        None => id_missing::report(report, span),
    }
    let points = points(class.as_deref(), &content, report);
    let outcomes = outcomes(&content, report);
    let parts = class
        .as_deref()
        .map(|class| {
            check_attributes(class, attributes, report);
            let parts = question::draft(class, &mut content, report);
            if matches!(class, "short" | "numeric") {
                idle_weights(&parts, report);
            }
            let after = (hints.as_slice(), explanation.as_slice());
            leaks::check(&content, (&title, &parts), after, class, report);
            parts
        })
        .unwrap_or_default();
    for node in &content.nodes {
        refuse_step(node, report);
    }
    QuestionDraft {
        heading: span,
        level: heading.level,
        id,
        language,
        class: class.unwrap_or_default(),
        points,
        has_points: content.attribute("points").is_some(),
        outcomes,
        attributes: attributes
            .values
            .iter()
            .filter(|(key, _)| key != "points" && key != "outcomes")
            .map(|(key, value)| (key.clone(), value.text.clone()))
            .collect(),
        title,
        prompt: content.nodes,
        head: content.head,
        hints,
        explanation,
        parts,
        below: String::new(),
    }
}

/// Reports weights of typed answers that have no effect.
fn idle_weights(parts: &[PartDraft], report: &mut Report<'_>) {
    for part in parts {
        match part.weight {
            Some(weight) if part.ticked && weight < 1.0 => {
                quiz_bad_number::idle_weight(report, part.span, true);
            }
            Some(weight) if !part.ticked && weight < 0.0 => {
                quiz_bad_number::idle_weight(report, part.span, false);
            }
            _ => {}
        }
    }
}

/// The type, if exactly one known type is written.
fn class(attributes: &Attributes, heading: Span, report: &mut Report<'_>) -> Option<String> {
    let [class] = attributes.classes.as_slice() else {
        quiz_unknown_type::not_one(report, heading, question::CLASSES);
        return None;
    };
    let known = question::CLASSES.contains(&class.text.as_str());
    if !known {
        quiz_unknown_type::unknown(report, class.span, &class.text, question::CLASSES);
    }
    known.then(|| class.text.clone())
}

fn points(class: Option<&str>, content: &Content<'_>, report: &mut Report<'_>) -> f64 {
    let word = content.attribute("points");
    if !class.is_none_or(question::is_marked) {
        if let Some(word) = word {
            quiz_bad_number::points_without_marks(report, word.span);
        }
        return 0.0;
    }
    let Some(word) = word else {
        return 1.0;
    };
    let points = question::in_attribute(&word.text).filter(|points| (0.1..=100.0).contains(points));
    points.unwrap_or_else(|| {
        quiz_bad_number::bad_points(report, word.span);
        1.0
    })
}

/// The outcomes that a question practises or tests: ids separated by spaces or commas.
fn outcomes(content: &Content<'_>, report: &mut Report<'_>) -> Vec<Word> {
    let Some(written) = content.attribute("outcomes") else {
        return Vec::new();
    };
    let mut outcomes: Vec<Word> = Vec::new();
    let ids = written.text.split(|c: char| c.is_whitespace() || c == ',');
    for id in ids.filter(|id| !id.is_empty()) {
        if !(is_well_formed(id) && id.starts_with("o-")) {
            bad_outcomes(written.span, report);
        } else if outcomes.iter().any(|known| known.text == id) {
            quiz_malformed::report(
                report,
                written.span,
                format!("`{id}` is named twice"),
                "name each outcome once",
            );
        } else {
            outcomes.push(Word {
                text: id.to_owned(),
                span: written.span,
            });
        }
    }
    if outcomes.is_empty() {
        bad_outcomes(written.span, report);
    }
    outcomes
}

fn bad_outcomes(place: Span, report: &mut Report<'_>) {
    meta_bad_value::report(
        report,
        place,
        "outcomes",
        "ids of outcomes of `course.toml`, with spaces between: `outcomes=\"o-plan o-talk\"`",
    );
}

fn check_attributes(class: &str, attributes: &Attributes, report: &mut Report<'_>) {
    let mut known = vec!["points", "outcomes"];
    known.extend(question::settings(class));
    let mut seen = BTreeSet::new();
    for (key, value) in &attributes.values {
        if !seen.insert(key) {
            quiz_malformed::report(
                report,
                value.span,
                format!("`{key}` is written twice"),
                "leave the one that is meant",
            );
        }
        if !known.contains(&key.as_str()) {
            meta_unknown_key::report(report, value.span, key, &known);
        }
    }
    for stray in &attributes.strays {
        meta_unknown_key::report(report, stray.span, &stray.text, &known);
    }
}
