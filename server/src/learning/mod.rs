//! Learning: the catalogue of compiled courses, learning paths of several courses, enrolments, progress in lessons,
//! attempts at tests, and completion with its reasons.
//!
//! Answer keys stay in this area: views get questions and marks, never a key.

mod attempt_cache;
mod attempt_state;
mod catalogue;
mod forms;
mod list;
mod model;
mod pages;
mod parts;
mod paths;
#[cfg(test)]
mod paths_tests;
mod privacy;
mod rendered;
mod service;
mod source;
mod state;
mod store;
#[cfg(test)]
mod versions_tests;
pub(crate) mod views;

pub use attempt_cache::AttemptCache;
pub use catalogue::Catalogue;
#[cfg(test)]
pub(crate) use catalogue::sample as sample_catalogue;
pub use model::Replacing;
pub(crate) use pages::going_on;
pub use pages::{media, routes};
pub use paths::{LearningPath, PathProblem, Paths};
pub use privacy::PersonalLearning;
pub use rendered::Rendered;
pub use service::path::enrol as enrol_in_path;
#[cfg(test)]
pub(crate) use service::samples as sample_enrolments;
pub use service::{
    arrive, attempt, catch_up, complete_all_met, courses_of, enrol, enrolled, enrolments, lesson,
    remind,
};
pub use source::{
    COMPLETION, PATH_COMPLETION, completion_label, completion_source, path_completion_source,
};
pub use state::{Addresses, Coming, ComingEntry, ComingFor, Context, Courses, State};
