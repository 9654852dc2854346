//! Parsing: front matter to a TOML table, Markdown to a tree of nodes with places.
//!
//! Problems of the text itself are reported here with the rules of `rules`: invalid TOML, values out of
//! range, merge conflicts. Lessons and questions are recognised only in the next modules, `question` and
//! `draft`.

pub(crate) mod attributes;
pub(crate) mod conflicts;
pub(crate) mod fields;
pub(crate) mod front_matter;
mod link;
mod marks;
mod node;
pub(crate) mod tree;

pub(crate) use link::{Target, snippet_id, target, term_of, url_is_safe};
pub(crate) use node::{
    Callout, Heading, Node, NodeKind, addresses, callout_label, plain_text, walk,
};
