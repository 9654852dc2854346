//! References to records of other areas by kind and id: what a certificate certifies, and what proves a fact
//! of the programme. The area to which the records belong provides their texts and addresses
//! ([`SourceLabel`]); the application collects the kinds of all areas.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    http::{Lang, theme::Theme},
    ids::SourceId,
};

/// A kind of record, named by the area to which it belongs, e.g. `completion`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceKind(Cow<'static, str>);

impl SourceKind {
    /// The kind with this name.
    #[must_use]
    pub const fn new(word: &'static str) -> Self {
        Self(Cow::Borrowed(word))
    }

    /// Its name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for SourceKind {
    fn from(word: String) -> Self {
        Self(Cow::Owned(word))
    }
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A reference to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its kind.
    pub kind: SourceKind,
    /// Its id.
    pub id: SourceId,
}

/// The texts and the page for records of a kind, provided by their area.
#[derive(Debug, Clone)]
pub struct SourceLabel {
    /// The kind.
    pub kind: SourceKind,
    /// The key of the message that says what happened, e.g. “Completed a course”.
    pub what: &'static str,
    /// The key of the message for a link to the record.
    pub open: &'static str,
    /// A shorter one, for a table.
    pub open_short: &'static str,
    /// The address of a record's page.
    pub url: fn(Lang, SourceId) -> String,
}

/// The kinds of records of all areas.
#[derive(Debug, Clone, Default)]
pub struct SourceLabels(Vec<SourceLabel>);

/// A link to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLink {
    /// The address of its page.
    pub url: String,
    /// The link's text.
    pub text: String,
    /// A shorter text, for a table.
    pub short_text: String,
}

impl SourceLabels {
    /// The kinds of these areas.
    #[must_use]
    pub fn new(labels: impl IntoIterator<Item = SourceLabel>) -> Self {
        Self(labels.into_iter().collect())
    }

    /// Whether an area has records of a kind.
    #[must_use]
    pub fn has_kind(&self, kind: &SourceKind) -> bool {
        self.find(kind).is_some()
    }

    fn find(&self, kind: &SourceKind) -> Option<&SourceLabel> {
        self.0.iter().find(|label| label.kind == *kind)
    }

    /// What happened; the kind's name if no area has it any more.
    #[must_use]
    pub fn what(&self, theme: &Theme, lang: Lang, kind: &SourceKind) -> String {
        self.find(kind)
            .map_or_else(|| kind.to_string(), |label| theme.text(lang, label.what))
    }

    /// The link to a record; `None` if no area has its kind any more.
    #[must_use]
    pub fn link(&self, theme: &Theme, lang: Lang, source: &Source) -> Option<SourceLink> {
        let label = self.find(&source.kind)?;
        Some(SourceLink {
            url: (label.url)(lang, source.id),
            text: theme.text(lang, label.open),
            short_text: theme.text(lang, label.open_short),
        })
    }
}
