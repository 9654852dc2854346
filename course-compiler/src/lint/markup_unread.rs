//! `markup-unread`: what looks like markup and is shown as text.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::{Block, DraftFile};
use crate::draft_course::DraftCourse;
use crate::parse::{Node, NodeKind};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "markup-unread",
    severity: Severity::Warning,
    page: include_str!("markup_unread.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        // Of what stands in a question, `quiz-answer-shown` tells.
        for block in &file.blocks {
            if let Block::Prose(node) = block {
                look(file, node, found);
            }
        }
        for footnote in &file.footnotes {
            for node in &footnote.nodes {
                look(file, node, found);
            }
        }
    }
}

fn look(file: &DraftFile, node: &Node, found: &mut Vec<Diagnostic>) {
    match node.kind {
        NodeKind::Paragraph | NodeKind::Item | NodeKind::TableCell => {
            if let Some((span, message, help)) = problem(file, node) {
                found.push(RULE.at(&file.source, span, message).help(help));
            }
        }
        NodeKind::Quote(None) => {
            if let Some(first) = node.children.first()
                && let Some(label) = bold_label(first)
            {
                let help = "a callout begins with `> [!NOTE]`, `> [!TIP]`, `> [!WARNING]` or another label on a line of its own";
                found.push(
                    RULE.at(
                        &file.source,
                        label,
                        "this quote looks like a callout, and is none",
                    )
                    .help(help),
                );
            }
        }
        NodeKind::CodeBlock(_) => {
            if !is_closed(file.source.slice(node.span)) {
                let first = file.source.slice(node.span).lines().next();
                let end = node.span.start.saturating_add(first.map_or(0, str::len));
                found.push(
                    RULE.at(
                        &file.source,
                        Span::new(node.span.start, end),
                        "this code has no end, so all that follows is code",
                    )
                    .help("end it with a line of as many backticks as it begins with"),
                );
            }
            return;
        }
        _ => {}
    }
    for child in &node.children {
        look(file, child, found);
    }
}

/// A bold word alone on the first line of a quote that other programs take for the label of a callout.
fn bold_label(first: &Node) -> Option<Span> {
    const WORDS: [&str; 14] = [
        "note",
        "tip",
        "important",
        "warning",
        "caution",
        "info",
        "example",
        "piezīme",
        "padoms",
        "svarīgi",
        "brīdinājums",
        "uzmanību",
        "piemērs",
        "ievērojiet",
    ];
    let (strong, rest) = first.children.split_first()?;
    let is_label = first.kind == NodeKind::Paragraph && strong.kind == NodeKind::Strong;
    let text = strong.plain_text().to_lowercase();
    let text = text.trim_end_matches([':', '!', '.']);
    let ends = rest.first().is_none_or(|next| match &next.kind {
        NodeKind::SoftBreak | NodeKind::HardBreak => true,
        NodeKind::Text(text) => text.starts_with(':'),
        _ => false,
    });
    (is_label && ends && WORDS.contains(&text)).then_some(strong.span)
}

/// Whether a code block ends with its fence, or has none because it is indented.
fn is_closed(block: &str) -> bool {
    let mut lines = block.lines();
    let first = lines.next().unwrap_or_default().trim_start();
    let Some(sign) = first.chars().next().filter(|c| matches!(c, '`' | '~')) else {
        return true;
    };
    let fence = first
        .len()
        .saturating_sub(first.trim_start_matches(sign).len());
    lines.next_back().is_some_and(|last| {
        // The marks of a quote stand before the lines of code in it.
        let last = last
            .trim_start_matches(|c: char| c.is_whitespace() || c == '>')
            .trim_end();
        last.len() >= fence && last.chars().all(|c| c == sign)
    })
}

type Found = (Span, &'static str, &'static str);

/// The first thing in a paragraph that is not read.
fn problem(file: &DraftFile, node: &Node) -> Option<Found> {
    let lines = lines(file, node);
    let of_line = |line: &Line<'_>| of_line(line);
    lines.iter().find_map(of_line).or_else(|| of_lines(&lines))
}

/// A line of a paragraph as it is written, and its text outside of code, links and pictures. Text that is written
/// with a backslash, which says that it is meant, is not part of it.
struct Line<'a> {
    written: &'a str,
    text: String,
    span: Span,
}

fn lines<'a>(file: &'a DraftFile, node: &Node) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let mut text = String::new();
    let mut span: Option<Span> = None;
    let mut end = |text: &mut String, span: &mut Option<Span>| {
        if let Some(span) = span.take() {
            lines.push(Line {
                written: file.source.slice(span),
                text: std::mem::take(text),
                span,
            });
        }
    };
    for child in &node.children {
        match &child.kind {
            NodeKind::SoftBreak | NodeKind::HardBreak => {
                end(&mut text, &mut span);
                continue;
            }
            NodeKind::Text(own) => {
                let before = child.span.start.checked_sub(1);
                let escape = before.map(|at| Span::new(at, child.span.start));
                if escape.is_none_or(|at| file.source.slice(at) != "\\") {
                    text.push_str(own);
                } else {
                    text.push(' ');
                }
            }
            NodeKind::Emphasis | NodeKind::Strong | NodeKind::Code(_) | NodeKind::Keys(_) => {
                text.push('\u{1}');
            }
            NodeKind::Link { .. } | NodeKind::Image { .. } => text.push('\u{2}'),
            // The blocks of an item are looked at by themselves.
            kind if !is_inline(kind) => {
                end(&mut text, &mut span);
                continue;
            }
            _ => text.push(' '),
        }
        span = Some(span.map_or(child.span, |span| Span::new(span.start, child.span.end)));
    }
    end(&mut text, &mut span);
    lines
}

const fn is_inline(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Strikethrough
            | NodeKind::Foreign(_)
            | NodeKind::FootnoteReference(_)
            | NodeKind::TaskMarker(_)
            | NodeKind::Html
            | NodeKind::Gap(_)
    )
}

fn of_line(line: &Line<'_>) -> Option<Found> {
    let text = line.text.as_str();
    let start = text.trim_start();
    let told = |message, help| Some((line.span, message, help));
    let hashes = start.trim_start_matches('#');
    let level = start.len().saturating_sub(hashes.len());
    if (2..=6).contains(&level) && hashes.starts_with(char::is_alphanumeric) {
        return told(
            "this heading is shown as text",
            "put a space between `#` and the words, and an empty line before",
        );
    }
    if [":::", "!!!", "???", "{{", "{%"]
        .iter()
        .any(|sign| start.starts_with(sign))
    {
        return told(
            "this is the markup of another program, and is shown as text",
            "write a callout: a quote whose first line is `> [!NOTE]`, or another label",
        );
    }
    if text
        .split_once("](")
        .is_some_and(|(words, _)| words.contains('['))
    {
        return told(
            "this link is shown as text",
            "an address has no spaces: write them as `%20`, or put the address between `<` and `>`",
        );
    }
    if is_apart(text) {
        return told(
            "this link is shown as text",
            "leave no space between `]` and `(`",
        );
    }
    if is_reference(text) {
        return told(
            "this link has a name that stands for no address, and is shown as text",
            "write `[words](address)`, or below the text a line `[name]: address`",
        );
    }
    if is_half_bold(text) {
        return told(
            "these asterisks are shown as text",
            "leave no space between `**` and the first and last letter of what is bold",
        );
    }
    if let Some(mark) = mark(text) {
        return told("this mark is shown as text", of_mark(mark));
    }
    if text
        .split("^[")
        .skip(1)
        .any(|rest| rest.contains(']') && rest.starts_with(char::is_alphabetic))
    {
        return told(
            "this note is shown in the text",
            "write `[^name]` here, and below the text a line `[^name]: …`",
        );
    }
    if is_keys(text) {
        return told(
            "these plus signs are shown as text",
            "keys are written as code with a mark after it: `` `Ctrl+C`{.key} ``",
        );
    }
    if is_marked(text) {
        return told(
            "`==` is shown as text",
            "write `**bold**`; there is no marking with colour",
        );
    }
    None
}

/// `[words] (address)`
fn is_apart(text: &str) -> bool {
    text.split("] (").skip(1).any(|rest| {
        let address = rest.split(')').next().unwrap_or_default();
        rest.contains(')')
            && !address.contains(char::is_whitespace)
            && (address.contains("://")
                || [".md", ".png", ".jpg", ".svg", ".pdf"]
                    .iter()
                    .any(|ending| address.ends_with(ending)))
    })
}

/// `[words][name]`, where the name is not a number.
fn is_reference(text: &str) -> bool {
    text.split("][").skip(1).any(|rest| {
        let name = rest.split(']').next().unwrap_or_default();
        rest.contains(']') && name.starts_with(char::is_alphabetic)
    })
}

/// `**words **` and `** words**`
fn is_half_bold(text: &str) -> bool {
    let pieces: Vec<&str> = text.split("**").collect();
    pieces.len() >= 3
        && pieces.windows(2).any(|pair| {
            let [before, after] = pair else { return false };
            let inner = |c: Option<char>| c.is_some_and(char::is_alphabetic);
            inner(before.chars().next_back()) || inner(after.chars().next())
        })
}

/// What stands in braces right after a piece of markup, and is no mark that is known.
fn mark(text: &str) -> Option<&str> {
    text.match_indices('{').find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back()?;
        let (inside, _) = text.get(at.saturating_add(1)..)?.split_once('}')?;
        let is_mark = inside.starts_with(['.', '#', ':'])
            || inside
                .split_once('=')
                .is_some_and(|(key, _)| !key.is_empty() && key.chars().all(char::is_alphanumeric));
        (matches!(before, '\u{1}' | '\u{2}' | ']' | ')') && is_mark).then_some(inside)
    })
}

/// What to write instead of a mark that is not known.
fn of_mark(mark: &str) -> &'static str {
    let begins = |word: &str| mark.trim_start_matches(['.', ':', ' ']).starts_with(word);
    if begins("lang") {
        "write the code of the language right after words in emphasis or brackets: `*words*{lang=en}`, `[words]{lang=fr}`"
    } else if begins("k") {
        "the mark of a key stands right after code: `` `Ctrl+C`{.key} ``"
    } else if begins("dec") {
        "a decorative picture has `{.decorative}` right after it"
    } else {
        "leave it out: there are `{.key}` after code, `{lang=en}` after words and `{.decorative}` after pictures"
    }
}

/// `++Ctrl+C++`
fn is_keys(text: &str) -> bool {
    text.match_indices("++").any(|(at, _)| {
        let rest = text.get(at.saturating_add(2)..).unwrap_or_default();
        let end = rest.find("++").and_then(|end| rest.get(..end));
        end.is_some_and(|keys| {
            !keys.is_empty()
                && keys
                    .split('+')
                    .all(|key| !key.is_empty() && key.chars().all(char::is_alphanumeric))
        })
    })
}

/// `==words==`
fn is_marked(text: &str) -> bool {
    let pieces: Vec<&str> = text.split("==").collect();
    pieces.len() >= 3
        && pieces.iter().skip(1).step_by(2).any(|inner| {
            inner.starts_with(char::is_alphabetic) && inner.ends_with(|c: char| c.is_alphanumeric())
        })
}

/// What only several lines together are.
fn of_lines(lines: &[Line<'_>]) -> Option<Found> {
    let whole = |lines: &[Line<'_>]| {
        let (first, last) = (lines.first()?, lines.last()?);
        Some(Span::new(first.span.start, last.span.end))
    };
    let is_row = |line: &Line<'_>| line.written.trim_start().starts_with('|');
    if lines.len() >= 2 && lines.iter().all(is_row) {
        return Some((
            whole(lines)?,
            "this table is shown as text",
            "below its head it needs a line with as many columns: `|---|---|`",
        ));
    }
    for sign in ["•", "·", "–", "—", "-", "*", "+"] {
        let is_point = |line: &&Line<'_>| {
            let rest = line.text.trim_start().strip_prefix(sign);
            rest.is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic))
        };
        if lines.iter().filter(is_point).count() >= 2 {
            return Some((
                whole(lines)?,
                "this list is shown as text",
                "begin each point with `- `, a hyphen and a space, and leave an empty line before the first",
            ));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::Language;
    use crate::source::Source;

    fn said(body: &str) -> Vec<String> {
        let text = format!("+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n{body}\n");
        let source = Arc::new(Source::new("c/lv/01-a.md", text.as_bytes()));
        let (file, _) = DraftFile::read(source, "lv/01-a.md", Language::Lv);
        let mut found = Vec::new();
        for block in &file.blocks {
            if let Block::Prose(node) = block {
                look(&file, node, &mut found);
            }
        }
        found.into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn markup_that_is_not_read_is_told() {
        for (text, words) in [
            ("##Virsraksts", "heading"),
            (":::note\nTeksts\n:::", "another program"),
            ("!!! note\n    Teksts", "another program"),
            ("{{< youtube abc >}}", "another program"),
            ("Skat. [likumu](../assets/mans fails.pdf).", "link"),
            ("![Rampa](../assets/rampa pie ieejas.svg)", "link"),
            ("Skat. [likumu] (https://likumi.lv).", "link"),
            ("Skat. [likumu][dl].", "stands for no address"),
            ("**Svarīgi **ir tas.", "asterisks"),
            ("Tas ir ** svarīgi**.", "asterisks"),
            ("Tas ir ==svarīgi==.", "`==`"),
            ("Termiņš^[viens mēnesis] ir īss.", "note"),
            ("> **Note**\n> Teksts.", "callout"),
            ("> **Uzmanību!**\n>\n> Teksts.", "callout"),
            ("> **Piezīme**: teksts.", "callout"),
            ("Spiediet `Ctrl`{.kbd}.", "mark"),
            ("Tas ir *mobbing*{lang=english}.", "mark"),
            ("[Likums](https://likumi.lv){:target=\"_blank\"}", "mark"),
            ("Tas ir [mobbing]{.smallcaps}.", "mark"),
            ("Spiediet ++ctrl+c++.", "plus"),
            ("| A | B |\n| a | b |", "table"),
            ("• viens\n• divi", "list"),
            ("-viens\n-divi", "list"),
            ("– viens\n– divi", "list"),
            ("> [!NOTE]\n> • viens\n> • divi", "list"),
            ("```html\n<p>\n\n## Tālāk", "no end"),
            ("- punkts\n\n  ~~~\n  kods", "no end"),
        ] {
            let said = said(text);
            assert!(
                said.len() == 1 && said.iter().all(|message| message.contains(words)),
                "{text}: {said:?}"
            );
        }
    }

    #[test]
    fn text_that_is_meant_is_let_pass() {
        for text in [
            "#MeToo, Nr. #5 un C#.",
            "`[x](a b)` un \\[x](a b.md) un \\*\\*a\\*\\*",
            "[saite](https://a.lv) (2026) un [cita](b.md)",
            "Likums [1] (2026. gads) un [2][3].",
            "2 ** 3 un a == b",
            "> **Anna**: nāc!\n>\n> **Svarīgi** ir tas.",
            "2^[3] un x^2",
            "C++ un D++, `a`{nav} un kopa {a, b}",
            "Spiediet `Ctrl`{.key}, tas ir *mobbing*{lang=en} un [kauns]{lang=ltg}.",
            "– Vai tā drīkst?\nNē.",
            "*slīpi* un **trekni**, un ***abi***",
            "```\nkods\n```",
            "~~~~ html\n```\n~~~~",
            "    indented",
            "> ```\n> a\n> ```",
            "- viens\n- divi",
            "| A |\n|---|\n| a |",
            "Teksts |ar| zīmēm\nun vēl.",
        ] {
            assert_eq!(said(text), [""; 0], "{text}");
        }
    }
}
