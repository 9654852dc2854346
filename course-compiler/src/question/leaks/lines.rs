//! Splits shown content into lines, each with its place.
//!
//! A line has its text as shown, and the same with special characters for what letters do not show: the
//! beginning and end of emphasis, code, gaps, and quotations.

use crate::parse::{Node, NodeKind};
use crate::source::Span;

/// Represents code in the text of a line.
const CODE: char = '\u{fffc}';

/// Special characters in [`Line::marked`].
pub(super) const EMPHASIS: char = '\u{e000}';
pub(super) const EMPHASIS_END: char = '\u{e001}';
pub(super) const GAP: char = '\u{e002}';
const MARKED_CODE: char = '\u{e003}';
const QUOTED: char = '\u{e004}';

/// The context of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Paragraph,
    Heading,
    Item,
    /// A header cell of a table.
    Head,
    Cell,
    /// The alternative text or caption of a picture, or the title of a link.
    Picture,
}

/// A line of a paragraph, an item, a cell or a heading.
pub(super) struct Line {
    /// Plain; code is [`CODE`].
    pub(super) text: String,
    /// With special characters for emphasis, code, gaps and quotations.
    pub(super) marked: String,
    pub(super) span: Span,
    /// Its index in its block.
    pub(super) index: usize,
    /// Whether it is quoted.
    pub(super) quoted: bool,
    pub(super) within: Within,
    /// The text of each code span.
    pub(super) code: Vec<String>,
}

/// The lines of all blocks within nodes; inline nodes are one block.
pub(super) fn lines_of(nodes: &[Node]) -> Vec<Line> {
    let mut lines = Vec::new();
    collect(nodes, false, Within::Paragraph, &mut lines);
    lines
}

fn collect(nodes: &[Node], quoted: bool, within: Within, lines: &mut Vec<Line>) {
    let mut run: Vec<&Node> = Vec::new();
    let mut cells = 0_usize;
    for node in nodes {
        if is_inline(&node.kind) {
            run.push(node);
            continue;
        }
        cut(&std::mem::take(&mut run), quoted, within, lines);
        let inner = match node.kind {
            NodeKind::Heading(_) => Within::Heading,
            NodeKind::Item => Within::Item,
            NodeKind::TableHead => Within::Head,
            NodeKind::TableCell => {
                cells = cells.saturating_add(1);
                if within == Within::Head || cells == 1 {
                    Within::Head
                } else {
                    Within::Cell
                }
            }
            NodeKind::Quote(_) => Within::Paragraph,
            _ => within,
        };
        match node.kind {
            NodeKind::CodeBlock(_) | NodeKind::Html => {}
            // A callout is the author's own text, not a quotation.
            NodeKind::Quote(None) => collect(&node.children, true, inner, lines),
            _ => collect(&node.children, quoted, inner, lines),
        }
    }
    cut(&run, quoted, within, lines);
}

const fn is_inline(kind: &NodeKind) -> bool {
    matches!(
        kind,
        NodeKind::Text(_)
            | NodeKind::Code(_)
            | NodeKind::Keys(_)
            | NodeKind::Foreign(_)
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

/// Splits inline nodes into lines; alternative texts of pictures become lines of their own.
fn cut(run: &[&Node], quoted: bool, within: Within, lines: &mut Vec<Line>) {
    let begun = lines.len();
    let mut pictures = Vec::new();
    let pieces = run.split(|node| matches!(node.kind, NodeKind::SoftBreak | NodeKind::HardBreak));
    for (index, nodes) in pieces.enumerate() {
        let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else {
            continue;
        };
        let mut line = Line {
            text: String::new(),
            marked: String::new(),
            span: Span::new(first.span.start, last.span.end.max(first.span.start)),
            index,
            quoted,
            within,
            code: Vec::new(),
        };
        for node in nodes {
            write(node, &mut line, &mut pictures);
        }
        lines.push(line);
    }
    if let Some(block) = lines.get_mut(begun..) {
        mask_quotations(block);
    }
    lines.extend(joined(lines.get(begun..).unwrap_or_default()));
    lines.append(&mut pictures);
}

/// Joins several lines, for text that continues on the next line; its own text is that of the lines.
fn joined(lines: &[Line]) -> Option<Line> {
    let (first, others) = lines.split_first()?;
    let last = others.last()?;
    let marked: Vec<&str> = lines.iter().map(|line| line.marked.as_str()).collect();
    Some(Line {
        text: String::new(),
        marked: marked.join(" "),
        span: Span::new(first.span.start, last.span.end),
        index: 0,
        quoted: first.quoted,
        within: first.within,
        code: Vec::new(),
    })
}

fn write(node: &Node, line: &mut Line, pictures: &mut Vec<Line>) {
    match &node.kind {
        NodeKind::Text(text) => {
            line.text.push_str(text);
            line.marked.push_str(text);
        }
        NodeKind::Code(code) | NodeKind::Keys(code) => {
            line.text.push(CODE);
            line.marked.push(MARKED_CODE);
            line.code.push(code.clone());
        }
        NodeKind::Gap(_) => {
            line.text.push(CODE);
            line.marked.push(GAP);
        }
        NodeKind::SoftBreak | NodeKind::HardBreak => {
            line.text.push(' ');
            line.marked.push(' ');
        }
        NodeKind::Image { title, .. } => {
            for text in [node.plain_text(), title.clone()] {
                pictures.extend(apart(node, text, line.quoted));
            }
        }
        NodeKind::Link { title, .. } => {
            for child in &node.children {
                write(child, line, pictures);
            }
            pictures.extend(apart(node, title.clone(), line.quoted));
        }
        NodeKind::Strong | NodeKind::Emphasis => {
            line.marked.push(EMPHASIS);
            for child in &node.children {
                write(child, line, pictures);
            }
            line.marked.push(EMPHASIS_END);
        }
        _ => {
            for child in &node.children {
                write(child, line, pictures);
            }
        }
    }
}

/// A line with the text of a picture or link that is not part of the running text.
fn apart(node: &Node, text: String, quoted: bool) -> Option<Line> {
    (!text.is_empty()).then(|| Line {
        marked: text.clone(),
        text,
        span: node.span,
        index: 0,
        quoted,
        within: Within::Picture,
        code: Vec::new(),
    })
}

/// Replaces quotations that end in the same block.
fn mask_quotations(lines: &mut [Line]) {
    let all: Vec<(usize, char)> = lines
        .iter()
        .enumerate()
        .flat_map(|(at, line)| line.marked.chars().map(move |c| (at, c)))
        .collect();
    let mut masked = vec![false; all.len()];
    let mut open: Option<(usize, &str)> = None;
    for (at, (_, c)) in all.iter().enumerate() {
        match open {
            Some((from, closers)) if closers.contains(*c) => {
                for mask in masked.iter_mut().take(at.saturating_add(1)).skip(from) {
                    *mask = true;
                }
                open = None;
            }
            Some(_) => {}
            None => {
                open = match c {
                    '"' => Some("\"\u{201d}"),
                    '\u{201e}' => Some("\u{201c}\u{201d}\""),
                    '\u{201c}' | '\u{201d}' => Some("\u{201d}\""),
                    '\u{ab}' => Some("\u{bb}"),
                    '\u{2018}' | '\u{201a}' => Some("\u{2019}\u{2018}"),
                    _ => None,
                }
                .map(|closers| (at, closers));
            }
        }
    }
    for line in lines.iter_mut() {
        line.marked.clear();
    }
    for ((at, c), mask) in all.into_iter().zip(masked) {
        if let Some(line) = lines.get_mut(at) {
            line.marked.push(if mask { QUOTED } else { c });
        }
    }
}
