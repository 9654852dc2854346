//! Passages, the units of translation: the title of a lesson, a heading, a paragraph, a list, a question, a
//! footnote.

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use super::block::{Block, Footnote};
use super::meta::Front;
use crate::hash::Hasher;
use crate::model::PassageHash;
use crate::parse::{Callout, Node, NodeKind, plain_text};
use crate::question::QuestionDraft;
use crate::source::Span;

/// A passage of a lesson file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    pub(crate) kind: Kind,
    pub(crate) hash: PassageHash,
    pub(crate) span: Span,
    /// For a question, the hashes of its answers.
    pub(crate) answers: Option<AnswerHashes>,
    /// The number of words. A passage without words, such as a horizontal rule, needs no translation.
    pub(crate) words: usize,
}

/// The hashes of a question's answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AnswerHashes {
    /// The key and the points.
    pub(crate) key: PassageHash,
    /// The texts of the answers, in order.
    pub(crate) texts: PassageHash,
}

/// The kind of a passage.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The lesson's title, always the first passage.
    Title,
    /// A heading and its level.
    Heading(u8),
    /// Any other text, with the name of its kind.
    Prose(&'static str),
    /// A question by its id.
    Question(String),
    /// A footnote by its label.
    Footnote(String),
}

impl Kind {
    /// The name of the kind in messages.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading(_) => "heading",
            Self::Prose(word) => word,
            Self::Question(_) => "question",
            Self::Footnote(_) => "footnote",
        }
    }

    /// Whether its translation is found by name, wherever it is.
    pub(crate) const fn is_named(&self) -> bool {
        matches!(self, Self::Title | Self::Question(_) | Self::Footnote(_))
    }

    /// Whether one can be a translation of the other at all. A list may have become a paragraph; a heading
    /// never becomes a list, and a question corresponds only to itself.
    pub(crate) fn fits(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Heading(_), Self::Heading(_)) | (Self::Prose(_), Self::Prose(_)) => true,
            _ => self == other,
        }
    }
}

/// The passages of a file: the title, then the blocks, then the footnotes.
pub(crate) fn passages(front: &Front, blocks: &[Block], footnotes: &[Footnote]) -> Vec<Passage> {
    let title = Passage {
        kind: Kind::Title,
        hash: hash(&front.title),
        answers: None,
        span: front.title_span,
        words: count_words(&front.title),
    };
    let footnotes = footnotes.iter().map(|footnote| {
        let span = footnote
            .nodes
            .first()
            .map_or(Span::default(), |node| node.span);
        of_nodes(
            Kind::Footnote(footnote.label.clone()),
            &footnote.nodes,
            span,
        )
    });
    std::iter::once(title)
        .chain(blocks.iter().map(of_block))
        .chain(footnotes)
        .collect()
}

fn of_block(block: &Block) -> Passage {
    match block {
        // The level of a heading changes no words.
        Block::Heading { node, level, .. } => {
            of_nodes(Kind::Heading(*level), &node.children, node.span)
        }
        Block::Prose(node) => of_nodes(
            Kind::Prose(prose(&node.kind)),
            std::slice::from_ref(node),
            node.span,
        ),
        Block::Question(question) => of_question(question),
    }
}

fn of_nodes(kind: Kind, nodes: &[Node], span: Span) -> Passage {
    let mut text = String::new();
    write(nodes, &mut text);
    Passage {
        kind,
        hash: hash(&text),
        span,
        answers: None,
        words: count_words(&plain_text(nodes)),
    }
}

/// The text of a question. Ticks, weights and points are not included: they come from the source and are
/// compared with it separately (`translation::answers`).
fn of_question(question: &QuestionDraft) -> Passage {
    let id = question.id.as_ref().map_or("", |id| id.text.as_str());
    let mut text = String::from(id);
    let mut words = 0_usize;
    for nodes in question.node_lists() {
        text.push('\u{1}');
        write(nodes, &mut text);
        words = words.saturating_add(count_words(&plain_text(nodes)));
    }
    for part in question.parts.iter().filter(|part| part.nodes.is_empty()) {
        for said in std::iter::once(&part.text).chain(&part.accepted) {
            text.push('\u{1}');
            text.push_str(said);
        }
    }
    Passage {
        kind: Kind::Question(id.to_owned()),
        hash: hash(&text),
        span: question.heading,
        answers: Some(AnswerHashes {
            key: hash(&key(question)),
            texts: hash(&texts(question)),
        }),
        words,
    }
}

/// What decides the mark, as text.
fn key(question: &QuestionDraft) -> String {
    let mut key = question.class.clone();
    for (name, value) in question.settings() {
        key.extend([" ", &name, "=", &value]);
    }
    for part in &question.parts {
        key.extend(["\u{1}", &part.shape()]);
    }
    key
}

/// The texts of the answers.
fn texts(question: &QuestionDraft) -> String {
    let mut text = String::new();
    for part in &question.parts {
        text.push('\u{1}');
        write(&part.nodes, &mut text);
        for said in std::iter::once(&part.text).chain(&part.accepted) {
            text.push('\u{1}');
            text.push_str(said);
        }
    }
    text
}

/// The name of a kind of block.
fn prose(kind: &NodeKind) -> &'static str {
    match kind {
        NodeKind::Quote(None) => "quote",
        NodeKind::Quote(Some(_)) => "callout",
        NodeKind::CodeBlock(_) => "code block",
        NodeKind::List(None) => "list",
        NodeKind::List(Some(_)) => "numbered list",
        NodeKind::Table(_) => "table",
        NodeKind::Rule => "rule",
        _ => "paragraph",
    }
}

fn count_words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

/// Writes the text of nodes in a form that changes exactly when a translation has to be checked again: line
/// breaks, emphasis, and the Markdown notation of lists and tables have no effect; targets of links have.
///
/// The result is hashed into every `course.lock`. Changing it makes all translations stale.
fn write(nodes: &[Node], out: &mut String) {
    for node in nodes {
        let (tag, detail) = match &node.kind {
            NodeKind::Text(text) => {
                out.push_str(text);
                continue;
            }
            NodeKind::SoftBreak => {
                out.push(' ');
                continue;
            }
            // It does not matter whether the items of a list are paragraphs.
            NodeKind::Paragraph => {
                out.push(' ');
                ("", "")
            }
            NodeKind::Emphasis | NodeKind::Strong | NodeKind::Foreign(_) => ("", ""),
            NodeKind::Heading(_) => ("h", ""),
            NodeKind::Quote(kind) => ("q", kind.map_or("", callout)),
            NodeKind::CodeBlock(_) => ("c", ""),
            NodeKind::List(None) => ("u", ""),
            NodeKind::List(Some(_)) => ("o", ""),
            NodeKind::Item => ("i", ""),
            NodeKind::TaskMarker(true) => ("x", ""),
            NodeKind::TaskMarker(false) => ("-", ""),
            NodeKind::FootnoteDefinition(label) => ("n", label.as_str()),
            NodeKind::FootnoteReference(label) => ("f", label.as_str()),
            NodeKind::Table(_) => ("t", ""),
            NodeKind::Gap(_) => ("g", ""),
            // Only in glossaries.
            NodeKind::DefinitionList | NodeKind::DefinitionTerm(_) | NodeKind::Definition => {
                ("d", "")
            }
            NodeKind::TableCaption => ("tc", ""),
            NodeKind::TableHead => ("th", ""),
            NodeKind::TableRow => ("tr", ""),
            NodeKind::TableCell => ("td", ""),
            NodeKind::Strikethrough => ("s", ""),
            NodeKind::Link { url, .. } => ("a", url.as_str()),
            NodeKind::Image { url, title, .. } => {
                out.push_str("\u{2}img ");
                out.push_str(title);
                ("", url.as_str())
            }
            NodeKind::Code(code) | NodeKind::Keys(code) => ("k", code.as_str()),
            NodeKind::Html => ("m", ""),
            NodeKind::HardBreak => ("br", ""),
            NodeKind::Rule => ("hr", ""),
        };
        let is_marked = !tag.is_empty() || !detail.is_empty();
        if is_marked {
            out.push('\u{2}');
            out.push_str(tag);
            out.push('\u{3}');
            out.push_str(detail);
            out.push_str("\u{4} ");
        }
        write(&node.children, out);
        if is_marked {
            out.push('\u{5}');
        }
    }
}

const fn callout(kind: Callout) -> &'static str {
    match kind {
        Callout::Note => "note",
        Callout::Tip => "tip",
        Callout::Important => "important",
        Callout::Warning => "warning",
        Callout::Caution => "caution",
        Callout::Summary => "summary",
        Callout::Example => "example",
        Callout::Case => "case",
        Callout::KeyPoint => "keypoint",
        Callout::Document => "document",
        Callout::JobAid => "jobaid",
        Callout::Details => "details",
        Callout::Description => "description",
    }
}

/// The hash of a text with single spaces and composed characters (NFC).
fn hash(text: &str) -> PassageHash {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    let composed = match is_nfc_quick(spaced.chars()) {
        IsNormalized::Yes => spaced,
        IsNormalized::No | IsNormalized::Maybe => spaced.nfc().collect(),
    };
    let mut hash = Hasher::new();
    hash.add("passage", composed.as_bytes());
    hash.finish()
        .get(..16)
        .and_then(PassageHash::from_digits)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::draft::DraftFile;
    use crate::model::Language;
    use crate::source::Source;

    fn read(body: &str) -> Vec<Passage> {
        let text = format!("+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n{body}");
        let source = Arc::new(Source::new("c/lv/01-a.md", text.as_bytes()));
        DraftFile::read(source, "lv/01-a.md", Language::Lv)
            .0
            .passages
    }

    fn hashes(body: &str) -> Vec<PassageHash> {
        read(body).iter().map(|passage| passage.hash).collect()
    }

    #[test]
    fn every_block_is_a_passage_with_its_place_and_words() {
        let text = "## Virsraksts\n\nDivi vārdi.[^a]\n\n- viens\n\n---\n\n## K? {#q-a .truefalse}\n\n- [x] Jā\n- [ ] Nē\n\n[^a]: Vēl.\n";
        let shown: Vec<(&str, usize)> = read(text)
            .iter()
            .map(|passage| (passage.kind.word(), passage.words))
            .collect();
        let expected = [
            ("title", 1),
            ("heading", 1),
            ("paragraph", 2),
            ("list", 1),
            ("rule", 0),
            ("question", 3),
            ("footnote", 1),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn how_it_is_written_makes_no_difference() {
        let pairs = [
            ("viens\ndivi *trīs*", "viens divi\u{a0}_trīs_"),
            ("- a\n- b", "* a\n\n* b"),
            ("| a | b |\n|---|---|\n| c | d |", "|a|b|\n|-|:-|\n|c|d|"),
            ("šī", "s\u{30c}i\u{304}"),
            ("## Virsraksts", "### Virsraksts {#cits}"),
            (
                "## K? {#q-a .truefalse}\n\n- [x] Jā\n- [ ] Nē",
                "## K? {#q-a .truefalse points=2}\n\n- [ ] Jā\n- [x] Nē",
            ),
        ];
        for (a, b) in pairs {
            assert_eq!(hashes(a), hashes(b), "{a}");
        }
    }

    #[test]
    fn what_it_says_does() {
        let pairs = [
            ("viens", "divi"),
            ("[a](https://a)", "[a](https://b)"),
            ("> [!NOTE]\n> a", "> [!WARNING]\n> a"),
            ("- a\n- b", "1. a\n2. b"),
            ("a", "> a"),
            ("a b", "ab"),
            ("![a](b.svg \"c\")", "![a](b.svg \"d\")"),
            (
                "## K? {#q-a .truefalse}\n\n- [x] Jā\n- [ ] Nē",
                "## K? {#q-a .truefalse}\n\n- [x] Jā\n  > Labi.\n- [ ] Nē",
            ),
        ];
        for (a, b) in pairs {
            assert_ne!(hashes(a), hashes(b), "{a}");
        }
    }

    #[test]
    fn hashes_are_those_that_locks_hold() {
        let shown: Vec<String> = read("Teksts ar [saiti](https://a).\n\n| a |\n|---|\n| b |")
            .iter()
            .map(|passage| passage.hash.to_string())
            .collect();
        insta::assert_snapshot!(shown.join(" "), @"eebb024e1f1f277c 5461198847649803 0f00675bc5905c0a");
    }
}
