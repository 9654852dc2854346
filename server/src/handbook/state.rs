//! What the handlers of the handbooks need.

use super::print::Prints;
use crate::learning::Courses;

/// What the handlers of the handbooks need. Cheap to clone; clones share it.
#[derive(Clone)]
pub struct State {
    /// The courses.
    pub courses: Courses,
    /// The documents that were made.
    pub(super) prints: Prints,
}

impl State {
    /// With nothing made yet.
    #[must_use]
    pub fn new(courses: Courses) -> Self {
        Self {
            courses,
            prints: Prints::default(),
        }
    }
}
