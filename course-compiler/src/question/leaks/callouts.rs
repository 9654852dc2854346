//! Callouts in a form that is not recognised: `> [!NOTE] text`, `[!HINT]`, `:::note`.

use super::blocks::{line_start, quoted_lines, trimmed_end};
use super::lines::{Line, lines_of};
use super::words::{self, Family, Kind};
use crate::diagnostic::{Diagnostic, Report};
use crate::likeness::nearest;
use crate::parse::{Node, NodeKind};
use crate::rules::quiz_answer_shown;
use crate::source::Span;

/// A quote or paragraph at the level of the question that looks like a hint or an explanation and is not
/// recognised.
pub(super) fn misread_callout(node: &Node, report: &Report<'_>) -> Option<Diagnostic> {
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
    // The block is rewritten without the quote markers and the tag.
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
    // Markup in the rest of the line is preserved by taking it from the source.
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

/// The text before something like `[!NOTE]`, the tag, and the text after it.
pub(super) fn callout_tag(text: &str) -> Option<(&str, &str, &str)> {
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
    // Without the exclamation mark, and in the syntax of other dialects.
    let trimmed = text.trim_start();
    let end = trimmed
        .strip_prefix('[')
        .and_then(|inside| inside.find(']'))
        .map_or(0, |end| end.saturating_add(2));
    let (tag, after) = trimmed.split_at_checked(end)?;
    if !tag.is_empty() && meant(tag).is_some() && tag.chars().all(|c| !c.is_lowercase()) {
        return Some(("", tag, after));
    }
    is_dialect(trimmed).then_some(("", trimmed, ""))
}

/// The beginnings of callouts in other tools, whose kind follows.
const BEGIN: [&str; 7] = [":::", "!!! ", "!!!+ ", "??? ", "???+ ", "!!!- ", "???- "];
const BEGIN_WITH_NAME: [&str; 5] = ["///", "{%", ".. ", "\\begin{", "@"];

/// Whether a line starts a callout of another tool.
fn is_dialect(line: &str) -> bool {
    let named = |begin: &str| {
        let rest = line.strip_prefix(begin)?;
        let is_directive = begin != ".. " || rest.contains("::");
        let name = rest.trim_start();
        let end = name.find(|c: char| !c.is_alphanumeric());
        let (name, after) = name.split_at_checked(end.unwrap_or(name.len()))?;
        let is_whole = begin != "@" || after.starts_with(['{', ':', '(']);
        (is_directive && is_whole).then(|| names_a_callout(name))
    };
    BEGIN.iter().any(|begin| line.starts_with(begin))
        || BEGIN_WITH_NAME
            .iter()
            .any(|begin| named(begin) == Some(true))
}

/// Whether other tools show the content below this word as a hint, an answer or a note.
fn names_a_callout(name: &str) -> bool {
    const NAMES: [&str; 22] = [
        "admonition",
        "attention",
        "callout",
        "caution",
        "collapse",
        "danger",
        "details",
        "dropdown",
        "error",
        "exercise",
        "expand",
        "important",
        "info",
        "margin",
        "proof",
        "quiz",
        "seealso",
        "sidebar",
        "success",
        "tips",
        "toggle",
        "warning",
    ];
    let name = words::folded(name);
    let family = words::family(&name).filter(|_| name.chars().count() > 1);
    let is_label = matches!(
        family,
        Some(
            Family::Answer
                | Family::Key
                | Family::Explanation
                | Family::Hint
                | Family::Note
                | Family::Marking
        )
    );
    is_label || NAMES.contains(&name.as_str())
}

/// Whether a fenced code block is a callout of another tool: `{hint}` or `hint` after the fence.
pub(super) fn is_directive(code: &str) -> bool {
    let fence = code.trim_start();
    let info = fence.trim_start_matches(['`', '~', ':']);
    if info.len() == fence.len() {
        return false;
    }
    let info = info.lines().next().unwrap_or_default().trim();
    let is_braced = info.starts_with('{');
    let mut names = info
        .trim_start_matches(['{', '.', ':', '#'])
        .split(|c: char| c.is_whitespace() || "{}:,".contains(c));
    let name = names.next().unwrap_or_default();
    // Languages of code have no braces.
    let is_language = ["error", "info", "proof", "key", "diff", "text"].contains(&name);
    name.split('-').any(names_a_callout) && (is_braced || !is_language)
}

/// The tag that was probably meant.
fn meant(tag: &str) -> Option<&'static str> {
    let word: String = tag
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_uppercase)
        .collect();
    let tokens = words::tokens(tag);
    let families: Option<Vec<_>> = tokens
        .iter()
        .filter_map(words::Token::word)
        .map(|word| Some((words::family(word)?, word)))
        .collect();
    match families.and_then(|families| words::kind(&families)) {
        Some(Kind::Hint) => return Some("TIP"),
        Some(_) => return Some("NOTE"),
        None => {}
    }
    match nearest(
        &word,
        &["NOTE", "TIP", "TIPS", "IMPORTANT", "WARNING", "CAUTION"],
    ) {
        Some(kind @ ("NOTE" | "TIP" | "TIPS"))
            if crate::likeness::edit_distance(&word, kind) <= 1 =>
        {
            Some(if kind == "NOTE" { "NOTE" } else { "TIP" })
        }
        _ => None,
    }
}

/// A callout that starts inside another one, or in the middle of a text.
pub(super) fn within_callout(line: &Line, tag: &str, report: &Report<'_>) -> Diagnostic {
    let found = told_callout(report, line.span, tag);
    let from = line_start(report, line.span.start);
    let before = report.source.slice(Span::new(from, line.span.start));
    let is_own_line = line.text.trim() == tag.trim();
    let is_known = matches!(
        tag.to_uppercase().as_str(),
        "[!NOTE]" | "[!TIP]" | "[!IMPORTANT]" | "[!WARNING]" | "[!CAUTION]"
    );
    // It is recognised if an empty line precedes it.
    if line.index > 0 && is_own_line && is_known && before.trim() == ">" {
        return found.fix("begin it after an empty line", Span::new(from, from), "\n");
    }
    found
}
