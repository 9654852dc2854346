//! `courses/programme.toml`: the indicators as the programme's documents state them.

use std::{collections::BTreeMap, io, path::Path};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use toml::value::Datetime;

use crate::{db::entity::organisation, http::Lang};

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
    pub counts: Vec<Counts>,
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

/// Which records count towards an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// A completed course.
    Completion,
}

/// A kind of organisation by its word in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct OrganisationKind(pub organisation::Kind);

impl TryFrom<String> for OrganisationKind {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        <organisation::Kind as sea_orm::ActiveEnum>::try_from_value(&word)
            .map(Self)
            .map_err(|_| format!("there is no kind of organisation called `{word}`"))
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

/// Why the file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProgrammeError {
    /// It cannot be read.
    #[error("{path} cannot be read: {problem}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        problem: io::Error,
    },
    /// It says something that is not understood.
    #[error("{path}: {problem}")]
    Invalid {
        /// The file.
        path: String,
        /// What, with line and column.
        problem: String,
    },
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    programme: Head,
    #[serde(default)]
    indicator: Vec<Indicator>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    #[serde(default)]
    number: String,
    from: Option<Datetime>,
    until: Option<Datetime>,
    #[serde(default)]
    title: BTreeMap<String, String>,
}

impl Programme {
    /// Reads the file beside the courses; a missing one is a programme without indicators.
    ///
    /// # Errors
    /// It cannot be read or understood; nothing is guessed.
    #[expect(
        clippy::disallowed_methods,
        reason = "the programme's own file, read at the start"
    )]
    pub fn load(courses_dir: &Path) -> Result<Self, ProgrammeError> {
        let path = courses_dir.join("programme.toml");
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).map_err(|problem| ProgrammeError::Invalid {
                path: path.display().to_string(),
                problem,
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(problem) => Err(ProgrammeError::Unreadable {
                path: path.display().to_string(),
                problem,
            }),
        }
    }

    /// The same from a text.
    ///
    /// # Errors
    /// What is not understood, with its place.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut ids = std::collections::BTreeSet::new();
        for indicator in &file.indicator {
            if !ids.insert(&indicator.id) {
                return Err(format!("two indicators have the id `{}`", indicator.id));
            }
            for lang in Lang::ALL {
                if !indicator.title.contains_key(lang.as_str()) {
                    return Err(format!(
                        "indicator `{}` has no title in `{lang}`",
                        indicator.id
                    ));
                }
            }
        }
        let period = match (&file.programme.from, &file.programme.until) {
            (Some(from), Some(until)) => Some((date(from)?, date(until)?)),
            _ => None,
        };
        Ok(Self {
            number: file.programme.number,
            title: file.programme.title,
            period,
            indicators: file.indicator,
        })
    }

    /// An indicator by its id.
    #[must_use]
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// The indicators that a record of this kind counts towards for a person of such an
    /// organisation.
    pub fn matching(
        &self,
        counts: Counts,
        kind: organisation::Kind,
    ) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| {
            indicator.counts.contains(&counts)
                && indicator
                    .organisation_kinds
                    .contains(&OrganisationKind(kind))
        })
    }
}

fn date(value: &Datetime) -> Result<NaiveDate, String> {
    value
        .to_string()
        .parse()
        .map_err(|_| format!("`{value}` is not a date"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_shipped_programme() {
        let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses");
        let programme = Programme::load(&courses).unwrap();
        let targets: Vec<_> = programme.indicators.iter().map(|i| i.target).collect();
        assert_eq!(targets, [Some(1200), Some(1500)]);
        for kind in <organisation::Kind as sea_orm::Iterable>::iter() {
            let count = programme.matching(Counts::Completion, kind).count();
            assert!(count <= 1, "{kind:?} would count twice");
        }
    }

    #[test]
    fn says_what_it_does_not_understand() {
        let bad_kind = "[[indicator]]\nid='x'\nunit='person'\noperator='at-least'\ncounting='cumulative'\ncounts=['completion']\norganisation_kinds=['circus']\ntitle={lv='x',en='x'}";
        assert!(Programme::parse(bad_kind).unwrap_err().contains("circus"));
        assert!(
            Programme::parse("[[indicator]]\nid='x'")
                .unwrap_err()
                .contains("unit")
        );
    }
}
