//! How to compile: what a run is told beside the courses.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::decisions::Decisions;
use crate::spelling::Spelling;
use crate::translation::StillRight;

/// How to compile.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Threads to use; as many as the machine has when absent.
    pub threads: Option<usize>,
    /// The day on which the courses are checked, for rules about age; they are silent when absent.
    pub today: Option<NaiveDate>,
    /// Who knows how words are written; spelling is not checked when absent.
    pub spelling: Option<Arc<dyn Spelling>>,
    /// Whether tests are also taken by a guesser, see [`crate::guess`]; that takes longer than all the rest.
    pub guesses: bool,
    /// Stale translations that a person found right.
    pub still_right: StillRight,
    /// What a person said of texts that may have come to mean something else under their ids.
    pub decisions: Decisions,
    /// Whether the courses are only looked at while they are written. Nobody's answers are kept then, and a text
    /// that may have come to mean something else under its id keeps no course out.
    pub is_preview: bool,
}
