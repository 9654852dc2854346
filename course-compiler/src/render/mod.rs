//! Renders HTML of lessons, and of questions in every state.
//!
//! All HTML of the crate is made here and in the files of the question types, from texts that are escaped
//! individually. HTML written by an author is never output.

mod asset;
mod glossary;
mod lesson;
mod markdown;
mod media;
mod size;

pub use asset::ASSET_ADDRESS;
pub(crate) use asset::asset_name;
pub(crate) use glossary::{definition, terms_used};
pub(crate) use lesson::{lesson, question_texts, sections};
