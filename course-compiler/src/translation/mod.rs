//! Translations: what in them still says what the source says.
//!
//! The unit is the `Passage`: a title, a heading, a paragraph, a question. Each has a hash of what it says.
//! `course.lock` records, for each passage of a translation, the hash of the source that it was made from
//! (`record`); `align` holds both files against that record. What the source changed since, and the
//! translation did not, is *stale*, and readers get the source in its place.
//!
//! Why it is done so: `docs/decisions/0012-translations-by-passage.md`.

mod align;
pub(crate) mod answers;
mod record;
mod still_right;

pub(crate) use align::{Alignment, Behind, Origin, Translated, align};
pub(crate) use record::{Record, Records};
pub(crate) use still_right::Place;
pub use still_right::{Misnamed, StillRight};
