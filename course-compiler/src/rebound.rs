//! What stands under an id and may not be what the id was given to: a lesson, a question, an answer that says
//! something else than `course.lock` remembers. The author decides; [`Decisions`] says how.

use std::collections::BTreeSet;

use crate::draft::{DraftCourse, DraftFile, PartDraft, QuestionDraft};
use crate::lock::{self, Rebound, What};
use crate::model::{CourseId, is_well_formed};
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

    fn said<'a>(
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

/// Something to be decided.
pub(crate) struct Doubt<'a> {
    pub(crate) file: &'a DraftFile,
    /// The id of the lesson or question.
    pub(crate) id: &'a str,
    pub(crate) at: Span,
    pub(crate) kind: DoubtKind<'a>,
    /// What its author said.
    pub(crate) decision: Option<Decision>,
}

/// What is in doubt.
pub(crate) enum DoubtKind<'a> {
    /// A lesson or question as a whole.
    Whole(Rebound),
    /// A part of a question, with what its id stood for.
    Part(&'a PartDraft, String),
}

/// All that is to be decided in a course, decided or not.
pub(crate) fn doubts(course: &DraftCourse) -> Vec<Doubt<'_>> {
    let Some(lock) = &course.lock else {
        return Vec::new();
    };
    let language = course.meta.source_language;
    let mut doubts = Vec::new();
    for lesson in &course.lessons {
        let Some(file) = lesson.files.get(&language) else {
            continue;
        };
        if let Some(id) = &file.front.id
            && let Some(rebound) = lock.lesson_rebound(file, &lesson.slug, language)
        {
            doubts.push(Doubt {
                file,
                id: &id.text,
                at: file.front.title_span,
                kind: DoubtKind::Whole(rebound),
                decision: course
                    .decisions
                    .of(&id.text, &file.source, file.front.title_span)
                    .filter(|decision| *decision == Decision::Same),
            });
        }
        for question in file.questions() {
            of_question(course, file, question, &mut doubts);
        }
    }
    doubts
}

fn of_question<'a>(
    course: &'a DraftCourse,
    file: &'a DraftFile,
    question: &'a QuestionDraft,
    doubts: &mut Vec<Doubt<'a>>,
) {
    let (Some(lock), Some(id)) = (&course.lock, &question.id) else {
        return;
    };
    let rebound = lock.question_rebound(question, course.meta.source_language);
    let other_answers = rebound
        .as_ref()
        .is_some_and(|rebound| rebound.what == What::Answers);
    doubts.extend(rebound.map(|rebound| {
        Doubt {
            file,
            id: &id.text,
            at: question.heading,
            kind: DoubtKind::Whole(rebound),
            // Only answers can be others under the id of their question.
            decision: course
                .decisions
                .of(&id.text, &file.source, question.heading)
                .filter(|decision| *decision == Decision::Same || other_answers),
        }
    }));
    // Most answers are others: that is one thing to decide, not one for each.
    if other_answers || lock.has_parts(&id.text, &question.parts) {
        return;
    }
    let course_id = CourseId::from(course.meta.id.text.as_str());
    let given = part_ids(course, &course_id, file, question);
    for (at, before) in given.doubtful {
        if let Some(part) = question.parts.get(at) {
            doubts.push(Doubt {
                file,
                id: &id.text,
                at: part.span,
                kind: DoubtKind::Part(part, before),
                decision: course.decisions.of(&id.text, &file.source, part.span),
            });
        }
    }
}

/// The ids of the parts of a question, with what its author said.
pub(crate) fn part_ids(
    course: &DraftCourse,
    course_id: &CourseId,
    file: &DraftFile,
    question: &QuestionDraft,
) -> lock::PartIds {
    let id = question.id.as_ref().map_or("", |id| id.text.as_str());
    lock::part_ids(
        course.lock.as_ref(),
        course_id,
        id,
        &question.parts,
        course.meta.source_language,
        &|part| {
            let of_all = course.decisions.of(id, &file.source, question.heading);
            course
                .decisions
                .of(id, &file.source, part.span)
                .or_else(|| of_all.filter(|decision| *decision == Decision::Another))
        },
    )
}

/// Which of the decisions decided something, as they were written.
pub(crate) fn answered(course: &DraftCourse) -> BTreeSet<String> {
    if course.decisions.is_empty() {
        return BTreeSet::new();
    }
    let undecided = without_decisions(course);
    undecided
        .iter()
        .flat_map(|(file, id, at)| course.decisions.said(id, &file.source, *at))
        .map(|(_, named)| named.to_owned())
        .collect()
}

/// The places of all doubts as they are before anything is decided.
fn without_decisions(course: &DraftCourse) -> Vec<(&DraftFile, &str, Span)> {
    let mut places: Vec<(&DraftFile, &str, Span)> = doubts(course)
        .into_iter()
        .map(|doubt| (doubt.file, doubt.id, doubt.at))
        .collect();
    // An answer found to be another one is in doubt no more.
    let course_id = CourseId::from(course.meta.id.text.as_str());
    for file in course.source_files() {
        for question in file.questions() {
            let Some(id) = &question.id else { continue };
            let given = lock::part_ids(
                course.lock.as_ref(),
                &course_id,
                &id.text,
                &question.parts,
                course.meta.source_language,
                &|_| None,
            );
            let parts = given
                .doubtful
                .iter()
                .filter_map(|(at, _)| question.parts.get(*at));
            places.extend(parts.map(|part| (file, id.text.as_str(), part.span)));
        }
    }
    places
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
