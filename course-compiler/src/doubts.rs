//! Doubts: a lesson, a question or an answer whose text under an id differs so much from the one in
//! `course.lock` that it may be a different thing. The author decides; see [`crate::decisions`].

use std::collections::BTreeSet;

use crate::decisions::Decision;
use crate::draft::DraftFile;
use crate::draft_course::DraftCourse;
use crate::lock::{self, Rebound, What};
use crate::model::CourseId;
use crate::question::{PartDraft, QuestionDraft};
use crate::source::Span;

/// A doubt to be decided.
pub(crate) struct Doubt<'a> {
    pub(crate) file: &'a DraftFile,
    /// The id of the lesson or question.
    pub(crate) id: &'a str,
    pub(crate) at: Span,
    pub(crate) kind: DoubtKind<'a>,
    /// The author's decision.
    pub(crate) decision: Option<Decision>,
}

/// What the doubt is about.
pub(crate) enum DoubtKind<'a> {
    /// A lesson or question as a whole.
    Whole(Rebound),
    /// A part of a question, with its earlier text.
    Part(&'a PartDraft, String),
}

/// All doubts of a course, decided or not.
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
            // Only answers can be different ones under the id of their question.
            decision: course
                .decisions
                .of(&id.text, &file.source, question.heading)
                .filter(|decision| *decision == Decision::Same || other_answers),
        }
    }));
    // If most answers are different, that is one doubt, not one for each.
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

/// The ids of the parts of a question, with the author's decisions applied.
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

/// The decisions that resolved a doubt, as they were written.
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

/// The places of all doubts before any decision is applied.
fn without_decisions(course: &DraftCourse) -> Vec<(&DraftFile, &str, Span)> {
    let mut places: Vec<(&DraftFile, &str, Span)> = doubts(course)
        .into_iter()
        .map(|doubt| (doubt.file, doubt.id, doubt.at))
        .collect();
    // An answer that was decided to be a different one is no longer in doubt.
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
