//! `course.lock`: ids that stay stable across edits.
//!
//! The file maps ids written by people to UUIDs and assigns an id to every choice, so that answers stay valid
//! when a typing mistake is corrected or choices are reordered. It is written only by `course lock` and kept
//! under version control. Compiling reads it, and also works without it: ids that are not in the lock are
//! derived from the texts.

mod contents;
mod file;
mod lost;
mod parts;
mod rebound;

pub(crate) use contents::{Contents, Remembered, RememberedLesson};
pub use file::{Error, Lock};
pub(crate) use file::{course_uuid, lesson_uuid, question_uuid};
pub(crate) use lost::LostQuestions;
pub(crate) use parts::{PartIds, part_ids};
pub(crate) use rebound::{Rebound, What};
