//! Gaps in running text: `[[Rīga;Riga]]` to type in, `[[one|(right)|other]]` to choose in.
//!
//! Markdown has no syntax for gaps, and its parser splits them at every bracket. They are found in runs of
//! text, never in code, and `\[[` is not a gap. A gap contains plain text; markup inside it is reported.

use super::spelling;
use crate::diagnostic::Report;
use crate::parse::{Node, NodeKind, plain_text};
use crate::rules::quiz_malformed;
use crate::source::Span;

/// A gap in its source form.
pub(super) struct Gap {
    pub(super) span: Span,
    /// The words around it, which are its identity: the answers must not be part of an id that pages show.
    pub(super) context: String,
    pub(super) answers: Answers,
}

/// The answers of a gap.
pub(super) enum Answers {
    /// These spellings.
    Typed(Vec<String>),
    /// One of these options; the correct one is marked.
    Choice(Vec<(String, bool)>),
}

/// The number of words on each side that identify a gap.
const CONTEXT_WORDS: usize = 6;

/// The most characters on each side.
const CONTEXT_CHARACTERS: usize = 80;

/// Replaces a gap in the text from which contexts are taken (U+FFFC, object replacement character).
const PLACE: char = '\u{fffc}';

/// Replaces every gap by a [`NodeKind::Gap`], numbered from 0 in reading order.
pub(super) fn take(nodes: &mut Vec<Node>, report: &mut Report<'_>) -> Vec<Gap> {
    let mut scanner = Scanner {
        report,
        gaps: Vec::new(),
    };
    *nodes = scanner.scan(std::mem::take(nodes));
    let mut gaps = scanner.gaps;
    let mut text = String::new();
    linear(nodes, &mut text);
    for (gap, context) in gaps.iter_mut().zip(contexts(&text)) {
        gap.context = context;
    }
    gaps
}

struct Scanner<'r, 'a> {
    report: &'r mut Report<'a>,
    gaps: Vec<Gap>,
}

impl Scanner<'_, '_> {
    fn scan(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        let mut run = Vec::new();
        for mut node in nodes {
            if matches!(node.kind, NodeKind::Text(_)) {
                run.push(node);
                continue;
            }
            self.flush(&mut run, &mut out);
            match node.kind {
                NodeKind::CodeBlock(_) | NodeKind::Image { .. } => {}
                NodeKind::Link { .. } => {
                    let gap = plain_text(&node.children).contains("[[");
                    if gap {
                        self.malformed(
                            node.span,
                            "a gap cannot stand in a link",
                            "link the words around it",
                        );
                    }
                }
                _ => node.children = self.scan(node.children),
            }
            out.push(node);
        }
        self.flush(&mut run, &mut out);
        out
    }

    /// Searches text that is only split at brackets and escapes.
    fn flush(&mut self, run: &mut Vec<Node>, out: &mut Vec<Node>) {
        let run = Run::of(std::mem::take(run));
        let mut plain = 0;
        while let Some(open) = run.find("[[", plain, self.report) {
            let inside = open.saturating_add(2);
            let Some(close) = run.find("]]", inside, self.report) else {
                self.malformed(
                    run.span(open, inside),
                    "this gap is not closed, or something in it is not plain text",
                    "write `[[answer]]` on one line; in a table, `\\|` instead of `|`; `\\[[` for brackets that \
                     are no gap",
                );
                break;
            };
            let end = close.saturating_add(2);
            out.extend(run.text_node(plain, open));
            let span = run.span(open, end);
            out.push(Node {
                kind: NodeKind::Gap(self.gaps.len()),
                span,
                children: Vec::new(),
            });
            let answers = self.answers(run.slice(inside, close), span);
            self.gaps.push(Gap {
                span,
                context: String::new(),
                answers,
            });
            plain = end;
        }
        if plain == 0 {
            out.extend(run.nodes);
        } else {
            out.extend(run.text_node(plain, run.text.len()));
        }
    }

    /// Parses the text between the brackets.
    fn answers(&mut self, inside: &str, span: Span) -> Answers {
        if inside.contains(['[', ']']) {
            self.malformed(
                span,
                "there are brackets in this gap",
                "write each gap with two brackets on either side, and none within",
            );
        }
        if !inside.contains('|') {
            let spellings = spelling::alternatives(inside);
            if spellings.is_empty() {
                self.malformed(
                    span,
                    "nobody can fill this gap",
                    "write the answer between the brackets, several spellings with `;` between",
                );
            }
            return Answers::Typed(spellings);
        }
        let options: Vec<(String, bool)> = inside
            .split('|')
            .map(|option| {
                let option = option.trim();
                let right = option
                    .strip_prefix('(')
                    .and_then(|option| option.strip_suffix(')'));
                (right.unwrap_or(option).trim().to_owned(), right.is_some())
            })
            .collect();
        if options.iter().any(|(option, _)| option.is_empty()) {
            self.malformed(
                span,
                "an answer of this gap says nothing",
                "write an answer on both sides of each `|`",
            );
        }
        if options.iter().filter(|(_, right)| *right).count() != 1 {
            self.malformed(
                span,
                "not exactly one answer of this gap is the right one",
                "put the right one into parentheses: `[[one|(right)|other]]`",
            );
        }
        Answers::Choice(options)
    }

    fn malformed(&mut self, span: Span, message: &str, help: &str) {
        quiz_malformed::report(self.report, span, message, help);
    }
}

/// Consecutive texts as one, with a mapping to their places.
struct Run {
    text: String,
    nodes: Vec<Node>,
    /// The end of each node's text.
    ends: Vec<usize>,
}

impl Run {
    fn of(nodes: Vec<Node>) -> Self {
        let mut text = String::new();
        let mut ends = Vec::with_capacity(nodes.len());
        for node in &nodes {
            if let NodeKind::Text(piece) = &node.kind {
                text.push_str(piece);
            }
            ends.push(text.len());
        }
        Self { text, nodes, ends }
    }

    /// The next two brackets that are neither written as entities nor escaped.
    fn find(&self, brackets: &str, mut from: usize, report: &Report<'_>) -> Option<usize> {
        loop {
            let at = from.saturating_add(self.text.get(from..)?.find(brackets)?);
            if self.is_markup(at, report) {
                return Some(at);
            }
            from = at.saturating_add(1);
        }
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// The place in the file of a byte of the text; `None` for an entity.
    fn place(&self, at: usize) -> Option<usize> {
        let index = self.ends.partition_point(|end| *end <= at);
        let node = self.nodes.get(index)?;
        let start = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .map_or(0, |end| *end);
        let length = self.ends.get(index)?.saturating_sub(start);
        let verbatim = node.span.end.saturating_sub(node.span.start) == length;
        verbatim.then(|| node.span.start.saturating_add(at.saturating_sub(start)))
    }

    fn is_markup(&self, at: usize, report: &Report<'_>) -> bool {
        let (Some(first), Some(second)) = (self.place(at), self.place(at.saturating_add(1))) else {
            return false;
        };
        let before = report.source.slice(Span::new(0, first));
        let backslashes = before
            .len()
            .saturating_sub(before.trim_end_matches('\\').len());
        second == first.saturating_add(1) && backslashes.is_multiple_of(2)
    }

    /// The place in the file of a part of the text.
    fn span(&self, from: usize, to: usize) -> Span {
        let whole = (self.nodes.first(), self.nodes.last());
        let start = self
            .place(from)
            .or(whole.0.map(|node| node.span.start))
            .unwrap_or_default();
        let end = self
            .place(to.saturating_sub(1))
            .map(|last| last.saturating_add(1))
            .or(whole.1.map(|node| node.span.end));
        Span::new(start, end.unwrap_or(start).max(start))
    }

    fn text_node(&self, from: usize, to: usize) -> Option<Node> {
        let text = self.slice(from, to);
        (!text.is_empty()).then(|| Node {
            kind: NodeKind::Text(text.to_owned()),
            span: self.span(from, to),
            children: Vec::new(),
        })
    }
}

/// All text inside, with [`PLACE`] for each gap.
fn linear(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match &node.kind {
            NodeKind::Gap(_) => out.push(PLACE),
            NodeKind::Text(text) | NodeKind::Code(text) | NodeKind::Keys(text) => {
                out.push_str(&text.replace(PLACE, " "));
            }
            NodeKind::Emphasis
            | NodeKind::Strong
            | NodeKind::Strikethrough
            | NodeKind::Foreign(_) => {}
            _ => out.push(' '),
        }
        linear(&node.children, out);
    }
}

/// For each gap, the words around it.
fn contexts(text: &str) -> Vec<String> {
    text.match_indices(PLACE)
        .map(|(at, place)| {
            let before = text.get(..at).unwrap_or_default();
            let start = before
                .char_indices()
                .rev()
                .nth(CONTEXT_CHARACTERS)
                .map_or(0, |(start, _)| start);
            let before = before.get(start..).unwrap_or_default();
            let after = text
                .get(at.saturating_add(place.len())..)
                .unwrap_or_default();
            let after: String = after.chars().take(CONTEXT_CHARACTERS).collect();
            let mut words: Vec<&str> = before
                .split_whitespace()
                .rev()
                .take(CONTEXT_WORDS)
                .collect();
            words.reverse();
            words.push("[…]");
            words.extend(after.split_whitespace().take(CONTEXT_WORDS));
            words.join(" ").replace(PLACE, "…")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parse::tree;
    use crate::source::Source;

    /// Gaps with their contexts, and the diagnostics.
    fn found(text: &str) -> (Vec<String>, Vec<String>) {
        let source = Source::new("c/lv/01-a.md", text.as_bytes());
        let mut report = Report::new(&source);
        let mut nodes = tree::parse(text, 0).unwrap().nodes;
        let gaps = take(&mut nodes, &mut report);
        let shown = gaps
            .iter()
            .map(|gap| {
                let answers = match &gap.answers {
                    Answers::Typed(spellings) => spellings.join(";"),
                    Answers::Choice(options) => format!("{options:?}"),
                };
                format!("{} = {answers} in {}", source.slice(gap.span), gap.context)
            })
            .collect();
        let said = report
            .found
            .into_iter()
            .map(|found| found.message)
            .collect();
        (shown, said)
    }

    #[test]
    fn typed_and_choice_gaps_are_found_where_they_stand() {
        let (gaps, said) = found("Galvaspilsēta ir [[Rīga; Riga]], un *tā [[ir|(nav)]] maza*.\n");
        assert_eq!(
            gaps,
            [
                "[[Rīga; Riga]] = Rīga;Riga in Galvaspilsēta ir […] , un tā … maza.",
                "[[ir|(nav)]] = [(\"ir\", false), (\"nav\", true)] in Galvaspilsēta ir …, un tā […] maza.",
            ]
        );
        assert_eq!(said, Vec::<String>::new());
    }

    #[test]
    fn code_escapes_and_entities_are_no_gaps() {
        for text in [
            "`[[a]]`\n",
            "```\n[[a]]\n```\n",
            "    [[a]]\n",
            "\\[[a]] b\n",
            "\\[\\[a]]\n",
            "[\\[a]]\n",
            "&lbrack;[a]]\n",
            "![[[a]]](b.png)\n",
        ] {
            assert_eq!(found(text), (Vec::new(), Vec::new()), "{text}");
        }
        assert_eq!(found("\\\\[[a]]\n").0.len(), 1, "an escaped backslash");
        assert_eq!(
            found("[[a\\]] b]]\n").1.len(),
            1,
            "the gap ends at its own brackets"
        );
    }

    #[test]
    fn a_table_writes_its_bars_with_a_backslash() {
        let (gaps, said) = found("| A | B |\n|---|---|\n| c | [[d\\|(e)]] |\n");
        assert_eq!(gaps.len(), 1, "{said:?}");
        assert!(
            gaps[0].contains("[(\"d\", false), (\"e\", true)]"),
            "{gaps:?}"
        );
        assert_eq!(
            found("| A | B |\n|---|---|\n| c | [[d|(e)]] |\n").1.len(),
            1
        );
    }

    #[test]
    fn a_gap_that_cannot_be_read_is_told() {
        for text in [
            "[[a\n",
            "[[a\nb]]\n",
            "[[*a*]]\n",
            "[[`a`]]\n",
            "[[]]\n",
            "[[ ; ]]\n",
            "[[a|b]]\n",
            "[[(a)|(b)]]\n",
            "[[(a)|]]\n",
            "[[[a]]]\n",
            "[see [[a]]](https://example.org)\n",
        ] {
            assert!(!found(text).1.is_empty(), "{text}");
        }
    }

    #[test]
    fn neighbours_have_contexts_of_their_own() {
        let (gaps, _) = found("- [[a]]\n- [[a]]\n- [[a]]\n");
        let unique: std::collections::BTreeSet<&String> = gaps.iter().collect();
        assert_eq!(unique.len(), 3, "{gaps:?}");
    }

    proptest! {
        #[test]
        fn any_text_is_scanned_and_keeps_its_places(text in "(\\[\\[|\\]\\]|[a\\\\|;()*_`\\[\\] \\n&ā-]){0,60}") {
            let source = Source::new("c/lv/01-a.md", text.as_bytes());
            let mut report = Report::new(&source);
            let mut nodes = tree::parse(source.text(), 0).unwrap().nodes;
            for gap in take(&mut nodes, &mut report) {
                let shown = source.slice(gap.span);
                prop_assert!(shown.starts_with("[[") && shown.ends_with("]]"), "{shown}");
            }
        }
    }
}
