//! Translations: which passages are up to date.
//!
//! The unit is the `Passage`: a title, a heading, a paragraph, a question. Each has a hash of its text. For
//! each passage of a translation, `course.lock` records the hash of the source from which it was made
//! (`record`); `align` compares both files with that record. A passage whose source has changed while the
//! translation has not is *stale*, and readers get the source instead.
//!
//! The reasons are in `docs/decisions/0012-translations-by-passage.md`.

mod align;
pub(crate) mod answers;
mod record;
mod still_right;

pub(crate) use align::{Alignment, Behind, Origin, Translated, align};
pub(crate) use record::{Record, Records};
pub(crate) use still_right::Place;
pub use still_right::{Misnamed, StillRight};
