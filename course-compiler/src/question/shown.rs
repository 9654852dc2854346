//! What must not be shown before an answer: whatever looks like a key, a hint or an explanation and would be part
//! of the question's text.
//!
//! A question is written in an order: what is asked, the answers, then hints and the explanation. Each block that a
//! type of question did not take, and that is neither a hint nor the explanation, is what is asked, if it stands
//! before all of these. Anywhere else it is a mistake. And within what is asked, in answers to choose from and in
//! hints, nothing may look like a box, a callout, a gap or a weight that was not read, or begin with words such as
//! “Pareizā atbilde:”.

use super::{case, choices};
use crate::diagnostic::Diagnostic;
use crate::draft::{Content, PartDraft};
use crate::lint::{Report, nearest, quiz_answer_shown};
use crate::parse::{Callout, Node, NodeKind, plain_text};
use crate::source::Span;

/// Stands for code in the text of a line.
const CODE: char = '\u{fffc}';

/// Words after which a key or an explanation follows, when a colon or a dash comes after them.
const ANSWER_PHRASES: [&str; 14] = [
    "pareizā atbilde",
    "pareizās atbildes",
    "pareizais variants",
    "pareizie varianti",
    "pareizā secība",
    "pareizie pāri",
    "pareizais skaitlis",
    "correct answer",
    "correct answers",
    "the correct answer",
    "right answer",
    "right answers",
    "the right answer",
    "correct order",
];

/// The same, where only a colon tells.
const ANSWER_WORDS: [&str; 17] = [
    "atbilde",
    "atbildes",
    "atbilžu atslēga",
    "atslēga",
    "pareizi",
    "nepareizi",
    "risinājums",
    "atrisinājums",
    "answer",
    "answers",
    "answer key",
    "key",
    "correct",
    "incorrect",
    "right",
    "wrong",
    "solution",
];

/// Words that begin an explanation or feedback.
const EXPLANATION_WORDS: [&str; 8] = [
    "paskaidrojums",
    "skaidrojums",
    "izskaidrojums",
    "atgriezeniskā saite",
    "explanation",
    "feedback",
    "rationale",
    "general feedback",
];

/// Words that begin a hint.
const HINT_WORDS: [&str; 4] = ["padoms", "mājiens", "hint", "hints"];

/// Ends of an answer that tell whether it is right.
const GIVEAWAYS: [&str; 10] = [
    "(pareizi)",
    "(pareizā)",
    "(pareizais)",
    "(pareizā atbilde)",
    "(nepareizi)",
    "(correct)",
    "(incorrect)",
    "(correct answer)",
    "(right)",
    "(wrong)",
];

/// Words in the place of `NOTE` and `TIP` that mean the one or the other.
const FOR_NOTE: [&str; 7] = [
    "EXPLANATION",
    "EXPLAIN",
    "PASKAIDROJUMS",
    "SKAIDROJUMS",
    "PIEZĪME",
    "PIEZIME",
    "NOTES",
];
const FOR_TIP: [&str; 6] = ["HINT", "HINTS", "TIPS", "PADOMS", "MĀJIENS", "IETEIKUMS"];

/// Where a text is shown, as far as it makes a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The heading, or what stands between it and the answers.
    Asked,
    /// The same of a type whose gaps are already taken out.
    AskedWithGaps,
    /// A choice, a row, a statement.
    Part,
    Hint,
    /// Feedback or the explanation, which come after the answer.
    After,
}

/// A line of a paragraph, an item, a cell or a heading.
struct Line {
    /// Plain; code is [`CODE`].
    text: String,
    span: Span,
    /// Which of its block it is.
    index: usize,
    /// Whether it is quoted.
    quoted: bool,
    /// The text of each piece of code.
    code: Vec<String>,
}

/// All that a question shows but what its type took, checked; `parts` are those that it took.
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
    report.found.extend(in_nodes(title, Place::Asked, report));
    // Without answers, which is told already, what stands there may be meant to be them.
    let has_answers = matches!(class, "cloze" | "reflect" | "case") || !content.answers.is_empty();
    if has_answers {
        sequence(content, &content.nodes, asked, report);
    }
    for part in parts {
        // A box that is none is told already, and the text of a step was looked at where it stood.
        let is_told =
            choices::fake_box(&part.text).is_some() || (class == "case" && part.role == case::TEXT);
        if part.public && !is_told {
            let found =
                in_nodes(&part.nodes, Place::Part, report).or_else(|| weight(part, class, report));
            report.found.extend(found);
        }
        report
            .found
            .extend(in_nodes(&part.feedback, Place::After, report));
    }
    for hint in hints {
        report.found.extend(in_nodes(hint, Place::Hint, report));
    }
    report
        .found
        .extend(in_nodes(explanation, Place::After, report));
}

/// Checks blocks that were not taken: those before answers, hints and the explanation are what is asked, others
/// do not belong to the question.
pub(super) fn sequence(
    content: &Content<'_>,
    nodes: &[Node],
    asked: Place,
    report: &mut Report<'_>,
) {
    let mut stray: Vec<&Node> = Vec::new();
    for node in nodes {
        // It is told by a rule of its own.
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
        } else if let Some(found) = in_nodes(std::slice::from_ref(node), asked, report) {
            report.push(found);
        }
        flush(content, &mut stray, report);
    }
    flush(content, &mut stray, report);
}

/// Whether a block comes after the answers, a hint or the explanation.
fn is_stray(content: &Content<'_>, node: &Node) -> bool {
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

/// Reports blocks that follow each other where none belongs.
fn flush(content: &Content<'_>, stray: &mut Vec<&Node>, report: &mut Report<'_>) {
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
    report.push(found);
    stray.clear();
}

/// The edit that makes a text part of the quote before it, if nothing stands between them.
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
fn quoted_lines(text: &str) -> String {
    let lines = text.lines().map(|line| match line.trim_end() {
        "" => ">".to_owned(),
        line => format!("> {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The end of a span without the line ends and spaces in it.
fn trimmed_end(report: &Report<'_>, span: Span) -> usize {
    let text = report.source.slice(span);
    span.start.saturating_add(text.trim_end().len())
}

/// The beginning of the line on which a byte stands.
fn line_start(report: &Report<'_>, at: usize) -> usize {
    let before = report.source.slice(Span::new(0, at));
    before.rfind('\n').map_or(0, |end| end.saturating_add(1))
}

/// A quote below an answer that is not indented.
fn unindented_feedback(
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
    // Between two answers, or right below one, it can be nothing but feedback.
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

/// A quote or paragraph that begins like a hint or an explanation and is none, at the level of the question.
fn misread_callout(node: &Node, report: &Report<'_>) -> Option<Diagnostic> {
    if !matches!(node.kind, NodeKind::Quote(None) | NodeKind::Paragraph) {
        return None;
    }
    let lines = lines_of(std::slice::from_ref(node));
    let line = lines.first()?;
    let (before, tag, after) = callout_tag(&line.text)?;
    if !before.trim().is_empty() {
        return None;
    }
    let found = told_callout(report, line.span, tag);
    let Some(kind) = meant(tag) else {
        return Some(found);
    };
    // Without the marks of the quote, and without the tag, it is written anew.
    let span = Span::new(node.span.start, trimmed_end(report, node.span));
    let is_quote = node.kind == NodeKind::Quote(None);
    let mut text = report.source.slice(span).lines().map(|line| {
        let line = line.trim_start();
        let line = if is_quote {
            line.strip_prefix('>').unwrap_or(line)
        } else {
            line
        };
        line.strip_prefix(' ').unwrap_or(line)
    });
    let first = text.next().unwrap_or_default();
    let after = after.trim_start_matches(['*', '_', ':']).trim();
    // Markup in the rest of the line is kept by taking it from the source.
    let rest = first
        .find(']')
        .and_then(|at| first.get(at.saturating_add(1)..))
        .unwrap_or_default();
    let rest = if after.is_empty() {
        ""
    } else {
        rest.trim_start_matches(|c: char| "*_:".contains(c) || c.is_whitespace())
    };
    let unclosed = !first.contains(']') || text.clone().any(|line| line.contains("[!"));
    if unclosed {
        return Some(found);
    }
    let mut written = vec![format!("[!{kind}]")];
    written.extend((!rest.is_empty()).then(|| rest.to_owned()));
    written.extend(text.map(str::to_owned));
    Some(found.fix(
        format!("write `> [!{kind}]` on a line of its own"),
        span,
        quoted_lines(&written.join("\n")),
    ))
}

fn told_callout(report: &Report<'_>, span: Span, tag: &str) -> Diagnostic {
    let help = match meant(tag) {
        Some(kind) => format!("write `> [!{kind}]` alone on its line, and its text on the next, with an empty line before"),
        None => "write `> [!TIP]` alone on its line for a hint, `> [!NOTE]` for the explanation, and the text on the \
                 next line"
            .to_owned(),
    };
    quiz_answer_shown::found(
        report,
        span,
        format!("`{}` is not read as a hint or an explanation", tag.trim()),
        help,
    )
}

/// What stands before something like `[!NOTE]`, that itself, and what stands after it.
fn callout_tag(text: &str) -> Option<(&str, &str, &str)> {
    let bracket = text.match_indices('[').find_map(|(at, _)| {
        let inside = text.get(at.saturating_add(1)..)?;
        let word = inside.trim_start().strip_prefix(['!', '\u{ff01}'])?;
        let is_word = word.trim_start().starts_with(char::is_alphabetic);
        let before = text.get(..at).unwrap_or_default();
        (is_word && !before.ends_with('!')).then_some(at)
    });
    if let Some(at) = bracket {
        let (before, rest) = text.split_at_checked(at)?;
        let end = rest
            .find(']')
            .map_or(rest.len(), |end| end.saturating_add(1));
        let (tag, after) = rest.split_at_checked(end)?;
        return Some((before, tag, after));
    }
    // Without the mark, and as other dialects write it.
    let trimmed = text.trim_start();
    let end = trimmed
        .strip_prefix('[')
        .and_then(|inside| inside.find(']'))
        .map_or(0, |end| end.saturating_add(2));
    let (tag, after) = trimmed.split_at_checked(end)?;
    if !tag.is_empty() && meant(tag).is_some() && tag.chars().all(|c| !c.is_lowercase()) {
        return Some(("", tag, after));
    }
    let is_dialect =
        trimmed.starts_with(":::") || trimmed.starts_with("!!! ") || trimmed.starts_with("??? ");
    is_dialect.then_some(("", trimmed, ""))
}

/// Whether a tag is meant to be a hint or an explanation.
fn meant(tag: &str) -> Option<&'static str> {
    let word: String = tag
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_uppercase)
        .collect();
    if FOR_NOTE.contains(&word.as_str()) {
        return Some("NOTE");
    }
    if FOR_TIP.contains(&word.as_str()) {
        return Some("TIP");
    }
    match nearest(&word, &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"]) {
        Some(kind @ ("NOTE" | "TIP")) if crate::likeness::edit_distance(&word, kind) <= 1 => {
            Some(if kind == "NOTE" { "NOTE" } else { "TIP" })
        }
        _ => None,
    }
}

/// The first thing in these nodes that must not be shown in this place.
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

/// Blocks within others that belong elsewhere: boxes, hints, explanations, code that nobody meant.
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
        NodeKind::CodeBlock if is_indented(node, report) && hides_answers(node, place) => {
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

/// Whether a block of code holds what would be answers outside of it.
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
            || label(line).is_some()
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
    // A choice may be “Pareizi: …” itself; what follows on its next lines is none of it.
    let labels = place != Place::Part || line.index > 0;
    if labels && let Some(found) = labelled(line, place, report) {
        return Some(found);
    }
    let lower = line.text.to_lowercase();
    let lower = lower.trim_end();
    let gives_away = place == Place::Part
        && (GIVEAWAYS
            .iter()
            .any(|end| lower.ends_with(end) && lower.len() > end.len())
            || (lower.ends_with(['✓', '✔', '✅', '☑']) && lower.chars().count() > 1));
    let feedback = place == Place::Part
        && lower.split(" > ").skip(1).any(|after| {
            label(after).is_some() || after.starts_with("pareizi") || after.starts_with("nepareizi")
        });
    (gives_away || feedback).then(|| {
        quiz_answer_shown::found(
            report,
            line.span,
            "this answer tells whether it is right",
            "leave only the answer here; what is said to those who chose it stands below it, after `>`",
        )
    })
}

/// A callout that begins within another one, or in the middle of a text.
fn within_callout(line: &Line, tag: &str, report: &Report<'_>) -> Diagnostic {
    let found = told_callout(report, line.span, tag);
    let from = line_start(report, line.span.start);
    let before = report.source.slice(Span::new(from, line.span.start));
    let is_own_line = line.text.trim() == tag.trim();
    let is_known = matches!(
        tag.to_uppercase().as_str(),
        "[!NOTE]" | "[!TIP]" | "[!IMPORTANT]" | "[!WARNING]" | "[!CAUTION]"
    );
    // It goes on with the lines of its own once an empty one stands before.
    if line.index > 0 && is_own_line && is_known && before.trim() == ">" {
        return found.fix("begin it after an empty line", Span::new(from, from), "\n");
    }
    found
}

fn told_box(report: &Report<'_>, span: Span) -> Diagnostic {
    quiz_answer_shown::found(
        report,
        span,
        "this box is not in the list of answers",
        "write all answers of a question in one list, `- [x]` or `- [ ]` before each; begin a new question for another",
    )
}

/// What begins a line like the box of an answer.
fn box_at_start(line: &str) -> Option<String> {
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

/// Something like a box at the beginning of a line, or a tick in brackets anywhere. `[X]` in the middle of a line
/// stands for a name in cases.
fn box_in(line: &str) -> Option<String> {
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

/// Whether what stands between brackets is a tick, or nothing.
fn is_tick(inside: &str, at_start: bool) -> bool {
    let mut marks = inside.trim().chars();
    match (marks.next(), marks.next()) {
        (None, _) => !inside.is_empty() || at_start,
        (Some(mark), None) => {
            "xXхХ×✓✔✗✘☑√".contains(mark) || (at_start && "*vVyYjJ".contains(mark))
        }
        _ => false,
    }
}

/// A gap where there are none, or one that was not read.
fn gap(line: &Line, place: Place, report: &Report<'_>) -> Option<Diagnostic> {
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

/// What a line begins with, if a key, an explanation or a hint follows it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Answer,
    /// A word that a quotation or a dialogue may begin with, too.
    AnswerWord,
    Explanation,
    Hint,
}

/// The label at the beginning of a line, with what stands after it.
fn label(line: &str) -> Option<(Label, &str)> {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let at = line.find([':', '：', '–', '—', '=', '→', '-'])?;
    let (words, rest) = line.split_at_checked(at)?;
    let mark = rest.chars().next()?;
    let after = rest.get(mark.len_utf8()..)?;
    let words = words.trim().to_lowercase();
    let is = |list: &[&str]| list.contains(&words.as_str());
    let with_colon = matches!(mark, ':' | '：');
    if is(&ANSWER_PHRASES) {
        Some((Label::Answer, after))
    } else if !with_colon {
        None
    } else if is(&EXPLANATION_WORDS) {
        Some((Label::Explanation, after))
    } else if is(&HINT_WORDS) {
        Some((Label::Hint, after))
    } else if is(&ANSWER_WORDS) {
        Some((Label::AnswerWord, after))
    } else {
        None
    }
}

fn labelled(line: &Line, place: Place, report: &Report<'_>) -> Option<Diagnostic> {
    let lower = line.text.to_lowercase();
    let anywhere = ANSWER_PHRASES
        .iter()
        .any(|phrase| lower.contains(&format!("{phrase}:")));
    let found = label(&line.text).map(|(label, _)| label);
    let label = match found {
        Some(Label::AnswerWord) if line.quoted || place == Place::Hint => None,
        Some(Label::Hint) if place == Place::Hint => None,
        other => other,
    };
    let label = label.or_else(|| anywhere.then_some(Label::Answer))?;
    let (message, help) = match label {
        Label::Answer | Label::AnswerWord => (
            "this looks like the answer, and is shown before the question is answered",
            "tick the right answer, and write what is said about it into the explanation, below `> [!NOTE]`; what somebody \
             else says is quoted, after `>`",
        ),
        Label::Explanation => (
            "this looks like the explanation, and is shown before the question is answered",
            "write `> [!NOTE]` above it and `>` before each of its lines",
        ),
        Label::Hint => (
            "this looks like a hint, and is shown at once",
            "write `> [!TIP]` above it and `>` before each of its lines",
        ),
    };
    Some(quiz_answer_shown::found(report, line.span, message, help))
}

/// Something like a weight that is not read as one, in a question whose answers may have weights or not.
fn weight(part: &PartDraft, class: &str, report: &Report<'_>) -> Option<Diagnostic> {
    let lines = lines_of(&part.nodes);
    let told = |span| {
        let weighted = matches!(class, "single" | "multiple" | "truefalse");
        Some(quiz_answer_shown::found(
            report,
            span,
            "this looks like the weight of the answer, and is shown as text",
            if weighted {
                "write it at the end of the answer, as code: `+50%` between backticks; `\\+50%` is text"
            } else {
                "leave it out: answers of this type have no weights; `\\+50%` is text"
            },
        ))
    };
    for line in &lines {
        if line.code.iter().any(|code| is_weight(code)) {
            return told(line.span);
        }
    }
    let last = lines.last()?;
    let text = last.text.trim_end().trim_end_matches('.');
    let (before, word) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    // `+50 %` is two words.
    let (before, word) = if word == "%" {
        let before = before.trim_end();
        let (rest, number) = before
            .rsplit_once(char::is_whitespace)
            .unwrap_or(("", before));
        (rest, format!("{number}%"))
    } else {
        (before, word.to_owned())
    };
    let inner = word.trim_matches(|c: char| "()[]{}".contains(c));
    let is_written_as_text = report.source.slice(last.span).contains(['\\', '`']);
    let enclosed = inner.len() < word.len();
    let looks = !before.trim().is_empty()
        && !is_written_as_text
        && (is_weight(inner) || (enclosed && is_weight(&format!("+{inner}"))))
        && matches!(class, "single" | "multiple" | "truefalse" | "survey");
    if looks { told(last.span) } else { None }
}

/// Whether a text is a number with a sign and a percent sign, as weights are.
fn is_weight(text: &str) -> bool {
    let text = text.trim();
    let Some(number) = text.strip_prefix(['+', '-', '\u{2212}', '\u{2013}']) else {
        return false;
    };
    let Some(number) = number.trim().strip_suffix('%') else {
        return false;
    };
    let number = number.trim_end();
    !number.is_empty()
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
}

/// The lines of all blocks within nodes; inline nodes are one block.
fn lines_of(nodes: &[Node]) -> Vec<Line> {
    let mut lines = Vec::new();
    collect(nodes, false, &mut lines);
    lines
}

fn collect(nodes: &[Node], quoted: bool, lines: &mut Vec<Line>) {
    let mut run: Vec<&Node> = Vec::new();
    for node in nodes {
        if is_inline(&node.kind) {
            run.push(node);
            continue;
        }
        cut(&std::mem::take(&mut run), quoted, lines);
        match node.kind {
            NodeKind::CodeBlock | NodeKind::Html => {}
            NodeKind::Quote(_) => collect(&node.children, true, lines),
            _ => collect(&node.children, quoted, lines),
        }
    }
    cut(&run, quoted, lines);
}

const fn is_inline(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Text(_)
            | NodeKind::Code(_)
            | NodeKind::Emphasis
            | NodeKind::Strong
            | NodeKind::Strikethrough
            | NodeKind::Link { .. }
            | NodeKind::Image { .. }
            | NodeKind::SoftBreak
            | NodeKind::HardBreak
            | NodeKind::FootnoteReference(_)
            | NodeKind::Gap(_)
            | NodeKind::TaskMarker(_)
    )
}

/// Cuts inline nodes into lines.
fn cut(run: &[&Node], quoted: bool, lines: &mut Vec<Line>) {
    let mut index = 0_usize;
    for nodes in run.split(|node| matches!(node.kind, NodeKind::SoftBreak | NodeKind::HardBreak)) {
        let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else {
            index = index.saturating_add(1);
            continue;
        };
        let mut line = Line {
            text: String::new(),
            span: Span::new(first.span.start, last.span.end.max(first.span.start)),
            index,
            quoted,
            code: Vec::new(),
        };
        for node in nodes {
            write(node, &mut line);
        }
        lines.push(line);
        index = index.saturating_add(1);
    }
}

fn write(node: &Node, line: &mut Line) {
    match &node.kind {
        NodeKind::Text(text) => line.text.push_str(text),
        NodeKind::Code(code) => {
            line.text.push(CODE);
            line.code.push(code.clone());
        }
        NodeKind::Gap(_) => line.text.push(CODE),
        NodeKind::SoftBreak | NodeKind::HardBreak => line.text.push(' '),
        // What a picture says instead of itself is not read as part of the line.
        NodeKind::Image { .. } => {}
        _ => {
            for child in &node.children {
                write(child, line);
            }
        }
    }
}

/// Reports a list of answers beside the one that was taken.
pub(crate) fn second_list(node: &Node, taken: &Node, report: &mut Report<'_>) {
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
    // Lists with nothing between them are two because their marks differ.
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

/// Reports a table beside the one with the answers.
pub(super) fn other_table(node: &Node, taken: Span, report: &mut Report<'_>) {
    let found = quiz_answer_shown::found(
        report,
        Span::new(node.span.start, trimmed_end(report, node.span)),
        "a second table, which would be shown as part of the question",
        "write all rows in one table; what is only read stands in a list or a paragraph",
    )
    .related(report.source, taken, "the table of answers");
    report.push(found);
}

/// Reports a line of an answer that only belongs to it because it is not indented less.
pub(super) fn lazy_line(item: Span, inline: &[Node], report: &mut Report<'_>) {
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

/// Reports answers and questions that stand in the text of a lesson because their heading is none of a question.
pub(crate) fn in_prose(node: &Node, report: &mut Report<'_>) {
    if let NodeKind::Heading(_) = node.kind {
        let text = node.plain_text();
        let has_type = super::CLASSES.iter().any(|class| {
            text.contains(&format!("{{.{class}")) || text.contains(&format!(" .{class}"))
        });
        if text.contains('{') && (text.contains("#q-") || has_type) {
            report.push(quiz_answer_shown::found(
                report,
                node.span,
                "this heading is not read as that of a question, so its answers are text",
                "end its line with the id and the type in braces: `{#q-some-words .single}`",
            ));
        }
        return;
    }
    if let Some(span) = ticked(node) {
        report.push(quiz_answer_shown::found(
            report,
            span,
            "a ticked box outside of a question is shown as it stands",
            "write the answers below a heading that ends with the question's id and type: `{#q-some-words .single}`",
        ));
    }
}

/// The first ticked box within.
fn ticked(node: &Node) -> Option<Span> {
    match node.kind {
        NodeKind::TaskMarker(true) => Some(node.span),
        _ => node.children.iter().find_map(ticked),
    }
}

/// Whether a node looks like a list of answers with boxes, read or not.
pub(super) fn has_boxes(node: &Node) -> bool {
    matches!(node.kind, NodeKind::List(None))
        && node.children.iter().any(|item| {
            let (inline, _) = choices::split(item.clone());
            matches!(
                inline.first().map(|node| &node.kind),
                Some(NodeKind::TaskMarker(_))
            ) || choices::fake_box(&plain_text(&inline)).is_some()
        })
}
