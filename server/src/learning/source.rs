//! Completions as the source of certificates and of the programme's facts.

use uuid::Uuid;

use crate::{
    http::address::{self, Address as _},
    ids::CompletionId,
    source::{Source, SourceKind, SourceLabel},
};

/// The kind of source of completions.
pub const COMPLETION: SourceKind = SourceKind::new("completion");

/// The source for a completion.
#[must_use]
pub fn completion_source(id: CompletionId) -> Source {
    Source {
        kind: COMPLETION,
        id: Uuid::from(id).into(),
    }
}

/// The texts and the page of completions.
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
