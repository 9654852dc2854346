//! The nodes of Markdown, and the texts in them.

use pulldown_cmark::Alignment;

use super::attributes::Attributes;
use crate::source::Span;

/// A node of Markdown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    pub(crate) span: Span,
    pub(crate) children: Vec<Node>,
}

/// The kind of a node.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NodeKind {
    Paragraph,
    Heading(Heading),
    Quote(Option<Callout>),
    /// With the name of its language, or an empty one.
    CodeBlock(String),
    /// With the first number, when numbered.
    List(Option<u64>),
    Item,
    TaskMarker(bool),
    FootnoteDefinition(String),
    /// In glossaries only, as the two below.
    DefinitionList,
    /// With its attributes, which are removed from its text.
    DefinitionTerm(Option<Box<Attributes>>),
    Definition,
    Table(Vec<Alignment>),
    /// The first child of a table that has one.
    TableCaption,
    TableHead,
    TableRow,
    TableCell,
    Emphasis,
    Strong,
    Strikethrough,
    Link {
        url: String,
        title: String,
    },
    Image {
        url: String,
        title: String,
        decorative: bool,
    },
    Text(String),
    Code(String),
    /// Keys of the keyboard, with `+` between those that are pressed together.
    Keys(String),
    /// Words in another language, with the tag of that language.
    Foreign(String),
    /// Raw HTML, block or inline; never rendered.
    Html,
    SoftBreak,
    HardBreak,
    Rule,
    FootnoteReference(String),
    /// A gap of a `.cloze` question, with its number from 0. Inserted by that type, not by the parser.
    Gap(usize),
}

/// A heading; its attributes are removed from its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Heading {
    /// From 1 to 6.
    pub(crate) level: u8,
    pub(crate) attributes: Option<Box<Attributes>>,
}

/// The kinds of callouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Callout {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
    Summary,
    Example,
    Case,
    KeyPoint,
    Document,
    JobAid,
    /// What opens when its first paragraph is pressed.
    Details,
    /// The description of the picture above it.
    Description,
}

impl Callout {
    /// The labels of those that the parser does not know by itself.
    pub(super) const OWN: [(&'static str, Self); 8] = [
        ("SUMMARY", Self::Summary),
        ("EXAMPLE", Self::Example),
        ("CASE", Self::Case),
        ("KEYPOINT", Self::KeyPoint),
        ("DOCUMENT", Self::Document),
        ("JOBAID", Self::JobAid),
        ("DETAILS", Self::Details),
        ("DESCRIPTION", Self::Description),
    ];

    /// All labels, as they are written.
    pub(crate) const LABELS: [&'static str; 13] = [
        "NOTE",
        "TIP",
        "IMPORTANT",
        "WARNING",
        "CAUTION",
        "SUMMARY",
        "EXAMPLE",
        "CASE",
        "KEYPOINT",
        "DOCUMENT",
        "JOBAID",
        "DETAILS",
        "DESCRIPTION",
    ];
}

/// Something like `[!NOTE]` at the beginning of a paragraph.
pub(crate) struct CalloutLabel {
    /// What stands after the exclamation mark.
    pub(crate) word: String,
    /// All of it, with its brackets.
    pub(crate) span: Span,
    /// Whether nothing else stands on its line.
    pub(crate) is_alone: bool,
    /// How many of the paragraph's nodes are its line, with the break after it.
    pub(super) nodes: usize,
}

/// The label at the beginning of a paragraph, whatever its word; the parser gives its brackets apart.
pub(crate) fn callout_label(paragraph: &Node) -> Option<CalloutLabel> {
    if paragraph.kind != NodeKind::Paragraph {
        return None;
    }
    let start = paragraph.children.first()?.span.start;
    let mut line = String::new();
    let mut nodes = 0_usize;
    let mut is_text = true;
    for node in &paragraph.children {
        match &node.kind {
            NodeKind::Text(text) => line.push_str(text),
            NodeKind::SoftBreak | NodeKind::HardBreak => {
                nodes = nodes.saturating_add(1);
                break;
            }
            _ => {
                is_text = false;
                break;
            }
        }
        nodes = nodes.saturating_add(1);
    }
    let (word, rest) = line.strip_prefix("[!")?.split_once(']')?;
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || "-_ ".contains(c));
    let length = word.len().saturating_add("[!]".len());
    is_word.then(|| CalloutLabel {
        word: word.to_owned(),
        span: Span::new(start, start.saturating_add(length)),
        is_alone: is_text && rest.trim().is_empty(),
        nodes,
    })
}

impl Node {
    /// All text inside, without markup; breaks become spaces.
    pub(crate) fn plain_text(&self) -> String {
        plain_text(std::slice::from_ref(self))
    }
}

/// All text of nodes, without markup, with single spaces.
pub(crate) fn plain_text(nodes: &[Node]) -> String {
    fn collect(nodes: &[Node], out: &mut String) {
        for node in nodes {
            match &node.kind {
                NodeKind::Text(text) | NodeKind::Code(text) | NodeKind::Keys(text) => {
                    out.push_str(text);
                }
                NodeKind::SoftBreak
                | NodeKind::HardBreak
                | NodeKind::CodeBlock(_)
                | NodeKind::Paragraph
                | NodeKind::Item
                | NodeKind::TableCaption
                | NodeKind::TableCell => out.push(' '),
                _ => {}
            }
            collect(&node.children, out);
        }
    }
    let mut text = String::new();
    collect(nodes, &mut text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The addresses of all pictures and links of nodes, each after an arrow and a space.
pub(crate) fn addresses(nodes: &[Node]) -> String {
    fn collect(nodes: &[Node], out: &mut String) {
        for node in nodes {
            if let NodeKind::Image { url, .. } | NodeKind::Link { url, .. } = &node.kind {
                out.push_str(" → ");
                out.push_str(url);
            }
            collect(&node.children, out);
        }
    }
    let mut addresses = String::new();
    collect(nodes, &mut addresses);
    addresses
}

/// Calls `visit` for every node, parents first.
pub(crate) fn walk<'a>(nodes: &'a [Node], visit: &mut dyn FnMut(&'a Node)) {
    for node in nodes {
        visit(node);
        walk(&node.children, visit);
    }
}
