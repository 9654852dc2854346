//! What must not be shown before an answer: whatever looks like a key, a hint or an explanation and would be part
//! of the question's text.
//!
//! A question is written in an order: what is asked, the answers, then hints and the explanation. Each block that a
//! type of question did not take, and that is neither a hint nor the explanation, is what is asked, if it stands
//! before all of these. Anywhere else it is a mistake (`blocks`). And within what is asked, in answers to choose from
//! and in hints, nothing may look like a callout (`callouts`), a box or a gap (`boxes`) or a weight (`weights`) that
//! was not read, like the key in the notation of another tool (`notations`), like a label of an answer, a hint or an
//! explanation (`labels`, by the families of `words`), or like the mark of a right choice (`marks`), and the
//! rows that are to be put in order do not stand there in it (`rows`). The text around
//! questions and footnotes are held to the same as far as it makes sense there (`prose`).

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
