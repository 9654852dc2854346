//! Learning: the catalogue of compiled courses, enrolments, progress in lessons, attempts at
//! tests, and completion with its reasons.
//!
//! Answer keys stay in here: views get questions and marks, never a key.

pub mod catalogue;
pub mod model;
pub mod pages;
mod rendered;
pub mod service;
mod sittings;
mod state;
mod store;
pub mod views;

pub use catalogue::Catalogue;
pub use rendered::Rendered;
pub use sittings::Sittings;
pub use state::{Courses, State};
