//! Learning: the catalogue of compiled courses, enrolments, progress in lessons, attempts at
//! tests, and completion with its reasons.
//!
//! Answer keys stay in here: views get questions and marks, never a key.

use uuid::Uuid;

use crate::source::{Source, SourceKind, SourceLabel};

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

/// The kind of completions, as certificates and the programme's facts know them.
pub const COMPLETION: SourceKind = SourceKind::new("completion");

/// A completion, as certificates and the programme's facts know it.
#[must_use]
pub const fn completion_source(id: Uuid) -> Source {
    Source {
        kind: COMPLETION,
        id,
    }
}

/// What completions are called, and where they are shown.
#[must_use]
pub fn completion_label() -> SourceLabel {
    SourceLabel {
        kind: COMPLETION,
        what: "fact-what-completion",
        open: "fact-source-completion",
        open_short: "heads-completion",
        path: |id| format!("manage/completions/{id}"),
    }
}
