//! The files of a course as their author wrote them: taken apart, with the place of everything, not yet rendered.
//! [`crate::draft_course`] puts them together.
//!
//! This is what rules look at. It is built even from courses full of mistakes; a value that could not be read
//! has a stand-in, and the diagnostic that says so keeps the course out of the bundle.

mod block;
mod file;
mod glossary;
mod levels;
mod media;
mod meta;
mod passage;
mod question;

pub(crate) use block::{Block, Footnote};
pub(crate) use file::DraftFile;
pub(crate) use glossary::{DraftGlossary, TermDraft};
pub(crate) use levels::{Level, Levels};
pub(crate) use media::MediaKind;
pub(crate) use meta::{Meta, ReviewDraft, TestDraft, meta, required_reviews};
pub(crate) use passage::{Kind, Passage};
