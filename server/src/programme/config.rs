//! Reads `courses/programme.toml`, which defines the indicators.

use std::{collections::BTreeMap, io, path::Path};

use chrono::NaiveDate;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::events::{EventKind, Strand, check_kind, check_strand};
use super::indicator::{Indicator, Programme, UNCOUNTED, UNNAMED};
use crate::{
    http::Lang,
    source::{SourceKind, SourceLabels},
};

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
    /// An indicator counts a kind of record that no area has.
    #[error("the indicator `{indicator}` counts `{kind}`, of which there are none")]
    UnknownSource {
        /// The indicator's id.
        indicator: String,
        /// The kind.
        kind: SourceKind,
    },
    /// The content is not valid.
    #[error("{path}:{line}: {problem}")]
    Invalid {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
}

/// What is not valid in a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl Problem {
    fn at(text: &str, offset: usize, reason: impl Into<String>) -> Self {
        let before = text.bytes().take(offset);
        Self {
            line: before.filter(|byte| *byte == b'\n').count() + 1,
            reason: reason.into(),
        }
    }
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    programme: ProgrammeSection,
    #[serde(default)]
    indicator: Vec<Spanned<Indicator>>,
    #[serde(default)]
    strand: Vec<Spanned<Strand>>,
    #[serde(default)]
    event_kind: Vec<Spanned<EventKind>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgrammeSection {
    #[serde(default)]
    number: String,
    from: Option<Spanned<Datetime>>,
    until: Option<Spanned<Datetime>>,
    #[serde(default)]
    title: BTreeMap<String, String>,
}

impl Programme {
    /// Reads the file beside the courses; without a file the programme has no indicators.
    ///
    /// # Errors
    /// It cannot be read or is not valid.
    #[expect(
        clippy::disallowed_methods,
        reason = "the programme's own file, read at the start"
    )]
    pub fn load(courses_dir: &Path) -> Result<Self, ProgrammeError> {
        let path = courses_dir.join("programme.toml");
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text).map_err(|problem| ProgrammeError::Invalid {
                path: path.display().to_string(),
                line: problem.line,
                problem: problem.reason,
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(problem) => Err(ProgrammeError::Unreadable {
                path: path.display().to_string(),
                problem,
            }),
        }
    }

    /// Reads the programme from a text.
    ///
    /// # Errors
    /// What is not valid, with its line.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let file: File = toml::from_str(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            Problem::at(text, offset, error.message())
        })?;
        let mut indicators: Vec<Indicator> = Vec::with_capacity(file.indicator.len());
        for spanned in file.indicator {
            let place = spanned.span().start;
            let indicator = spanned.into_inner();
            check(&indicator, &indicators).map_err(|reason| Problem::at(text, place, reason))?;
            indicators.push(indicator);
        }
        let mut strands: Vec<Strand> = Vec::with_capacity(file.strand.len());
        for spanned in file.strand {
            let place = spanned.span().start;
            let strand = spanned.into_inner();
            check_strand(&strand, &strands).map_err(|reason| Problem::at(text, place, reason))?;
            strands.push(strand);
        }
        let mut event_kinds: Vec<EventKind> = Vec::with_capacity(file.event_kind.len());
        for spanned in file.event_kind {
            let place = spanned.span().start;
            let kind = spanned.into_inner();
            check_kind(&kind, &event_kinds, &strands)
                .map_err(|reason| Problem::at(text, place, reason))?;
            event_kinds.push(kind);
        }
        let date = |value: &Spanned<Datetime>| {
            let value_text = value.as_ref().to_string();
            value_text.parse::<NaiveDate>().map_err(|_| {
                let reason = format!("`{value_text}` is not a date");
                Problem::at(text, value.span().start, reason)
            })
        };
        let period = match (&file.programme.from, &file.programme.until) {
            (Some(from), Some(until)) => Some((date(from)?, date(until)?)),
            _ => None,
        };
        Ok(Self {
            number: file.programme.number,
            title: file.programme.title,
            period,
            indicators,
            strands,
            event_kinds,
        })
    }

    /// Checks that some area has the kinds of records that the indicators count.
    ///
    /// # Errors
    /// The first kind that no area has.
    pub fn check_sources(&self, sources: &SourceLabels) -> Result<(), ProgrammeError> {
        for indicator in &self.indicators {
            if let Some(kind) = indicator.counts.iter().find(|kind| !sources.has_kind(kind)) {
                return Err(ProgrammeError::UnknownSource {
                    indicator: indicator.id.clone(),
                    kind: kind.clone(),
                });
            }
        }
        Ok(())
    }
}

/// Checks that the format itself does not contain.
fn check(indicator: &Indicator, earlier: &[Indicator]) -> Result<(), String> {
    let id = &indicator.id;
    if earlier.iter().any(|other| other.id == *id) {
        return Err(format!("two indicators have the id `{id}`"));
    }
    // Ids are part of addresses.
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(is_plain) || [UNCOUNTED, UNNAMED].contains(&id.as_str()) {
        return Err(format!(
            "`{id}` cannot be the id of an indicator: use a-z, 0-9 and -"
        ));
    }
    for lang in Lang::ALL {
        if !indicator.title.contains_key(lang.as_str()) {
            return Err(format!("indicator `{id}` has no title in `{lang}`"));
        }
    }
    Ok(())
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
        for kind in crate::organisations::KINDS {
            let count = programme
                .matching(&SourceKind::new("completion"), kind)
                .count();
            assert!(count <= 1, "{kind:?} would count twice");
        }
    }

    #[test]
    fn reads_the_shipped_strands_and_kinds_of_events() {
        let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses");
        let programme = Programme::load(&courses).unwrap();
        let kinds: Vec<_> = programme
            .event_kinds
            .iter()
            .map(|kind| kind.id.as_str())
            .collect();
        assert_eq!(
            kinds,
            ["seminar", "discussion", "information-event", "conference"]
        );
        let discussion = programme.event_kind("discussion").unwrap();
        assert_eq!(
            (discussion.capacity, discussion.most_places),
            (20, Some(20))
        );
        assert!(programme.strand(&discussion.strand).is_some());
    }

    const STRAND: &str = "[[strand]]\nid='s'\naudience='everyone'\ntitle={lv='x',en='x'}\n";
    const KIND: &str = "[[event_kind]]\nid='k'\nstrand='s'\nsessions=1\nsession_hours=3\ncapacity=20\nclose_hours=1\ncancel_hours=1\noffer_hours=1\nreminder_minutes=[60]\nneeds_kept_days=30\ntitle={lv='x',en='x'}\n";

    #[test]
    fn says_what_is_wrong_with_a_kind_of_event_and_where() {
        let good = format!("{STRAND}{KIND}");
        assert!(Programme::parse(&good).is_ok());
        for (from, to, line, reason) in [
            ("strand='s'", "strand='t'", 5, "which is none"),
            ("capacity=20", "capacity=0", 5, "from 1 to 10000"),
            (
                "capacity=20",
                "capacity=21\nmost_places=20",
                5,
                "from 1 to 20",
            ),
            ("capacity=20", "capacity=20\nminimum=21", 5, "more people"),
            ("sessions=1", "sessions=0", 5, "sessions"),
            ("id='k'", "id='K'", 5, "a-z"),
            ("audience='everyone'", "audience='cats'", 3, "cats"),
            (
                "needs_kept_days=30",
                "needs_kept_days=30\nmaterial=[{url='/handbook',title={lv='x',en='x'}}]",
                5,
                "neither a link",
            ),
        ] {
            let problem = Programme::parse(&good.replace(from, to)).unwrap_err();
            assert!(problem.reason.contains(reason), "{problem:?}");
            assert_eq!(problem.line, line, "{problem:?}");
        }
        let twice = Programme::parse(&format!("{good}{KIND}")).unwrap_err();
        assert!(twice.reason.contains("two kinds"), "{twice:?}");
    }

    const GOOD: &str = "[[indicator]]\nid='x'\nunit='person'\noperator='at-least'\ncounting='cumulative'\ncounts=['completion']\norganisation_kinds=['other']\ntitle={lv='x',en='x'}\n";

    #[test]
    fn says_what_it_does_not_understand_and_where() {
        let circus = GOOD.replace("other", "circus");
        for (text, line, reason) in [
            (circus.as_str(), 7, "circus"),
            ("[[indicator]]\nid='x'", 1, "unit"),
            (&GOOD.repeat(2), 9, "two indicators"),
            (&GOOD.replace(",en='x'", ""), 1, "no title in `en`"),
            (&GOOD.replace("id='x'", "id='a/b'"), 1, "a/b"),
            (&format!("{GOOD}goal=1"), 9, "goal"),
            (
                "[programme]\nfrom=10:00:00\nuntil=2026-01-01",
                2,
                "10:00:00",
            ),
        ] {
            let problem = Programme::parse(text).unwrap_err();
            assert!(problem.reason.contains(reason), "{problem:?}");
            assert_eq!(problem.line, line, "{problem:?}");
        }
    }

    #[test]
    fn a_bad_file_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("programme.toml"), "x = ").unwrap();
        let message = Programme::load(folder.path()).unwrap_err().to_string();
        assert!(message.contains("programme.toml:1: "), "{message}");
    }
}
