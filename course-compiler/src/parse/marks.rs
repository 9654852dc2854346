//! Marks in braces right after a word, a picture or a piece of code: `{.decorative}`, `{.key}`, `{lang=en}`.
//!
//! They stay text for every other reader of Markdown, which the parser gives us as text, too.

use super::node::{Node, NodeKind};
use crate::source::Span;

/// After a picture without meaning.
const DECORATIVE: &str = ".decorative";
/// After code: a key of the keyboard, or several that are pressed together.
const KEY: &str = ".key";
/// After emphasis, a link, code or words in brackets: the language that these words are in.
const LANGUAGE: &str = "lang=";

/// The two-letter codes of languages (ISO 639-1).
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is \
    it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na \
    nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr \
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Takes the marks out of sibling nodes and gives them to what stands before them.
pub(super) fn take(nodes: &mut Vec<Node>) {
    let has_mark =
        |node: &Node| matches!(&node.kind, NodeKind::Text(text) if text.starts_with('{'));
    if !nodes.iter().any(has_mark) {
        return;
    }
    let mut taken: Vec<Node> = Vec::with_capacity(nodes.len());
    for mut node in std::mem::take(nodes) {
        let mark = match (&node.kind, taken.last()) {
            (NodeKind::Text(text), Some(before)) if before.span.end == node.span.start => {
                inside(text).map(str::to_owned)
            }
            _ => None,
        };
        let Some(mark) = mark.filter(|mark| mark_last(&mut taken, mark)) else {
            taken.push(node);
            continue;
        };
        let length = mark.len().saturating_add("{}".len());
        let end = node.span.start.saturating_add(length);
        if let Some(marked) = taken.last_mut() {
            marked.span.end = end;
        }
        if let NodeKind::Text(text) = &mut node.kind {
            text.drain(..length);
            if !text.is_empty() {
                node.span.start = end.min(node.span.end);
                taken.push(node);
            }
        }
    }
    *nodes = taken;
}

/// What stands in the braces at the beginning of a text.
fn inside(text: &str) -> Option<&str> {
    let (inside, _) = text.strip_prefix('{')?.split_once('}')?;
    Some(inside)
}

/// Gives a mark to the last node; whether that can have it.
fn mark_last(nodes: &mut Vec<Node>, mark: &str) -> bool {
    let Some(last) = nodes.last_mut() else {
        return false;
    };
    match &mut last.kind {
        NodeKind::Image { decorative, .. } if mark == DECORATIVE => *decorative = true,
        NodeKind::Code(keys) if mark == KEY => last.kind = NodeKind::Keys(std::mem::take(keys)),
        _ => {
            let Some(language) = mark.strip_prefix(LANGUAGE).and_then(language) else {
                return false;
            };
            return foreign(nodes, language);
        }
    }
    true
}

/// The tag of a language (BCP 47), if it is one: `en`, `de-AT`, `ltg`.
fn language(written: &str) -> Option<String> {
    let tag = written.trim_matches('"');
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let is_known = match first.len() {
        2 => LANGUAGES
            .split(' ')
            .any(|known| known.eq_ignore_ascii_case(first)),
        3 => first.chars().all(|c| c.is_ascii_alphabetic()),
        _ => false,
    };
    let is_part = |part: &str| {
        (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    (is_known && parts.all(is_part)).then(|| tag.to_owned())
}

/// Puts the last node, or the words in brackets at the end, into a node of their language.
fn foreign(nodes: &mut Vec<Node>, language: String) -> bool {
    let Some(last) = nodes.last() else {
        return false;
    };
    let (start, children) = match &last.kind {
        NodeKind::Emphasis
        | NodeKind::Strong
        | NodeKind::Strikethrough
        | NodeKind::Link { .. }
        | NodeKind::Code(_) => (
            last.span.start,
            nodes.split_off(nodes.len().saturating_sub(1)),
        ),
        NodeKind::Text(text) if text == "]" => {
            let Some(open) = opening(nodes) else {
                return false;
            };
            let start = nodes.get(open).map_or(0, |bracket| bracket.span.start);
            let mut children = nodes.split_off(open);
            children.pop();
            if !children.is_empty() {
                children.remove(0);
            }
            (start, children)
        }
        _ => return false,
    };
    let end = children.last().map_or(start, |last| last.span.end);
    nodes.push(Node {
        kind: NodeKind::Foreign(language),
        span: Span::new(start, end),
        children,
    });
    true
}

/// The index of the bracket that the one at the end closes.
fn opening(nodes: &[Node]) -> Option<usize> {
    let mut depth = 0_usize;
    for (index, node) in nodes.iter().enumerate().rev() {
        match &node.kind {
            NodeKind::Text(text) if text == "]" => depth = depth.saturating_add(1),
            NodeKind::Text(text) if text == "[" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    // Between them stands at least something.
                    return (index.saturating_add(2) < nodes.len()).then_some(index);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;
    use crate::html::put;

    fn shape(text: &str) -> String {
        fn write(nodes: &[Node], out: &mut String) {
            for node in nodes {
                match &node.kind {
                    NodeKind::Text(text) => out.push_str(text),
                    kind => {
                        put!(out, "<{kind:?}:");
                        write(&node.children, out);
                        out.push('>');
                    }
                }
            }
        }
        let mut out = String::new();
        write(&parse(text, 0).unwrap().nodes, &mut out);
        out
    }

    #[test]
    fn marks_go_to_what_stands_before_them() {
        insta::assert_snapshot!(shape("Spiediet `Ctrl+C`{.key} un `a`."), @r#"<Paragraph:Spiediet <Keys("Ctrl+C"):> un <Code("a"):>.>"#);
        insta::assert_snapshot!(shape("Tas ir *mobbing*{lang=en}."), @r#"<Paragraph:Tas ir <Foreign("en"):<Emphasis:mobbing>>.>"#);
        insta::assert_snapshot!(shape("Tas ir [ļoti *labi* kauns]{lang=ltg} un [b]."), @r#"<Paragraph:Tas ir <Foreign("ltg"):ļoti <Emphasis:labi> kauns> un [b].>"#);
        insta::assert_snapshot!(shape("[A [b] c]{lang=\"de-AT\"}"), @r#"<Paragraph:<Foreign("de-AT"):A [b] c>>"#);
        insta::assert_snapshot!(shape("## Kas ir *mobbing*{lang=en} {#mobings}"), @r##"<Heading(Heading { level: 2, attributes: Some(Attributes { span: Span { start: 29, end: 39 }, ids: [Word { text: "mobings", span: Span { start: 30, end: 38 } }], classes: [], values: [], strays: [] }) }):Kas ir <Foreign("en"):<Emphasis:mobbing>>>"##);
        insta::assert_snapshot!(shape("## *Mobbing*{lang=en}"), @r##"<Heading(Heading { level: 2, attributes: None }):<Foreign("en"):<Emphasis:Mobbing>>>"##);
        insta::assert_snapshot!(shape("| *a*{lang=en} |\n|---|\n| `b`{.key} |"), @r##"<Table([None]):<TableHead:<TableCell:<Foreign("en"):<Emphasis:a>>>><TableRow:<TableCell:<Keys("b"):>>>>"##);
    }

    #[test]
    fn other_braces_stay_text() {
        for text in [
            "`Ctrl`\\{.key}",
            "`Ctrl` {.key}",
            "`Ctrl`{.kbd}",
            "*a*{.key}",
            "*a*{lang=english}",
            "*a*{lang=xx}",
            "a{lang=en}",
            "[]{lang=en}",
            "a]{lang=en}",
            "{.key}",
        ] {
            let shape = shape(text);
            assert!(shape.contains('{'), "{text}: {shape}");
        }
    }
}
