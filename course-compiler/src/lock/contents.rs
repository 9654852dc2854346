//! The content of a course that is recorded in the lock, and making a lock from it.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{
    Lock, LockedLesson, LockedPart, LockedQuestion, UNIT, VERSION, course_uuid, lesson_uuid,
    question_uuid,
};
use super::parts::says;
use super::rebound::sketch;
use crate::draft::DraftFile;
use crate::model::{CourseId, Language, PartId};
use crate::question::PartDraft;
use crate::translation::Records;

/// The content of a course that is recorded in the lock.
pub(crate) struct Contents<'a> {
    pub(crate) course: CourseId,
    pub(crate) lessons: Vec<RememberedLesson>,
    /// The texts of outcomes, in the source language, by their ids.
    pub(crate) outcomes: BTreeMap<String, String>,
    pub(crate) questions: &'a [Remembered<'a>],
    pub(crate) translations: Records,
}

/// A lesson as recorded in the lock.
pub(crate) struct RememberedLesson {
    id: String,
    slug: String,
    title: String,
    /// See [`sketch`].
    body: String,
    /// Its earlier title, if the author has just confirmed that it is the same lesson.
    was: Option<String>,
}

impl RememberedLesson {
    /// The lesson of a file in the source language; `None` if it has no id.
    pub(crate) fn of(
        before: Option<&Lock>,
        file: &DraftFile,
        slug: &str,
        language: Language,
    ) -> Option<Self> {
        let rebound = before.and_then(|lock| lock.lesson_rebound(file, slug, language));
        Some(Self {
            id: file.front.id.as_ref()?.text.clone(),
            slug: slug.to_owned(),
            title: file.front.title.clone(),
            body: sketch(file),
            was: rebound.map(|rebound| rebound.before),
        })
    }
}

/// A question as recorded in the lock.
pub(crate) struct Remembered<'a> {
    pub(crate) id: &'a str,
    pub(crate) class: &'a str,
    pub(crate) title: String,
    pub(crate) prompt: String,
    /// Earlier texts of the question and then of its parts, of which the author has just confirmed that they
    /// ask the same.
    pub(crate) was: Vec<String>,
    pub(crate) parts_were: Vec<(usize, String)>,
    pub(crate) content: String,
    pub(crate) grading: &'a str,
    pub(crate) parts: &'a [PartDraft],
    pub(crate) ids: &'a [PartId],
}

impl Lock {
    /// A lock for the current content of a course. Ids in `before` that are no longer used are retired.
    pub(crate) fn of(before: Option<&Self>, now: Contents<'_>) -> Self {
        let Contents {
            course: id,
            lessons,
            outcomes: outcome,
            questions,
            translations,
        } = now;
        let slugs: BTreeSet<String> = lessons.iter().map(|lesson| lesson.slug.clone()).collect();
        let lesson: BTreeMap<String, LockedLesson> = lessons
            .into_iter()
            .map(|lesson| {
                let known = before.and_then(|lock| lock.lesson.get(&lesson.id));
                let mut was = known.map(|known| known.was.clone()).unwrap_or_default();
                was.extend(lesson.was);
                let slugs_before = before.map(|lock| lock.slugs_before(&lesson.id, &lesson.slug));
                let mut slugs_before = slugs_before.unwrap_or_default();
                // What is another's address now stays the other's.
                slugs_before.retain(|slug| !slugs.contains(slug));
                let locked = LockedLesson {
                    uuid: lesson_uuid(before, &id, &lesson.id),
                    slugs_before,
                    slug: lesson.slug,
                    title: lesson.title,
                    body: lesson.body,
                    was,
                };
                (lesson.id, locked)
            })
            .collect();
        let question: BTreeMap<String, LockedQuestion> = questions
            .iter()
            .map(|question| {
                let known = before.and_then(|lock| lock.question.get(question.id));
                let mut was = known.map(|known| known.was.clone()).unwrap_or_default();
                was.extend(question.was.iter().cloned());
                let part_was = |at: usize, id: &PartId| {
                    let known = known
                        .and_then(|known| known.part.iter().find(|part| part.id == *id))
                        .map(|part| part.was.clone());
                    let mut was = known.unwrap_or_default();
                    let now = question.parts_were.iter().filter(|(part, _)| *part == at);
                    was.extend(now.map(|(_, text)| text.clone()));
                    was
                };
                let locked = LockedQuestion {
                    uuid: question_uuid(before, &id, question.id),
                    kind: question.class.to_owned(),
                    title: question.title.clone(),
                    prompt: question.prompt.clone(),
                    was,
                    content: question.content.clone(),
                    grading: question.grading.to_owned(),
                    part: question
                        .parts
                        .iter()
                        .zip(question.ids)
                        .enumerate()
                        .filter(|(_, (part, _))| part.role != UNIT)
                        .map(|(at, (part, id))| LockedPart {
                            id: id.clone(),
                            role: part.role.as_str().to_owned(),
                            within: part.within.clone(),
                            text: part.text.clone(),
                            says: says(part).unwrap_or_default(),
                            was: part_was(at, id),
                        })
                        .collect(),
                };
                (question.id.to_owned(), locked)
            })
            .collect();
        let mut retired = before.map(|lock| lock.retired.clone()).unwrap_or_default();
        if let Some(before) = before {
            let outcomes = before.outcome.keys();
            let gone = before
                .lesson
                .keys()
                .filter(|id| !lesson.contains_key(*id))
                .chain(outcomes.filter(|id| !outcome.contains_key(*id)))
                .chain(
                    before
                        .question
                        .keys()
                        .filter(|id| !question.contains_key(*id)),
                );
            retired.extend(gone.cloned());
        }
        Self {
            version: VERSION,
            uuid: course_uuid(before, &id),
            course: id,
            retired,
            outcome,
            lesson,
            question,
            translation: translations,
        }
    }
}
