//! Learning: the catalogue of compiled courses, enrolments, progress in lessons, attempts at
//! tests, and completion with its reasons.
//!
//! Answer keys stay in here: views get questions and marks, never a key.

mod attempt_cache;
mod attempt_state;
pub mod catalogue;
pub mod model;
pub mod pages;
mod rendered;
pub mod service;
mod source;
mod state;
mod store;
pub mod views;

pub use attempt_cache::AttemptCache;
pub use catalogue::Catalogue;
pub use model::Replacing;
pub use pages::{media, routes};
pub use rendered::Rendered;
pub use service::{attempt, catch_up, enrol, enrolled, lesson};
pub use source::{COMPLETION, completion_label, completion_source};
pub use state::{Context, Courses, State};
