//! From text to trees with places: front matter to a TOML table, Markdown to nodes.
//!
//! Nothing here knows what a course is. Next: `draft`, which makes lessons and questions of the trees.

pub(crate) mod attributes;
pub(crate) mod conflicts;
pub(crate) mod fields;
pub(crate) mod front_matter;
mod link;
pub(crate) mod tree;

pub(crate) use link::{Target, target, term_of, url_is_safe};
pub(crate) use tree::{Callout, Heading, Node, NodeKind, addresses, plain_text};
