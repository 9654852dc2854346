//! What the site's own pages need.

use crate::{
    events,
    learning::{self, Courses},
};

/// What the site's own pages need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The courses that the front page offers.
    pub courses: Courses,
    /// Where somebody who is signed in goes on.
    pub learning: learning::State,
    /// The coming events that the front page announces.
    pub events: events::State,
}
