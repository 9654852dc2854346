//! `metadata-not-first`: front matter that is not at the beginning of a file, so that it is ordinary text.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::Block;
use crate::draft_course::DraftCourse;
use crate::parse::NodeKind;

pub(crate) const RULE: Rule = Rule {
    code: "metadata-not-first",
    severity: Severity::Warning,
    page: include_str!("metadata_not_first.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        let paragraphs = file.blocks.iter().filter_map(|block| match block {
            Block::Prose(node) if node.kind == NodeKind::Paragraph => Some(node),
            _ => None,
        });
        for paragraph in paragraphs {
            if file.source.slice(paragraph.span).starts_with("+++\n") {
                found.push(
                    RULE.at(
                        &file.source,
                        paragraph.span,
                        "front matter in the middle of a file is ordinary text",
                    )
                    .help("move it to the very first line, or remove it"),
                );
            }
        }
    }
}
