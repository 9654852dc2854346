//! Completions, as certificates and the programme's facts know them.

use uuid::Uuid;

use crate::source::{Source, SourceKind, SourceLabel};

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
