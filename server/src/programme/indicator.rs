//! The programme's indicators.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::events::{EventKind, Strand};
use crate::{
    organisations::{OrganisationKind, kind_from_slug},
    source::SourceKind,
};

/// The indicator id of facts that no indicator counts. They are stored, so that they can count when the kind
/// of the organisation is corrected.
pub const UNCOUNTED: &str = "uncounted";

/// The indicator id of facts of people who have not named their employer. They are stored, and count once an
/// employer is named.
pub const UNNAMED: &str = "unnamed";

/// The programme and its indicators.
#[derive(Debug, Clone, Default)]
pub struct Programme {
    /// The project's number.
    pub number: String,
    /// Its name by language.
    pub title: BTreeMap<String, String>,
    /// First and last day.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// In the order of the file.
    pub indicators: Vec<Indicator>,
    /// The strands of its events, in the order of the file.
    pub strands: Vec<Strand>,
    /// The kinds of its events, in the order of the file.
    pub event_kinds: Vec<EventKind>,
}

/// An indicator of the programme.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Stored in facts; never changes.
    pub id: String,
    /// The unit in which it is counted.
    pub unit: Unit,
    /// How the figure relates to the target.
    pub operator: Operator,
    /// The target; absent where the documents set none.
    pub target: Option<u32>,
    /// The period over which it counts.
    pub counting: Counting,
    /// Indicators of the same group count a person once between them.
    pub group: Option<String>,
    /// Which kinds of records count.
    pub counts: Vec<SourceKind>,
    /// For which kinds of organisations people count.
    pub organisation_kinds: Vec<ConfiguredKind>,
    /// Whether the programme's documents contradict one another here.
    #[serde(default)]
    pub disputed: bool,
    /// Name by language.
    pub title: BTreeMap<String, String>,
    /// A note for readers, by language.
    #[serde(default)]
    pub note: BTreeMap<String, String>,
    /// The source of the target.
    pub source: Option<Source>,
}

/// The unit of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// People, each counted once.
    Person,
}

/// How a figure relates to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operator {
    /// At least the target.
    AtLeast,
}

/// The period over which an indicator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// From the first day of the programme.
    Cumulative,
}

/// The kind of an organisation, as named in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ConfiguredKind(pub OrganisationKind);

impl TryFrom<String> for ConfiguredKind {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        kind_from_slug(&word)
            .map(Self)
            .ok_or_else(|| format!("there is no kind of organisation called `{word}`"))
    }
}

/// The source of a target.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The document.
    pub document: String,
    /// A quotation.
    pub quotation: String,
}

impl Indicator {
    /// The kinds of organisations for which it counts.
    pub fn kinds(&self) -> impl Iterator<Item = OrganisationKind> {
        self.organisation_kinds.iter().map(|kind| kind.0)
    }
}

impl Programme {
    /// A strand by its id.
    #[must_use]
    pub fn strand(&self, id: &str) -> Option<&Strand> {
        self.strands.iter().find(|strand| strand.id == id)
    }

    /// A kind of event by its id.
    #[must_use]
    pub fn event_kind(&self, id: &str) -> Option<&EventKind> {
        self.event_kinds.iter().find(|kind| kind.id == id)
    }

    /// An indicator by its id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// The indicators that count a record of this kind for a person who works for this kind of organisation.
    pub fn matching(
        &self,
        counts: &SourceKind,
        kind: OrganisationKind,
    ) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| {
            indicator.counts.contains(counts)
                && indicator.organisation_kinds.contains(&ConfiguredKind(kind))
        })
    }
}
