//! Markdown as a tree of nodes with places, built from pulldown-cmark's events.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

use unicode_normalization::UnicodeNormalization as _;

use super::attributes;
use super::marks;
use super::node::{Callout, Heading, Node, NodeKind, callout_label};
use crate::source::Span;

/// The greatest nesting depth of nodes; deeper content becomes part of the deepest node, so that no later
/// phase can overflow the stack.
const DEEPEST_NODE: usize = 48;

/// The most cells of a table; the rest of it is left out, and reported.
pub(crate) const MOST_CELLS: usize = 10_000;

/// The most lines of a text that is parsed, and the most nodes that it may become: the memory for them would be a
/// hundred times that of the text.
pub(crate) const MOST_LINES: usize = 250_000;
const MOST_NODES: usize = 1_000_000;

/// Why a text has no nodes; this affects only its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParserFailed {
    /// The parser panicked.
    Panicked,
    /// It is longer than [`MOST_LINES`], or would become more nodes than can be kept.
    TooLong,
}

/// The nodes of a text.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Parsed {
    pub(crate) nodes: Vec<Node>,
    /// Tables of more than [`MOST_CELLS`], which were cut.
    pub(crate) large_tables: Vec<Span>,
}

/// Parses Markdown at `offset` in its file.
pub(crate) fn parse(text: &str, offset: usize) -> Result<Parsed, ParserFailed> {
    parse_with(text, offset, options())
}

/// Parses a glossary, whose terms are definition lists.
pub(crate) fn parse_definitions(text: &str) -> Result<Parsed, ParserFailed> {
    parse_with(text, 0, options() | Options::ENABLE_DEFINITION_LIST)
}

fn parse_with(text: &str, offset: usize, options: Options) -> Result<Parsed, ParserFailed> {
    // Before anything is allocated for it.
    if text.bytes().filter(|byte| *byte == b'\n').count() > MOST_LINES {
        return Err(ParserFailed::TooLong);
    }
    catch_unwind(AssertUnwindSafe(|| build(text, offset, options)))
        .unwrap_or(Err(ParserFailed::Panicked))
}

/// The parser's HTML of a text, to compare whether two texts have the same meaning. Not for pages: it
/// contains raw HTML.
pub(crate) fn to_plain_html(text: &str) -> Option<String> {
    catch_unwind(|| {
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, Parser::new_ext(text, options()));
        html
    })
    .ok()
}

/// No heading attributes (see [`attributes`]), no metadata blocks (see `front_matter`), no definition lists
/// (lines that start with a colon would become definitions). The older syntax of footnotes accepts a
/// reference whose definition is a source in the front matter.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_OLD_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

fn build(text: &str, offset: usize, options: Options) -> Result<Parsed, ParserFailed> {
    let mut root = Vec::new();
    let mut open: Vec<Node> = Vec::new();
    let mut too_deep = 0_usize;
    // Whether a definition of a note was taken out of what is open.
    let mut lost_note = false;
    let mut nodes = 0_usize;
    let mut cells = 0_usize;
    let mut large_tables = Vec::new();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        let span = Span::from(range).moved(offset);
        match &event {
            Event::Start(Tag::Table(_)) => cells = 0,
            Event::Start(Tag::TableCell) if too_deep == 0 => cells = cells.saturating_add(1),
            Event::End(TagEnd::Table) => {
                if cells > MOST_CELLS {
                    large_tables.push(span);
                    // The row in which it was cut has no end of its own.
                    while let Some(row) =
                        open.pop_if(|node| !matches!(node.kind, NodeKind::Table(_)))
                    {
                        siblings(&mut open, &mut root).push(row);
                    }
                }
                cells = 0;
            }
            _ => {}
        }
        // The rest of a table that is too large, up to its end.
        if cells > MOST_CELLS {
            continue;
        }
        nodes = nodes.saturating_add(1);
        if nodes > MOST_NODES {
            return Err(ParserFailed::TooLong);
        }
        let leaf = match event {
            Event::Start(tag) => {
                if open.len() < DEEPEST_NODE {
                    open.push(Node {
                        kind: kind(tag),
                        span,
                        children: Vec::new(),
                    });
                } else {
                    too_deep = too_deep.saturating_add(1);
                }
                continue;
            }
            Event::End(_) => {
                if too_deep > 0 {
                    too_deep = too_deep.saturating_sub(1);
                } else if let Some(mut node) = open.pop() {
                    // Most have one child, and a vector begins with room for four.
                    node.children.shrink_to_fit();
                    close(&mut node, text, offset);
                    if let NodeKind::FootnoteDefinition(_) = node.kind {
                        // Wherever it is written, within a quote or a list too: it is shown elsewhere.
                        lost_note |= !open.is_empty();
                        root.push(node);
                        continue;
                    }
                    if lost_note
                        && node.children.is_empty()
                        && matches!(
                            node.kind,
                            NodeKind::Quote(_) | NodeKind::List(_) | NodeKind::Item
                        )
                    {
                        continue;
                    }
                    lost_note &= !open.is_empty();
                    let before = siblings(&mut open, &mut root);
                    take_caption(&mut node, before);
                    before.push(node);
                }
                continue;
            }
            Event::Text(text) => NodeKind::Text(text.into_string()),
            Event::Code(text) => NodeKind::Code(text.into_string()),
            Event::Html(_) | Event::InlineHtml(_) => NodeKind::Html,
            Event::FootnoteReference(label) => NodeKind::FootnoteReference(label.nfc().collect()),
            Event::SoftBreak => NodeKind::SoftBreak,
            Event::HardBreak => NodeKind::HardBreak,
            Event::Rule => NodeKind::Rule,
            Event::TaskListMarker(ticked) => NodeKind::TaskMarker(ticked),
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                NodeKind::Text(text.into_string())
            }
        };
        siblings(&mut open, &mut root).push(Node {
            kind: leaf,
            span,
            children: Vec::new(),
        });
    }
    while let Some(node) = open.pop() {
        siblings(&mut open, &mut root).push(node);
    }
    Ok(Parsed {
        nodes: root,
        large_tables,
    })
}

fn siblings<'a>(open: &'a mut [Node], root: &'a mut Vec<Node>) -> &'a mut Vec<Node> {
    match open.last_mut() {
        Some(parent) => &mut parent.children,
        None => root,
    }
}

fn kind(tag: Tag<'_>) -> NodeKind {
    match tag {
        Tag::Heading { level, .. } => NodeKind::Heading(Heading {
            level: heading_level(level),
            attributes: None,
        }),
        Tag::BlockQuote(kind) => NodeKind::Quote(kind.map(|kind| match kind {
            BlockQuoteKind::Note => Callout::Note,
            BlockQuoteKind::Tip => Callout::Tip,
            BlockQuoteKind::Important => Callout::Important,
            BlockQuoteKind::Warning => Callout::Warning,
            BlockQuoteKind::Caution => Callout::Caution,
        })),
        Tag::CodeBlock(CodeBlockKind::Indented) => NodeKind::CodeBlock(String::new()),
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => NodeKind::CodeBlock(language_of(&info)),
        Tag::HtmlBlock => NodeKind::Html,
        Tag::List(first) => NodeKind::List(first),
        Tag::Item => NodeKind::Item,
        Tag::FootnoteDefinition(label) => NodeKind::FootnoteDefinition(label.nfc().collect()),
        Tag::Table(alignments) => NodeKind::Table(alignments),
        Tag::TableHead => NodeKind::TableHead,
        Tag::TableRow => NodeKind::TableRow,
        Tag::TableCell => NodeKind::TableCell,
        Tag::Emphasis => NodeKind::Emphasis,
        Tag::Strong => NodeKind::Strong,
        Tag::Strikethrough => NodeKind::Strikethrough,
        Tag::Link {
            dest_url, title, ..
        } => NodeKind::Link {
            url: dest_url.into_string(),
            title: title.into_string(),
        },
        Tag::Image {
            dest_url, title, ..
        } => NodeKind::Image {
            url: dest_url.into_string(),
            title: title.into_string(),
            decorative: false,
        },
        Tag::DefinitionList => NodeKind::DefinitionList,
        Tag::DefinitionListTitle => NodeKind::DefinitionTerm(None),
        Tag::DefinitionListDefinition => NodeKind::Definition,
        // None of these is enabled.
        Tag::Paragraph | Tag::MetadataBlock(_) | Tag::Superscript | Tag::Subscript => {
            NodeKind::Paragraph
        }
    }
}

/// The language that a code block names: the first word after its fence, also as other tools write it.
fn language_of(info: &str) -> String {
    let name = info.trim_start_matches(|c: char| c.is_whitespace() || "{.".contains(c));
    let end = name.find(|c: char| c.is_whitespace() || ",{}:".contains(c));
    name.get(..end.unwrap_or(name.len()))
        .unwrap_or_default()
        .to_owned()
}

const fn heading_level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Completes a node after all of its content was read.
fn close(node: &mut Node, text: &str, offset: usize) {
    let attributes = match &mut node.kind {
        NodeKind::Heading(heading) => &mut heading.attributes,
        NodeKind::DefinitionTerm(attributes) => attributes,
        // Raw HTML is not parsed: its lines arrive as children.
        NodeKind::Html => return node.children.clear(),
        NodeKind::Quote(None) => return take_label(node),
        _ => return marks::take(&mut node.children),
    };
    marks::take(&mut node.children);
    let start = node.span.start.saturating_sub(offset);
    let end = node.span.end.saturating_sub(offset);
    let line = text.get(start..end).unwrap_or_default();
    // Braces at the end that were a mark of the last word are no attributes.
    let line_end = node.span.start.saturating_add(line.trim_end().len());
    if let Some(last) = node.children.last()
        && last.span.end >= line_end
        && matches!(last.kind, NodeKind::Foreign(_) | NodeKind::Keys(_))
    {
        return;
    }
    *attributes = attributes::at_end(line, node.span.start).map(Box::new);
    if let Some(attributes) = attributes {
        cut(&mut node.children, attributes.span.start);
    }
}

/// Makes a callout of a quote that begins with one of our own labels.
fn take_label(quote: &mut Node) {
    let Some(label) = quote.children.first().and_then(callout_label) else {
        return;
    };
    let own = Callout::OWN
        .iter()
        .find(|(word, _)| word.eq_ignore_ascii_case(&label.word));
    let Some((_, callout)) = own.filter(|_| label.is_alone) else {
        return;
    };
    quote.kind = NodeKind::Quote(Some(*callout));
    if let Some(first) = quote.children.first_mut() {
        first
            .children
            .drain(..label.nodes.min(first.children.len()));
        if let Some(line) = first.children.first() {
            first.span.start = line.span.start;
        } else {
            quote.children.remove(0);
        }
    }
}

/// Removes all inline nodes from `at` on.
fn cut(nodes: &mut Vec<Node>, at: usize) {
    nodes.retain(|node| node.span.start < at);
    if let Some(last) = nodes.last_mut()
        && last.span.end > at
        && let NodeKind::Text(text) = &mut last.kind
        && text.len() == last.span.end.saturating_sub(last.span.start)
    {
        let keep = at.saturating_sub(last.span.start);
        if text.is_char_boundary(keep) {
            text.truncate(keep);
            last.span.end = at;
        }
    }
    if let Some(Node {
        kind: NodeKind::Text(text),
        ..
    }) = nodes.last_mut()
    {
        text.truncate(text.trim_end().len());
    }
}

/// The beginning of a paragraph that is the caption of the table below it, in every language of courses.
const CAPTION_WORDS: [&str; 2] = ["Tabula:", "Table:"];

/// Moves the paragraph before a table into it, if that is its caption.
fn take_caption(table: &mut Node, before: &mut Vec<Node>) {
    if !matches!(table.kind, NodeKind::Table(_)) {
        return;
    }
    let Some(Node {
        kind: NodeKind::Paragraph,
        children,
        ..
    }) = before.last_mut()
    else {
        return;
    };
    let Some(Node {
        kind: NodeKind::Text(text),
        ..
    }) = children.first_mut()
    else {
        return;
    };
    let Some(rest) = CAPTION_WORDS
        .iter()
        .find_map(|word| text.strip_prefix(word))
    else {
        return;
    };
    *text = rest.trim_start().to_owned();
    if let Some(mut caption) = before.pop() {
        caption.kind = NodeKind::TableCaption;
        table.children.insert(0, caption);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::put;
    use proptest::prelude::*;

    fn shape(text: &str) -> String {
        fn write(nodes: &[Node], depth: usize, out: &mut String) {
            for node in nodes {
                put!(out, "{}{:?}\n", "  ".repeat(depth), node.kind);
                write(&node.children, depth + 1, out);
            }
        }
        let mut out = String::new();
        write(&parse(text, 0).unwrap().nodes, 0, &mut out);
        out
    }

    #[test]
    fn choices_keep_their_ticks_and_feedback() {
        insta::assert_snapshot!(shape("- [x] Jā\n  > Pareizi.\n- [ ] Nē `-25%`\n"), @r#"
        List(None)
          Item
            TaskMarker(true)
            Text("Jā")
            Quote(None)
              Paragraph
                Text("Pareizi.")
          Item
            TaskMarker(false)
            Text("Nē ")
            Code("-25%")
        "#);
    }

    #[test]
    fn headings_lose_attributes_and_keep_braces() {
        insta::assert_snapshot!(shape("## Kas *tas* ir? {#q-a .single points=2}\n\n## Par {iekavām}\n"), @r#"
        Heading(Heading { level: 2, attributes: Some(Attributes { span: Span { start: 17, end: 40 }, ids: [Word { text: "q-a", span: Span { start: 18, end: 22 } }], classes: [Word { text: "single", span: Span { start: 23, end: 30 } }], values: [("points", Word { text: "2", span: Span { start: 31, end: 39 } })], strays: [] }) })
          Text("Kas ")
          Emphasis
            Text("tas")
          Text(" ir?")
        Heading(Heading { level: 2, attributes: None })
          Text("Par {iekavām}")
        "#);
    }

    #[test]
    fn footnote_references_need_no_definition() {
        insta::assert_snapshot!(shape("Tā ir.[^satversme-91] Un.[^b]\n\n[^b]: Piezīme.\n"), @r#"
        Paragraph
          Text("Tā ir.")
          FootnoteReference("satversme-91")
          Text(" Un.")
          FootnoteReference("b")
        FootnoteDefinition("b")
          Paragraph
            Text("Piezīme.")
        "#);
    }

    #[test]
    fn metadata_definitions_and_wikilinks_are_text() {
        insta::assert_snapshot!(shape("a\n\n+++\nid = 1\n+++\n\nTerm\n: text\n\n[[a|b]]\n"), @r#"
        Paragraph
          Text("a")
        Paragraph
          Text("+++")
          SoftBreak
          Text("id = 1")
          SoftBreak
          Text("+++")
        Paragraph
          Text("Term")
          SoftBreak
          Text(": text")
        Paragraph
          Text("[")
          Text("[")
          Text("a|b")
          Text("]")
          Text("]")
        "#);
    }

    #[test]
    fn a_table_takes_the_caption_above_it() {
        insta::assert_snapshot!(shape("Tabula: Kas *ko* dara\n\n| A |\n|---|\n| b |\n\nCits.\n\n| A |\n|---|\n"), @r#"
        Table([None])
          TableCaption
            Text("Kas ")
            Emphasis
              Text("ko")
            Text(" dara")
          TableHead
            TableCell
              Text("A")
          TableRow
            TableCell
              Text("b")
        Paragraph
          Text("Cits.")
        Table([None])
          TableHead
            TableCell
              Text("A")
        "#);
    }

    #[test]
    fn a_large_table_is_cut_and_told() {
        let table = |rows: usize| {
            format!(
                "| a | b |\n|---|---|\n{}\n\nTeksts.\n",
                "| c | d |\n".repeat(rows)
            )
        };
        let whole = parse(&table(4_999), 0).unwrap();
        assert_eq!(whole.large_tables, []);
        let cut = parse(&table(5_000), 0).unwrap();
        assert_eq!(cut.large_tables.len(), 1);
        assert_eq!(cut.nodes.len(), 2, "what follows the table is there");
        assert!(cut.nodes[0].children.len() <= 5_001);
    }

    #[test]
    fn a_text_of_too_many_lines_or_nodes_is_not_parsed() {
        let lines = "| a |\n".repeat(MOST_LINES + 1);
        assert_eq!(parse(&lines, 0), Err(ParserFailed::TooLong));
        let nodes = "*a* ".repeat(MOST_NODES / 2);
        assert_eq!(parse(&nodes, 0), Err(ParserFailed::TooLong));
    }

    #[test]
    fn nodes_are_small() {
        assert!(size_of::<Node>() <= 104, "{}", size_of::<Node>());
    }

    #[test]
    fn deep_nesting_is_cut() {
        let deep = parse(&format!("{} a", "> ".repeat(5_000)), 0)
            .unwrap()
            .nodes;
        let mut depth = 0;
        let mut node = deep.first();
        while let Some(inner) = node {
            depth += 1;
            node = inner.children.first();
        }
        assert!(depth <= DEEPEST_NODE + 1, "{depth}");
    }

    proptest! {
        #[test]
        fn never_panics_and_spans_lie_within(text in "(?s).{0,300}") {
            check_spans(&text);
        }

        #[test]
        fn never_panics_on_markup(text in "([#>*_`~|\\[\\](){}!:+x \n-]|[āšž]|[^a]|https:|<b>|\\[x\\]){0,120}") {
            check_spans(&text);
        }
    }

    fn check_spans(text: &str) {
        fn check(nodes: &[Node], text: &str) {
            for node in nodes {
                assert!(text.get(node.span.start..node.span.end).is_some());
                check(&node.children, text);
            }
        }
        if let Ok(parsed) = parse(text, 0) {
            check(&parsed.nodes, text);
        }
    }
}
