//! Finds content that must not be shown before an answer: anything that looks like a key, a hint or an
//! explanation but would be shown as part of the question.
//!
//! A question has a fixed order: the prompt, the answers, then hints and the explanation. Each block that the
//! question's type did not take, and that is neither a hint nor the explanation, is part of the prompt if it
//! is before all of these. Anywhere else it is an error (`blocks`). Inside the prompt, answers to choose from
//! and hints there may be nothing that looks like a callout (`callouts`), a box or a gap (`boxes`) or a
//! weight (`weights`) that was not recognised, a key in the notation of another tool (`notations`), a label
//! of an answer, a hint or an explanation (`labels`, with the word families of `words`), or a mark of a
//! correct choice (`marks`); and the rows to be put in order may not be listed there in that order (`rows`).
//! The text around questions and footnotes are checked in the same way where it applies (`prose`).

mod blocks;
mod boxes;
mod callouts;
mod check;
mod labels;
mod lines;
mod marks;
mod notations;
mod place;
mod prose;
mod rows;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod weights;
mod words;

pub(super) use blocks::{indented_callout, lazy_line, other_table, second_list};
pub(super) use boxes::has_boxes;
pub(crate) use check::check;
pub(super) use check::sequence;
pub(super) use place::Place;
pub(crate) use prose::{Prose, in_footnotes};
