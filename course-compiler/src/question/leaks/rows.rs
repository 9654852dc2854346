//! The rows of an `.order` question in their correct order in content shown before the answer.

use super::blocks::trimmed_end;
use super::words::{self, Token};
use crate::diagnostic::{Diagnostic, Report};
use crate::parse::{Node, NodeKind, plain_text};
use crate::question::written::PartDraft;
use crate::rules::quiz_answer_shown;
use crate::source::Span;

/// Reports a block that contains all rows in the correct order, or a numbered list with at least half of
/// them.
pub(super) fn in_order<'a>(
    mut nodes: impl Iterator<Item = &'a Node>,
    parts: &[PartDraft],
    report: &Report<'_>,
) -> Option<Diagnostic> {
    let rows: Vec<Vec<String>> = parts.iter().map(|part| words_of(&part.text)).collect();
    if rows.len() < 2 || rows.iter().any(Vec::is_empty) {
        return None;
    }
    let found = nodes.find_map(|node| {
        if holds_in_order(&words_of(&plain_text(std::slice::from_ref(node))), &rows) {
            Some(node)
        } else {
            numbered(node, &rows)
        }
    })?;
    Some(quiz_answer_shown::found(
        report,
        Span::new(found.span.start, trimmed_end(report, found.span)),
        "the rows that are to be put in order stand here, in their right order",
        "leave them out: the question shows them itself, in another order",
    ))
}

fn words_of(text: &str) -> Vec<String> {
    let tokens = words::tokens(text);
    let words = tokens.iter().filter_map(Token::word);
    words.map(str::to_owned).collect()
}

/// Whether a text contains all rows, each after the one before it.
fn holds_in_order(text: &[String], rows: &[Vec<String>]) -> bool {
    let mut rest = text;
    rows.iter().all(|row| {
        let at = rest.windows(row.len()).position(|words| words == row);
        let after = at.and_then(|at| rest.get(at.saturating_add(row.len())..));
        rest = after.unwrap_or_default();
        after.is_some()
    })
}

/// A numbered list, at any depth, of which at least half of the items, and at least two, are rows.
fn numbered<'a>(node: &'a Node, rows: &[Vec<String>]) -> Option<&'a Node> {
    if let NodeKind::List(Some(_)) = node.kind {
        let same = node
            .children
            .iter()
            .filter(|item| rows.contains(&words_of(&item.plain_text())))
            .count();
        if same >= 2 && same.saturating_mul(2) >= node.children.len() {
            return Some(node);
        }
    }
    node.children.iter().find_map(|child| numbered(child, rows))
}

#[cfg(test)]
mod tests {
    use crate::question::leaks::testing::{assert_let_pass, assert_refused};

    fn asked(text: &str) -> String {
        format!(
            "## Secība? {{#q-a .order}}\n\n{text}\n\n1. Lūgums\n2. Darba devēja atbilde\n3. Sūdzība tiesā\n"
        )
    }

    #[test]
    fn rows_in_their_order_are_told() {
        for text in [
            "Salieciet:\n\n- Lūgums\n- Darba devēja atbilde\n- Sūdzība tiesā",
            "- x\n  1. Lūgums\n  2. Sūdzība tiesā",
            "> 1. Lūgums\n> 2. Darba devēja atbilde\n> 3. Sūdzība tiesā",
            "> 1. Sūdzība tiesā\n> 2. Lūgums",
            "Lūgums → darba devēja atbilde → sūdzība tiesā",
            "Vispirms lūgums, tad darba devēja atbilde, beigās sūdzība tiesā.",
            "1. Lūgums\n2. Cits\n\nUn:",
            "1. Pirmais\n2. Otrais\n\nUn:",
            "| A | B |\n|---|---|\n| 1 | Lūgums |\n| 2 | Darba devēja atbilde |\n| 3 | Sūdzība tiesā |",
            "```\n1. Lūgums\n2. Darba devēja atbilde\n3. Sūdzība tiesā\n```",
        ] {
            assert_refused(&[asked(text)]);
        }
        let hint = "\n> [!TIP]\n> Lūgums, darba devēja atbilde, sūdzība tiesā.\n";
        assert_refused(&[format!("{}{hint}", asked("Teksts."))]);
    }

    #[test]
    fn other_lists_are_let_pass() {
        assert_let_pass(&[
            asked("Salieciet soļus."),
            asked("- Sūdzība tiesā\n- Lūgums\n- Darba devēja atbilde"),
            asked("Anna iesniedz lūgumu, saņem atbildi un vēršas tiesā."),
            asked("> 1. Kafija\n> 2. Tēja"),
            asked("Lūgums un sūdzība tiesā."),
        ]);
    }
}
