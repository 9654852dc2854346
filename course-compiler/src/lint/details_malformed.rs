//! `details-malformed`: something that opens without words to press or without content, and descriptions without a
//! picture.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::{Block, DraftFile};
use crate::draft_course::DraftCourse;
use crate::parse::{Callout, Node, NodeKind, plain_text, walk};

pub(crate) const RULE: Rule = Rule {
    code: "details-malformed",
    severity: Severity::Error,
    page: include_str!("details_malformed.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        let mut before = None;
        for block in &file.blocks {
            before = match block {
                Block::Prose(node) => {
                    look(file, node, before, found);
                    Some(node)
                }
                Block::Heading { .. } => None,
                Block::Question(question) => {
                    for nodes in question.node_lists() {
                        siblings(file, nodes, found);
                    }
                    None
                }
            };
        }
        for note in &file.footnotes {
            siblings(file, &note.nodes, found);
        }
    }
}

fn siblings(file: &DraftFile, nodes: &[Node], found: &mut Vec<Diagnostic>) {
    let mut before = None;
    for node in nodes {
        look(file, node, before, found);
        before = Some(node);
    }
}

/// Looks at a node, which stands below another one, and at those inside it.
fn look(file: &DraftFile, node: &Node, before: Option<&Node>, found: &mut Vec<Diagnostic>) {
    let problem = match node.kind {
        NodeKind::Quote(Some(Callout::Details)) => details(&node.children),
        NodeKind::Quote(Some(Callout::Description)) => description(&node.children, before),
        _ => None,
    };
    if let Some((message, help)) = problem {
        found.push(RULE.at(&file.source, node.span, message).help(help));
    }
    siblings(file, &node.children, found);
}

type Problem = (&'static str, &'static str);

fn details(children: &[Node]) -> Option<Problem> {
    let Some((title, rest)) = children.split_first() else {
        return Some((
            "there are no words to press, and nothing that opens",
            "write on the line after the label what it is about, then `>` alone, then what opens",
        ));
    };
    if title.kind != NodeKind::Paragraph || plain_text(&title.children).is_empty() {
        return Some((
            "there are no words to press",
            "write on the line after the label what it is about, then `>` alone, then what opens",
        ));
    }
    let mut leads = false;
    walk(&title.children, &mut |node| {
        leads |= matches!(
            node.kind,
            NodeKind::Link { .. } | NodeKind::FootnoteReference(_)
        );
    });
    if leads {
        return Some((
            "a link in the words to press would be pressed with them",
            "write the link into the text that opens",
        ));
    }
    rest.is_empty().then_some((
        "nothing opens when these words are pressed",
        "write `>` alone on a line between the words to press and what opens",
    ))
}

fn description(children: &[Node], before: Option<&Node>) -> Option<Problem> {
    if children.is_empty() {
        return Some((
            "the description says nothing",
            "write it on the lines after the label, each with `>` before it",
        ));
    }
    let is_picture = before.is_some_and(|before| {
        let mut pictures = before.children.iter();
        before.kind == NodeKind::Paragraph
            && plain_text(&before.children) == plain_text(&pictures_of(before))
            && pictures.any(|node| {
                matches!(
                    node.kind,
                    NodeKind::Image {
                        decorative: false,
                        ..
                    }
                )
            })
    });
    (!is_picture).then_some((
        "there is no picture right above this description",
        "write it below the paragraph of the picture that it describes; a decorative picture has none",
    ))
}

/// The pictures of a paragraph.
fn pictures_of(paragraph: &Node) -> Vec<Node> {
    let is_picture = |node: &&Node| matches!(node.kind, NodeKind::Image { .. });
    paragraph
        .children
        .iter()
        .filter(is_picture)
        .cloned()
        .collect()
}
