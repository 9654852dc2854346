//! `heading-empty`: a heading without text.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::Block;
use crate::draft_course::DraftCourse;
use crate::parse::{Node, NodeKind};

pub(crate) const RULE: Rule = Rule {
    code: "heading-empty",
    severity: Severity::Warning,
    page: include_str!("heading_empty.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        let mut look = |node: &Node| {
            if node.plain_text().is_empty() {
                found.push(
                    RULE.at(&file.source, node.span, "the heading says nothing")
                        .help("write what the text below is about, or remove the line"),
                );
            }
        };
        for block in &file.blocks {
            match block {
                Block::Heading { node, .. } => look(node),
                // An empty heading of the question itself is reported by `quiz-malformed`.
                Block::Question(question) => question
                    .prompt
                    .iter()
                    .filter(|node| matches!(node.kind, NodeKind::Heading(_)))
                    .for_each(&mut look),
                Block::Prose(_) => {}
            }
        }
    }
}
