//! Checks everything that a question shows, from its heading to its explanation.

use super::blocks::{flush, introduces, is_stray, trimmed_end, unindented_feedback};
use super::boxes::{box_at_start, box_in, gap, told_box};
use super::callouts::{self, callout_tag, misread_callout, within_callout};
use super::lines::{Line, lines_of};
use super::place::Place;
use super::{labels, marks, notations, rows, weights};
use crate::diagnostic::{Diagnostic, Report};
use crate::model::Role;
use crate::parse::{Callout, Node, NodeKind};
use crate::question::items;
use crate::question::written::{Content, PartDraft};
use crate::rules::quiz_answer_shown;
use crate::source::Span;

/// Checks everything that a question shows except what its type took; `parts` are those taken.
pub(crate) fn check(
    content: &Content<'_>,
    (title, parts): (&[Node], &[PartDraft]),
    (hints, explanation): (&[Vec<Node>], &[Node]),
    class: &str,
    report: &mut Report<'_>,
) {
    let asked = if class == "cloze" {
        Place::AskedWithGaps
    } else {
        Place::Asked
    };
    report.found.extend(in_nodes(title, Place::Title, report));
    // Missing answers were reported already; then the text may be meant to be the answers.
    let has_answers = matches!(class, "cloze" | "reflect" | "case") || !content.answers.is_empty();
    if has_answers {
        sequence(content, &content.nodes, asked, report);
    }
    for part in parts {
        // An invalid box was reported already, and the text of a step was checked with the step.
        let is_told = (items::fake_box(&part.text).is_some() && !has_box(part, report))
            || (class == "case" && part.role == Role::Text);
        if part.public && !is_told {
            let found = in_nodes(&part.nodes, Place::Part, report)
                .or_else(|| weights::weight(part, parts, class, report))
                .or_else(|| marks::on_choice(part, parts, class, report));
            report.found.extend(found);
        }
        report
            .found
            .extend(in_nodes(&part.feedback, Place::After, report));
    }
    if class == "order" {
        let hinted = hints.iter().flatten();
        let found = rows::in_order(content.nodes.iter().chain(hinted), parts, report);
        report.found.extend(found);
    }
    for hint in hints {
        let found = in_nodes(hint, Place::Hint, report)
            .or_else(|| marks::on_hint(hint, parts, class, report));
        report.found.extend(found);
    }
    report
        .found
        .extend(in_nodes(explanation, Place::After, report));
}

/// Whether a part starts with a recognised box.
fn has_box(part: &PartDraft, report: &Report<'_>) -> bool {
    let text = report.source.slice(part.span);
    let text = text.trim_start_matches(|c: char| !"[\\".contains(c));
    ["[ ]", "[x]", "[X]"].iter().any(|tick| {
        text.strip_prefix(tick)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    })
}

/// Checks blocks that were not taken: those before answers, hints and the explanation are the prompt; others
/// are not allowed.
pub(in crate::question) fn sequence(
    content: &Content<'_>,
    nodes: &[Node],
    asked: Place,
    report: &mut Report<'_>,
) {
    let mut stray: Vec<&Node> = Vec::new();
    for node in nodes {
        // HTML is reported by another rule.
        if node.kind == NodeKind::Html {
            continue;
        }
        if let Some(found) = misread_callout(node, report) {
            report.push(found);
        } else if is_stray(content, node) {
            if let Some(found) = unindented_feedback(content, node, report) {
                report.push(found);
            } else {
                stray.push(node);
                continue;
            }
        } else if introduces(content, node, report) {
            // “Atbildes:” above the answers reveals nothing.
        } else if let Some(found) = in_nodes(std::slice::from_ref(node), asked, report) {
            report.push(found);
        }
        flush(content, &mut stray, report);
    }
    flush(content, &mut stray, report);
}

/// The first content of these nodes that must not be shown at this place.
pub(super) fn in_nodes(nodes: &[Node], place: Place, report: &Report<'_>) -> Option<Diagnostic> {
    if place != Place::After
        && let Some(found) = inner_blocks(nodes, place, false, report)
    {
        return Some(found);
    }
    lines_of(nodes)
        .iter()
        .find_map(|line| in_line(line, place, report))
}

/// Nested blocks that are not allowed there: boxes, hints, explanations, accidental code.
fn inner_blocks(
    nodes: &[Node],
    place: Place,
    in_item: bool,
    report: &Report<'_>,
) -> Option<Diagnostic> {
    nodes.iter().find_map(|node| match node.kind {
        NodeKind::TaskMarker(_) => Some(told_box(report, node.span)),
        NodeKind::Quote(Some(Callout::Note | Callout::Tip)) => Some(quiz_answer_shown::found(
            report,
            Span::new(node.span.start, trimmed_end(report, node.span)),
            "a hint or an explanation within another text is shown with that",
            "write it on its own, below the answers, not indented",
        )),
        NodeKind::Quote(None) if in_item && place != Place::Part => Some(quiz_answer_shown::found(
            report,
            Span::new(node.span.start, trimmed_end(report, node.span)),
            "a quote in a list looks like the feedback of an answer",
            "write a box before the answer, `- [x]` or `- [ ]`; or the quotation as a paragraph",
        )),
        NodeKind::CodeBlock(_) if callouts::is_directive(report.source.slice(node.span)) => {
            Some(quiz_answer_shown::found(
                report,
                Span::new(node.span.start, trimmed_end(report, node.span)),
                "this is a hint or an explanation in the notation of another tool, and is shown as code",
                "write `> [!TIP]` above a hint, `> [!NOTE]` above the explanation, and `>` before each line, below the \
                 answers",
            ))
        }
        NodeKind::CodeBlock(_) if is_indented(node, report) && hides_answers(node, place) => {
            Some(quiz_answer_shown::found(
                report,
                Span::new(node.span.start, trimmed_end(report, node.span)),
                "these lines are indented so far that they are code, and shown as they stand",
                "remove the spaces before them",
            ))
        }
        NodeKind::Item => inner_blocks(&node.children, place, true, report),
        _ => inner_blocks(&node.children, place, in_item, report),
    })
}

fn is_indented(node: &Node, report: &Report<'_>) -> bool {
    let text = report.source.slice(node.span).trim_start();
    !text.starts_with("```") && !text.starts_with("~~~")
}

/// Whether a code block contains what would be answers outside of it.
fn hides_answers(code: &Node, place: Place) -> bool {
    let text: String = code
        .children
        .iter()
        .filter_map(|node| match &node.kind {
            NodeKind::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    text.lines().any(|line| {
        box_at_start(line).is_some()
            || callout_tag(line.trim_start_matches(['>', ' '])).is_some()
            || labels::begins(line)
            || (place == Place::AskedWithGaps && line.contains("[["))
    })
}

fn in_line(line: &Line, place: Place, report: &Report<'_>) -> Option<Diagnostic> {
    if let Some((_, tag, _)) = callout_tag(&line.text) {
        return Some(within_callout(line, tag, report));
    }
    if place == Place::After {
        return None;
    }
    if let Some(shown) = box_in(&line.text) {
        return Some(quiz_answer_shown::found(
            report,
            line.span,
            format!("`{shown}` looks like the box of an answer, and is shown as text"),
            "write each answer on a line of its own that begins with `- [x]` or `- [ ]`, in one list with the others; \
             as code, `[x]` is text",
        ));
    }
    if place != Place::Hint
        && let Some(found) = gap(line, place, report)
    {
        return Some(found);
    }
    let found = notations::found_in(line, report).or_else(|| labels::told(line, place, report));
    match place {
        Place::Title | Place::Asked | Place::AskedWithGaps | Place::Hint => {
            found.or_else(|| marks::in_text(line, place, report))
        }
        _ => found,
    }
}
