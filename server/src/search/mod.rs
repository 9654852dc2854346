//! One search over what anyone may look up or learn from: courses and their lessons, learning paths, the chapters of the handbooks,
//! the terms of the glossary. What is open to nobody yet is not found, questions and answers never are, and nothing
//! is recorded of who looks for what.
//!
//! Knows the catalogue, and of people only in which courses somebody is. What another area offers to be found
//! (events) becomes a kind of its own.

mod model;
mod pages;
pub(crate) mod views;

pub use pages::routes;
