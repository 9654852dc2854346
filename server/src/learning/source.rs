//! Completions, as certificates and the programme's facts know them.

use uuid::Uuid;

use crate::{
    http::address::{self, Address as _},
    ids::CompletionId,
    source::{Source, SourceKind, SourceLabel},
};

/// The kind of completions, as certificates and the programme's facts know them.
pub const COMPLETION: SourceKind = SourceKind::new("completion");

/// A completion, as certificates and the programme's facts know it.
#[must_use]
pub fn completion_source(id: CompletionId) -> Source {
    Source {
        kind: COMPLETION,
        id: Uuid::from(id).into(),
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
        url: |lang, id| {
            let completion = Uuid::from(id).into();
            address::Completion { completion }.url(lang)
        },
    }
}
