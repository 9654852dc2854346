//! Which files of a crate import which, and whether that is as it has to be. For tests: a crate reads its own
//! sources and holds them to its rules.
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
//! What counts as an import: a `use` in every form (nested, renamed, glob, `pub use`, within a function), and a path
//! of two segments or more in types, expressions and patterns, and in the tokens of macros. A name that a module hands
//! on (`pub use`) is followed to the file that defines it. What is only for tests (`#[cfg(test)]`, `#[test]`) does not
//! count, nor do documentation and what a value brings along: a method called on it, a field of it.
//!
//! A file is named by its path from the crate's `src`; a module by its path without `crate::`, such as
//! `draft::file`. `src/bin` is not read: its programs are crates of their own.

mod graph;
mod read;
mod rules;
mod scope;

pub use graph::{Graph, Import};
pub use read::Error;
pub use rules::{Exception, Rule, problems};
