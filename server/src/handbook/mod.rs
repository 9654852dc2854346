//! Reference texts for everybody: the handbooks, each with its chapters by policy sector, their search, and the
//! glossary. There is no enrolment, and what people read is not recorded.
//!
//! This area uses the catalogue, and nothing about people.

mod pages;
pub(crate) mod views;

pub use pages::routes;
