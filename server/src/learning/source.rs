//! Completions as the source of certificates and of the programme's facts, and those of learning paths as the source
//! of certificates.

use uuid::Uuid;

use crate::{
    http::address::{self, Address as _},
    ids::{CompletionId, PathCompletionId},
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

/// The kind of source of completions of learning paths. They prove no fact of an indicator: people are counted by
/// courses.
pub const PATH_COMPLETION: SourceKind = SourceKind::new("path-completion");

/// The source for a completion of a learning path.
#[must_use]
pub fn path_completion_source(id: PathCompletionId) -> Source {
    Source {
        kind: PATH_COMPLETION,
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
