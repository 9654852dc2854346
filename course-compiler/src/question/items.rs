//! Items of answer lists: their content, and text that looks like a box.

use crate::parse::{Node, NodeKind};

/// The first paragraph of an item, and the blocks after it.
pub(super) fn split(item: Node) -> (Vec<Node>, Vec<Node>) {
    let mut inline = Vec::new();
    let mut blocks = Vec::new();
    for node in item.children {
        match node.kind {
            NodeKind::Paragraph if inline.is_empty() && blocks.is_empty() => inline = node.children,
            NodeKind::Paragraph
            | NodeKind::Quote(_)
            | NodeKind::List(_)
            | NodeKind::CodeBlock(_)
            | NodeKind::Heading(_)
            | NodeKind::Table(_)
            | NodeKind::Rule => blocks.push(node),
            _ if blocks.is_empty() => inline.push(node),
            _ => blocks.push(node),
        }
    }
    (inline, blocks)
}

/// `[х]` with a Cyrillic letter, `[v]`, `[]` and the like at the beginning of a text; and whether it looks
/// ticked.
pub(super) fn fake_box(text: &str) -> Option<(String, bool)> {
    let (inside, _) = text.strip_prefix('[')?.split_once(']')?;
    let mut chars = inside.trim().chars();
    let ticked = match (chars.next(), chars.next()) {
        (None, _) => false,
        (Some(c), None) if c.is_alphabetic() || "✓✔✗✘☑√×+*".contains(c) => true,
        _ => return None,
    };
    Some((format!("[{inside}]"), ticked))
}
