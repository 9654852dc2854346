//! From text to trees with places: front matter to a TOML table, Markdown to nodes.
//!
//! What is wrong with the text itself is reported here, by the rules of `rules`: TOML that cannot be read, values that
//! cannot be, marks of merge conflicts. What lessons and questions are is not known here. Next: `question` and `draft`,
//! which make them of the trees.

pub(crate) mod attributes;
pub(crate) mod conflicts;
pub(crate) mod fields;
pub(crate) mod front_matter;
mod link;
pub(crate) mod tree;

pub(crate) use link::{Target, target, term_of, url_is_safe};
pub(crate) use tree::{Callout, Heading, Node, NodeKind, addresses, plain_text, walk};
