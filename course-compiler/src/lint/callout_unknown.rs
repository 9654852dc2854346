//! `callout-unknown`: something like `[!NOTE]` that makes no callout, so that readers see the brackets.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::{Block, DraftFile};
use crate::draft_course::DraftCourse;
use crate::likeness::nearest;
use crate::parse::{Callout, Node, NodeKind, callout_label, walk};

pub(crate) const RULE: Rule = Rule {
    code: "callout-unknown",
    severity: Severity::Error,
    page: include_str!("callout_unknown.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        for block in &file.blocks {
            // Of what stands in a question, `quiz-answer-shown` tells.
            if let Block::Prose(node) = block {
                look(file, std::slice::from_ref(node), found);
            }
        }
    }
}

fn look(file: &DraftFile, nodes: &[Node], found: &mut Vec<Diagnostic>) {
    let mut quoted = Vec::new();
    walk(nodes, &mut |node| {
        if let NodeKind::Quote(_) = node.kind {
            quoted.extend(node.children.first().map(|first| first.span.start));
        }
        let Some(label) = callout_label(node) else {
            return;
        };
        let word = label.word.trim().to_ascii_uppercase();
        let is_known = Callout::LABELS.contains(&word.as_str());
        let lower: Vec<String> = Callout::LABELS
            .iter()
            .map(|label| label.to_ascii_lowercase())
            .collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        let (message, help) = if !is_known {
            let meant = nearest(&word.to_ascii_lowercase(), &lower);
            (
                format!("there is no callout `[!{word}]`"),
                match meant {
                    Some(meant) => format!("did you mean `[!{}]`?", meant.to_ascii_uppercase()),
                    None => format!("write one of {}", labels()),
                },
            )
        } else if label.is_alone && !quoted.contains(&node.span.start) {
            (
                "a callout is a quote".to_owned(),
                "begin this line and those after it with `> `".to_owned(),
            )
        } else {
            (
                "the label of a callout stands alone on its line".to_owned(),
                "put the words after it on the next line, after `> `".to_owned(),
            )
        };
        found.push(RULE.at(&file.source, label.span, message).help(help));
    });
}

fn labels() -> String {
    let labels: Vec<String> = Callout::LABELS
        .iter()
        .map(|label| format!("`[!{label}]`"))
        .collect();
    labels.join(", ")
}
