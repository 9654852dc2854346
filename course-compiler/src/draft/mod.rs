//! The parsed source of a course: its files with the places of everything in them, not yet rendered.
//! [`crate::draft_course`] combines them.
//!
//! Rules check this form. It is built even from courses with many errors: a value that could not be read is
//! replaced by a default, and its diagnostic excludes the course from the bundle.

mod block;
mod file;
mod glossary;
mod levels;
mod media;
mod meta;
mod passage;
mod question;
mod snippet;

pub(crate) use block::{Block, Footnote};
pub(crate) use file::DraftFile;
pub(crate) use glossary::{DraftGlossary, TermDraft};
pub(crate) use levels::{Level, Levels};
pub(crate) use media::MediaKind;
pub(crate) use meta::{Meta, ReviewDraft, TestDraft, meta, required_reviews};
pub(crate) use passage::{Kind, Passage};
pub(crate) use snippet::{Snippets, Used, to_files};
