//! Boxes and gaps that are not parsed and would be shown unchanged.

use super::lines::Line;
use super::place::Place;
use crate::diagnostic::{Diagnostic, Report};
use crate::parse::{Node, NodeKind, plain_text};
use crate::question::items;
use crate::rules::quiz_answer_shown;
use crate::source::Span;

pub(super) fn told_box(report: &Report<'_>, span: Span) -> Diagnostic {
    quiz_answer_shown::found(
        report,
        span,
        "this box is not in the list of answers",
        "write all answers of a question in one list, `- [x]` or `- [ ]` before each; begin a new question for another",
    )
}

/// Text at the beginning of a line that looks like the box of an answer.
pub(super) fn box_at_start(line: &str) -> Option<String> {
    let line = line.trim_start();
    let unmarked = line.trim_start_matches(|c: char| "-*+•–—·".contains(c) || c.is_whitespace());
    let unmarked = match unmarked.split_once(['.', ')']) {
        Some((number, rest))
            if !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) =>
        {
            rest.trim_start()
        }
        _ => unmarked,
    };
    if unmarked.starts_with(['☐', '☑', '☒', '🗹']) {
        return unmarked.chars().next().map(String::from);
    }
    let (open, close) = match unmarked.chars().next()? {
        '[' => ('[', ']'),
        '(' => ('(', ')'),
        '［' => ('［', '］'),
        _ => return None,
    };
    let (inside, _) = unmarked.strip_prefix(open)?.split_once(close)?;
    is_tick(inside, open != '(').then(|| format!("{open}{inside}{close}"))
}

/// Something like a box at the beginning of a line, or a tick in brackets anywhere. `[X]` in the middle of a
/// line stands for a name in cases.
pub(super) fn box_in(line: &str) -> Option<String> {
    box_at_start(line).or_else(|| {
        line.match_indices('[').find_map(|(at, _)| {
            let before = line.get(..at)?;
            let (inside, after) = line.get(at.saturating_add(1)..)?.split_once(']')?;
            let is_name = inside.trim() == "X" && !after.trim().is_empty();
            let tick = !inside.trim().is_empty()
                && !is_name
                && is_tick(inside, false)
                && !before.ends_with('[')
                && !after.starts_with([']', '(']);
            tick.then(|| format!("[{inside}]"))
        })
    })
}

/// Whether the text between brackets is a tick or empty.
fn is_tick(inside: &str, at_start: bool) -> bool {
    // `[(X)]` is the syntax of other tools.
    let inner = inside.trim();
    let inner = inner
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'))
        .unwrap_or(inner);
    let mut marks = inner.trim().chars();
    match (marks.next(), marks.next()) {
        (None, _) => !inside.is_empty() || at_start,
        (Some(mark), None) => {
            "xXхХ×✓✔✗✘☑√".contains(mark) || (at_start && "*vVyYjJ".contains(mark))
        }
        _ => false,
    }
}

/// A gap where gaps are not allowed, or one that was not parsed.
pub(super) fn gap(line: &Line, place: Place, report: &Report<'_>) -> Option<Diagnostic> {
    let written = report.source.slice(line.span);
    let escaped = written.contains("\\[") || written.contains("\\]") || written.contains("[\\");
    if escaped || !line.text.contains(['[', ']', '{']) {
        return None;
    }
    let has_choice = line.text.split('[').skip(1).any(|piece| {
        let inside = piece.split(']').next().unwrap_or_default();
        inside.contains('|')
    });
    let brackets = line.text.contains("[[") && line.text.contains("]]");
    if place == Place::AskedWithGaps {
        let is_gap = line.text.contains("]]")
            || has_choice
            || (line.text.contains("{{") && line.text.contains("}}"));
        return is_gap.then(|| {
            quiz_answer_shown::found(
                report,
                line.span,
                "this looks like a gap, but is none, and is shown as it stands",
                "write two brackets on either side: `[[answer]]` or `[[one|(right)|other]]`",
            )
        });
    }
    (brackets || (has_choice && line.text.contains("|("))).then(|| {
        quiz_answer_shown::found(
            report,
            line.span,
            "gaps are filled in the text of a `.cloze` question; here the answer is shown",
            "make the question `.cloze` and write the gap below its heading; `\\[[` is text",
        )
    })
}

/// The first ticked box within.
pub(super) fn ticked(node: &Node) -> Option<Span> {
    match node.kind {
        NodeKind::TaskMarker(true) => Some(node.span),
        _ => node.children.iter().find_map(ticked),
    }
}

/// Whether a node looks like a list of answers with boxes, parsed or not.
pub(in crate::question) fn has_boxes(node: &Node) -> bool {
    matches!(node.kind, NodeKind::List(None))
        && node.children.iter().any(|item| {
            let (inline, _) = items::split(item.clone());
            matches!(
                inline.first().map(|node| &node.kind),
                Some(NodeKind::TaskMarker(_))
            ) || items::fake_box(&plain_text(&inline)).is_some()
        })
}
