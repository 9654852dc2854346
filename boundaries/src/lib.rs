//! Checks which files of a crate import which. For tests: a crate reads its own sources and checks them
//! against rules.
//!
//! ```
//! use boundaries::{Exception, Graph, Rule, problems};
//!
//! let graph = Graph::of_texts([
//!     ("lib.rs", "mod parse; mod load;"),
//!     ("load.rs", "pub(crate) fn read() {}"),
//!     ("parse.rs", "pub(crate) fn parse() { crate::load::read() }"),
//! ])?;
//! let rules = [Rule::Order(&[&["load"], &["parse"]])];
//! assert!(problems(&graph, &rules, &[]).is_empty());
//!
//! let rules = [Rule::Order(&[&["parse"], &["load"]])];
//! let found = problems(&graph, &rules, &[]);
//! assert_eq!(found, ["parse.rs names `read` of load.rs: `parse` comes before `load`"]);
//! # Ok::<(), boundaries::Error>(())
//! ```
//!
//! Imports are: a `use` in every form (nested, renamed, glob, `pub use`, inside a function), and a path of
//! two or more segments in types, expressions, patterns and the tokens of macros. A re-exported name (`pub
//! use`) is followed to the file that defines it. Code only for tests (`#[cfg(test)]`, `#[test]`) does not
//! count; neither do documentation, and methods and fields of values.
//!
//! A file is given by its path from the crate's `src`; a module by its path without `crate::`, such as
//! `draft::file`. `src/bin` is not read: its programs are separate crates.

mod graph;
mod read;
mod rules;
mod scope;

pub use graph::{Graph, Import};
pub use read::Error;
pub use rules::{Exception, Rule, problems};
