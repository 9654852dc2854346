//! Blocks at places where the question allows none, and edits that correct them.

use super::boxes::has_boxes;
use super::labels;
use super::lines::lines_of;
use super::words::Kind;
use crate::diagnostic::{Diagnostic, Report};
use crate::parse::{Callout, Node, NodeKind};
use crate::question::written::{Answers, Content};
use crate::rules::quiz_answer_shown;
use crate::source::Span;

/// Whether a block comes after the answers, a hint or the explanation.
pub(super) fn is_stray(content: &Content<'_>, node: &Node) -> bool {
    let start = node.span.start;
    let since = content.since;
    content
        .answers
        .iter()
        .any(|list| list.span.start < start && list.span.start >= since)
        || content
            .callouts
            .iter()
            .any(|(span, _)| span.start < start && span.start >= since)
}

/// Reports consecutive blocks at a place where none is allowed.
pub(super) fn flush(content: &Content<'_>, stray: &mut Vec<&Node>, report: &mut Report<'_>) {
    let (Some(first), Some(last)) = (stray.first(), stray.last()) else {
        return;
    };
    let span = Span::new(first.span.start, trimmed_end(report, last.span));
    let before = content
        .callouts
        .iter()
        .rev()
        .find(|(callout, _)| callout.start < span.start);
    let after_list = content
        .answers
        .iter()
        .rev()
        .find(|list| list.span.start < span.start);
    let callout =
        before.filter(|(callout, _)| after_list.is_none_or(|list| list.span.start < callout.start));
    let found = match callout {
        Some((callout, Callout::Note)) => {
            let found = quiz_answer_shown::found(
                report,
                span,
                "this comes after the explanation, and would be shown before the question is answered",
                "begin its lines with `>` if it is part of the explanation, write it above the answers if it is part of \
                 the question, or `---` before it if the lesson goes on here",
            );
            match joined(report, *callout, span) {
                Some((edit, text)) => found.fix("make it part of the explanation", edit, text),
                None => found,
            }
        }
        Some(_) => quiz_answer_shown::found(
            report,
            span,
            "this comes after a hint",
            "begin its lines with `>` if it is part of the hint, write it above the hint if it is part of the question, \
             or `---` before it if the lesson goes on here",
        ),
        None => quiz_answer_shown::found(
            report,
            span,
            "this comes after the answers, and would be shown before the question is answered",
            "write `> [!NOTE]` above it and `>` before its lines if it is the explanation, write it above the answers if \
             it is part of the question, or `---` before it if the lesson goes on here",
        ),
    };
    let found = match labelled_callout(stray, span, report) {
        Some((title, edit, text)) if found.fix.is_none() => found.fix(title, edit, text),
        _ => found,
    };
    report.push(found);
    stray.clear();
}

/// The edit that turns blocks into a callout if the first says that they are the explanation or a hint.
fn labelled_callout(
    stray: &[&Node],
    span: Span,
    report: &Report<'_>,
) -> Option<(&'static str, Span, String)> {
    let (first, others) = stray.split_first()?;
    let label = |node: &Node| {
        let lines = lines_of(std::slice::from_ref(node));
        lines.first().and_then(labels::beginning)
    };
    let is_heading = matches!(first.kind, NodeKind::Heading(_));
    if !(is_heading || first.kind == NodeKind::Paragraph)
        || line_start(report, span.start) != span.start
        || others.iter().any(|node| label(node).is_some())
        || stray.iter().any(|node| has_boxes(node))
    {
        return None;
    }
    let (title, kind) = match label(first)? {
        Kind::Hint => ("make it a hint", "TIP"),
        Kind::Answer
        | Kind::AnswerWord
        | Kind::Key
        | Kind::Explanation
        | Kind::Reason
        | Kind::Note => ("make it the explanation", "NOTE"),
        Kind::Verdict | Kind::Aside => return None,
    };
    // The text of a heading is replaced by that of the callout.
    let from = if is_heading {
        trimmed_end(report, first.span)
    } else {
        span.start
    };
    let text = report.source.slice(Span::new(from, span.end)).trim();
    if text.is_empty() {
        return None;
    }
    let before = report.source.slice(Span::new(0, span.start));
    let apart = if before.ends_with("\n\n") { "" } else { "\n" };
    let written = format!("{apart}{}", quoted_lines(&format!("[!{kind}]\n{text}")));
    Some((title, span, written))
}

/// Whether a paragraph above the answers only introduces them.
pub(super) fn introduces(content: &Content<'_>, node: &Node, report: &Report<'_>) -> bool {
    let end = node.span.end;
    let is_above = content.answers.iter().any(|list| {
        let between = Span::new(end, list.span.start.max(end));
        list.span.start >= end && report.source.slice(between).trim().is_empty()
    });
    let lines = lines_of(std::slice::from_ref(node));
    match lines.as_slice() {
        [line] => is_above && node.kind == NodeKind::Paragraph && labels::is_introduction(line),
        _ => false,
    }
}

/// The edit that makes a text part of the quote before it, if nothing is between them.
fn joined(report: &Report<'_>, quote: Span, text: Span) -> Option<(Span, String)> {
    let end = trimmed_end(report, quote);
    let between = Span::new(end, text.start);
    if !report.source.slice(between).trim().is_empty() {
        return None;
    }
    let quoted = quoted_lines(report.source.slice(text));
    Some((Span::new(end, text.end), format!("\n>\n{quoted}")))
}

/// Lines with `>` before each.
pub(super) fn quoted_lines(text: &str) -> String {
    let lines = text.lines().map(|line| match line.trim_end() {
        "" => ">".to_owned(),
        line => format!("> {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The end of a span without trailing line ends and spaces.
pub(super) fn trimmed_end(report: &Report<'_>, span: Span) -> usize {
    let text = report.source.slice(span);
    span.start.saturating_add(text.trim_end().len())
}

/// The beginning of the line with a byte.
pub(super) fn line_start(report: &Report<'_>, at: usize) -> usize {
    let before = report.source.slice(Span::new(0, at));
    before.rfind('\n').map_or(0, |end| end.saturating_add(1))
}

/// A quote below an answer that is not indented.
pub(super) fn unindented_feedback(
    content: &Content<'_>,
    node: &Node,
    report: &Report<'_>,
) -> Option<Diagnostic> {
    if node.kind != NodeKind::Quote(None) {
        return None;
    }
    let start = node.span.start;
    let list = content
        .answers
        .iter()
        .rev()
        .find(|list| list.span.start < start)?;
    let since = trimmed_end(report, list.span);
    if content
        .callouts
        .iter()
        .any(|(callout, _)| callout.start > since && callout.start < start)
    {
        return None;
    }
    let found = quiz_answer_shown::found(
        report,
        Span::new(start, trimmed_end(report, node.span)),
        "this quote is not indented, so it is not the feedback of the answer above it",
        "indent its lines so that `>` stands below the first letter of the answer; an explanation begins with \
         `> [!NOTE]`",
    );
    // Between two answers, or directly below one, it can only be feedback.
    let between = report.source.slice(Span::new(since, start));
    let goes_on = content.answers.iter().any(|list| list.span.start > start);
    if !between.trim().is_empty() || !(goes_on || between.matches('\n').count() < 2) {
        return Some(found);
    }
    let from = line_start(report, start);
    let span = Span::new(from, trimmed_end(report, node.span));
    let indent = " ".repeat(list.indent);
    let lines: Vec<String> = report
        .source
        .slice(span)
        .lines()
        .map(|line| format!("{indent}{}", line.trim_start()))
        .collect();
    Some(found.fix("indent it", span, lines.join("\n")))
}

/// Reports a list of answers besides the one that was taken.
pub(in crate::question) fn second_list(node: &Node, taken: &Node, report: &mut Report<'_>) {
    let (what, help) = match node.kind {
        NodeKind::Table(_) => (
            "a second table of answers",
            "write all rows in one table; begin a new question for another",
        ),
        _ => (
            "a second list of answers",
            "write all answers in one list, with nothing between them but their indented feedback; begin a new question \
             for another",
        ),
    };
    let found = quiz_answer_shown::found(
        report,
        Span::new(node.span.start, trimmed_end(report, node.span)),
        format!("{what}, which would be shown as part of the question"),
        help,
    )
    .related(report.source, taken.span, "the list that is taken");
    let between = Span::new(
        trimmed_end(report, node.span),
        line_start(report, taken.span.start),
    );
    // Adjacent lists are separate because their list markers differ.
    let (NodeKind::List(None), NodeKind::List(None)) = (&node.kind, &taken.kind) else {
        report.push(found);
        return;
    };
    let mark = |item: &Node| report.source.slice(item.span).chars().next();
    let own = node.children.first().and_then(mark).map(String::from);
    let is_adjacent = report.source.slice(between).trim().is_empty();
    let marks: Vec<crate::edit::Edit> = taken
        .children
        .iter()
        .filter(|item| mark(item).is_some_and(|mark| "-*+".contains(mark)))
        .map(|item| crate::edit::Edit {
            span: Span::new(item.span.start, item.span.start.saturating_add(1)),
            replacement: own.clone().unwrap_or_default(),
        })
        .collect();
    let found = if is_adjacent
        && own.as_deref().is_some_and(|own| "-*+".contains(own))
        && marks.len() == taken.children.len()
    {
        found.fix_all("make it one list", marks)
    } else {
        found
    };
    report.push(found);
}

/// Reports a table besides the one with the answers.
pub(in crate::question) fn other_table(node: &Node, taken: Span, report: &mut Report<'_>) {
    let found = quiz_answer_shown::found(
        report,
        Span::new(node.span.start, trimmed_end(report, node.span)),
        "a second table, which would be shown as part of the question",
        "write all rows in one table; what is only read stands in a list or a paragraph",
    )
    .related(report.source, taken, "the table of answers");
    report.push(found);
}

/// Reports a callout below an answer, which is parsed as its feedback.
pub(in crate::question) fn indented_callout(span: Span, report: &mut Report<'_>) {
    report.push(quiz_answer_shown::found(
        report,
        Span::new(span.start, trimmed_end(report, span)),
        "this callout is indented, so it is the feedback of the answer above it, and only those see it who chose that",
        "write it below all answers and not indented if it is a hint or the explanation; leave out its first line if it \
         is feedback",
    ));
}

/// Reports a line that belongs to an answer only as a lazy continuation line.
pub(in crate::question) fn lazy_line(item: Span, inline: &[Node], report: &mut Report<'_>) {
    let column = item.start.saturating_sub(line_start(report, item.start));
    let broken = inline
        .iter()
        .zip(inline.iter().skip(1))
        .find_map(|(node, next)| {
            let is_break = matches!(node.kind, NodeKind::SoftBreak | NodeKind::HardBreak);
            let indent = next
                .span
                .start
                .saturating_sub(line_start(report, next.span.start));
            (is_break && indent <= column).then_some(next)
        });
    if let Some(next) = broken {
        report.push(quiz_answer_shown::found(
            report,
            next.span,
            "this line is not indented, and is read as part of the answer above it",
            "indent it if it belongs to the answer; feedback begins with `>` below the first letter of the answer, the \
             explanation with `> [!NOTE]` after an empty line",
        ));
    }
}

impl Content<'_> {
    /// Takes the answers: the last suitable node. Other suitable nodes are reported and removed.
    pub(in crate::question) fn take_answers(
        &mut self,
        fits: impl Fn(&Node) -> bool,
        report: &mut Report<'_>,
    ) -> Option<Node> {
        let (mut fitting, rest) = std::mem::take(&mut self.nodes)
            .into_iter()
            .partition::<Vec<_>, _>(fits);
        self.nodes = rest;
        self.answers = fitting
            .iter()
            .map(|node| Answers::of(node, report.source))
            .collect();
        let taken = fitting.pop()?;
        for node in &fitting {
            second_list(node, &taken, report);
        }
        Some(taken)
    }
}
