//! `course.lock`: the ids that survive edits.
//!
//! The file maps ids that people wrote to UUIDs and gives every choice an id of its own, so that answers stay
//! attached when a typo is put right or choices change places. It is written by `course lock` only and
//! committed; compiling reads it, and works without it: what it does not know gets ids that follow from the
//! texts.

mod contents;
mod file;
mod lost;
mod parts;
mod rebound;

pub(crate) use contents::{Contents, Remembered, RememberedLesson};
pub use file::{Error, Lock};
pub(crate) use file::{course_uuid, lesson_uuid, question_uuid};
pub(crate) use parts::{PartIds, part_ids};
pub(crate) use rebound::{Rebound, What};
