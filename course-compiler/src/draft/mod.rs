//! A course as its author wrote it: taken apart, with the place of everything, not yet rendered.
//!
//! This is what rules look at. It is built even from courses full of mistakes; a value that could not be read
//! has a stand-in, and the diagnostic that says so keeps the course out of the bundle.

mod course;
mod file;
mod glossary;
mod levels;
mod media;
mod meta;
mod question;

pub(crate) use course::{DraftCourse, LessonDraft, SetAside};
pub(crate) use file::{Block, DraftFile, Footnote};
pub(crate) use glossary::{DraftGlossary, TermDraft};
pub(crate) use levels::{Level, Levels};
pub(crate) use media::MediaKind;
pub(crate) use meta::{Front, Meta, ReviewDraft, meta, required_reviews};
pub(crate) use question::{Answers, Content, PartDraft, QuestionDraft};
