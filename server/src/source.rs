//! Records of other areas, known by their kind and id alone: what a certificate certifies, and what proves a
//! fact of the programme. The area that holds records of a kind says what it calls them and where they are
//! shown ([`SourceLabel`]); which kinds there are is composed on top of the areas.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    http::{Lang, theme::Theme},
    ids::SourceId,
};

/// A kind of record: a word that the area which holds such records gives, e.g. `completion`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceKind(Cow<'static, str>);

impl SourceKind {
    /// A kind by its word.
    #[must_use]
    pub const fn new(word: &'static str) -> Self {
        Self(Cow::Borrowed(word))
    }

    /// Its word.
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

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Of which kind.
    pub kind: SourceKind,
    /// Which.
    pub id: SourceId,
}

/// What the area that holds records of a kind says of them.
#[derive(Debug, Clone)]
pub struct SourceLabel {
    /// The kind.
    pub kind: SourceKind,
    /// The message that says what happened, e.g. “Completed a course”.
    pub what: &'static str,
    /// The message of a link to the record.
    pub open: &'static str,
    /// The same for a table, with little room.
    pub open_short: &'static str,
    /// The address of a record's page.
    pub url: fn(Lang, SourceId) -> String,
}

/// The kinds of records that there are.
#[derive(Debug, Clone, Default)]
pub struct SourceLabels(Vec<SourceLabel>);

/// A link to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLink {
    /// The address of its page.
    pub url: String,
    /// The link's words.
    pub text: String,
    /// The same for a table.
    pub short_text: String,
}

impl SourceLabels {
    /// Those of the areas that are composed.
    #[must_use]
    pub fn new(labels: impl IntoIterator<Item = SourceLabel>) -> Self {
        Self(labels.into_iter().collect())
    }

    /// Whether an area holds records of a kind.
    #[must_use]
    pub fn knows(&self, kind: &SourceKind) -> bool {
        self.find(kind).is_some()
    }

    fn find(&self, kind: &SourceKind) -> Option<&SourceLabel> {
        self.0.iter().find(|label| label.kind == *kind)
    }

    /// What happened; the kind's own word, where no area knows it any more.
    #[must_use]
    pub fn what(&self, theme: &Theme, lang: Lang, kind: &SourceKind) -> String {
        self.find(kind)
            .map_or_else(|| kind.to_string(), |label| theme.text(lang, label.what))
    }

    /// The link to a record; `None` where no area knows its kind any more.
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
