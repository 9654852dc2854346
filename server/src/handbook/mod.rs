//! What anyone may look up: the handbooks, each with its chapters by sector, which can be searched, and the
//! glossary. Nobody enrols, and nothing is recorded of who reads what.
//!
//! Knows the catalogue, and nothing of people.

mod pages;
pub(crate) mod views;

pub use pages::routes;
