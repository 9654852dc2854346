//! What an author says of texts that may have come to mean something else under their ids.

use crate::model::is_well_formed;
use crate::source::{Source, Span};
use crate::translation::Place;

/// What an author says of a doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It means what it meant; the id stays.
    Same,
    /// It is another answer; it gets an id of its own.
    Another,
}

/// What an author says of the texts that may have come to mean something else under their ids. `course lock`
/// records it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions(Vec<(Decision, String, Claim)>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Claim {
    Id(String),
    /// The folder of a course.
    Course(String),
    Place(Place),
}

/// A word that is no id of a lesson or question, no course, no lesson file and no line of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no id such as `q-tests`, no folder of a course, no lesson file such as `course/lv/01-lesson.md`, and \
     no line of one"
)]
pub struct Misnamed(pub String);

impl Decisions {
    /// What this names means what it meant: a question or lesson by its id (`q-tests`), with all its answers, a
    /// file (`course/lv/01-lesson.md`), a line of one (`course/lv/01-lesson.md:12`), or a course by its folder.
    ///
    /// # Errors
    ///
    /// When it is none of these.
    pub fn add_same(&mut self, named: &str) -> Result<(), Misnamed> {
        self.add(Decision::Same, named)
    }

    /// The answers that this names are others than those that stood there, and get ids of their own.
    ///
    /// # Errors
    ///
    /// When it is none of these.
    pub fn add_another(&mut self, named: &str) -> Result<(), Misnamed> {
        self.add(Decision::Another, named)
    }

    fn add(&mut self, decision: Decision, named: &str) -> Result<(), Misnamed> {
        let is_id = ["q-", "l-", "t-"]
            .iter()
            .any(|prefix| named.starts_with(prefix));
        let folder = named.strip_suffix('/').unwrap_or(named);
        let claim = if is_id && is_well_formed(named) {
            Claim::Id(named.to_owned())
        } else if !is_id && is_well_formed(folder) {
            Claim::Course(folder.to_owned())
        } else {
            let place = Place::read(named);
            Claim::Place(place.ok_or_else(|| Misnamed(named.to_owned()))?)
        };
        self.0.push((decision, named.to_owned(), claim));
        Ok(())
    }

    /// What was named, as it was written.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, named, _)| named.as_str())
    }

    /// Whether nothing was said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was said of a place that belongs to this id.
    pub(crate) fn of(&self, id: &str, source: &Source, span: Span) -> Option<Decision> {
        let said = self.said(id, source, span).last();
        said.map(|(decision, _)| decision)
    }

    pub(crate) fn said<'a>(
        &'a self,
        id: &'a str,
        source: &'a Source,
        span: Span,
    ) -> impl Iterator<Item = (Decision, &'a str)> {
        self.0
            .iter()
            .filter(move |(_, _, claim)| match claim {
                Claim::Id(named) => named == id,
                Claim::Course(folder) => {
                    let path = source.path().strip_prefix(folder.as_str());
                    path.is_some_and(|path| path.starts_with('/'))
                }
                Claim::Place(place) => place.covers(source, span),
            })
            .map(|(decision, named, _)| (*decision, named.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_files_lines_and_courses_can_be_named() {
        for named in [
            "q-tests",
            "l-a",
            "t-a",
            "kurss",
            "kurss/",
            "kurss/lv/01-a.md",
            "kurss/lv/01-a.md:7",
        ] {
            assert!(Decisions::default().add_same(named).is_ok(), "{named}");
        }
        for named in ["", "q-", "Kurss", "kurss/lv", "kurss/lv/01-a.md:x"] {
            assert!(Decisions::default().add_another(named).is_err(), "{named}");
        }
    }
}
