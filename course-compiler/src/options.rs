//! The options of a compilation.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::decisions::Decisions;
use crate::spelling::Spelling;
use crate::translation::StillRight;

/// The options of a compilation.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// The number of threads; as many as the machine has if absent.
    pub threads: Option<usize>,
    /// The current date, for rules about age, which are not checked if it is absent.
    pub today: Option<NaiveDate>,
    /// The dictionaries; spelling is not checked if absent.
    pub spelling: Option<Arc<dyn Spelling>>,
    /// Whether guessing is simulated for tests, see [`crate::guess`]; this takes longer than everything else.
    pub guesses: bool,
    /// Stale translations that a person has found to be still right.
    pub still_right: StillRight,
    /// An author's decisions about texts whose meaning may have changed under the same id.
    pub decisions: Decisions,
    /// Whether this is only a preview for authors. No answers are stored then, so a text whose meaning may
    /// have changed under the same id does not exclude a course.
    pub is_preview: bool,
}
