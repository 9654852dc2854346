//! An author's decisions about texts whose meaning may have changed under the same id.

use crate::model::is_well_formed;
use crate::source::{Source, Span};
use crate::translation::Place;

/// An author's decision about a doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It still means the same; the id stays.
    Same,
    /// It is a different answer, which gets a new id.
    Another,
}

/// An author's decisions about texts whose meaning may have changed under the same id. `course lock` records
/// them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions(Vec<(Decision, String, Claim)>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Claim {
    Id(String),
    /// The folder of a course.
    Course(String),
    Place(Place),
}

/// The word is neither an id of a lesson or question, nor a course, a lesson file or a line of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no id such as `q-tests`, no folder of a course, no lesson file such as `course/lv/01-lesson.md`, and \
     no line of one"
)]
pub struct Misnamed(pub String);

impl Decisions {
    /// Decides that the named thing still means the same: a question or lesson by its id (`q-tests`), with
    /// all its answers, a file (`course/lv/01-lesson.md`), a line of one (`course/lv/01-lesson.md:12`), or a
    /// course by its folder.
    ///
    /// # Errors
    ///
    /// When the name is none of these.
    pub fn add_same(&mut self, named: &str) -> Result<(), Misnamed> {
        self.add(Decision::Same, named)
    }

    /// Decides that the named answers are different from the earlier ones and get new ids.
    ///
    /// # Errors
    ///
    /// When the name is none of these.
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

    /// The names, as they were written.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, named, _)| named.as_str())
    }

    /// Whether there are no decisions.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The decision about the text of this id at a place.
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
