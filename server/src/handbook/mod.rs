//! Reference texts for everybody: the handbooks, each with its chapters by policy sector, their search, and the
//! glossary. Chapters and whole handbooks can be
//! downloaded as PDF. There is no enrolment, and what people read is not recorded.
//!
//! This area uses the catalogue, and nothing about people.

mod model;
mod pages;
mod print;
mod state;
pub(crate) mod views;

pub use pages::routes;
pub use state::State;
