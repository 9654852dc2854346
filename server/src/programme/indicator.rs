//! The programme's indicators: what it must show.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    organisations::{Kind, kind_from_slug},
    source::SourceKind,
};

/// The indicator of facts that no indicator counts: kept, so that they count when the kind of the
/// organisation is corrected.
pub const UNCOUNTED: &str = "uncounted";

/// The indicator of facts of people who have not said for whom they work: kept, and counted where they belong
/// once they say so.
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
}

/// Something the programme must show.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Stands in facts; never changes.
    pub id: String,
    /// What is counted.
    pub unit: Unit,
    /// How the figure relates to the target.
    pub operator: Operator,
    /// The target, in units; absent where the documents set none.
    pub target: Option<u32>,
    /// Over which time.
    pub counting: Counting,
    /// Indicators of one group count a person once between them.
    pub group: Option<String>,
    /// Which records count.
    pub counts: Vec<SourceKind>,
    /// People of which organisations count.
    pub organisation_kinds: Vec<OrganisationKind>,
    /// Whether the programme's documents contradict one another here.
    #[serde(default)]
    pub disputed: bool,
    /// Name by language.
    pub title: BTreeMap<String, String>,
    /// What a reader must know, by language.
    #[serde(default)]
    pub note: BTreeMap<String, String>,
    /// Where the target stands.
    pub source: Option<Source>,
}

/// What an indicator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// People, each once.
    Person,
}

/// How a figure relates to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operator {
    /// The target or more.
    AtLeast,
}

/// Over which time an indicator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counting {
    /// From the programme's first day on.
    Cumulative,
}

/// A kind of organisation by its word in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct OrganisationKind(pub Kind);

impl TryFrom<String> for OrganisationKind {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        kind_from_slug(&word)
            .map(Self)
            .ok_or_else(|| format!("there is no kind of organisation called `{word}`"))
    }
}

/// Where a target stands.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The document.
    pub document: String,
    /// Its own words.
    pub quotation: String,
}

impl Indicator {
    /// The kinds of organisations whose people it counts.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.organisation_kinds.iter().map(|kind| kind.0)
    }
}

impl Programme {
    /// An indicator by its id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// The indicators that a record of this kind counts towards for a person of such an
    /// organisation.
    pub fn matching(&self, counts: &SourceKind, kind: Kind) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| {
            indicator.counts.contains(counts)
                && indicator
                    .organisation_kinds
                    .contains(&OrganisationKind(kind))
        })
    }
}
