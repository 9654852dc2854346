//! `course.lock`: the ids that survive edits.
//!
//! The file maps ids that people wrote to UUIDs and gives every choice an id of its own, so that answers stay
//! attached when a typo is put right or choices change places. It is written by `course lock` only and
//! committed; compiling reads it, and works without it: what it does not know gets ids that follow from the
//! texts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::draft::{DraftCourse, PartDraft};
use crate::load::Hasher;
use crate::model::{CourseId, PartId};

/// The version of the file's layout.
const VERSION: u32 = 1;

/// All UUIDs of courses are derived in this namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0x1e5c_9a0e_7d51_5c0b_8d3f_2b7a_4c90_e117);

/// How alike two texts have to be, from 0 to 1, to be taken for one choice before and after an edit.
const NEAR: f64 = 0.6;

/// The part whose id is its role: it is not a choice, and there is one at most.
const UNIT: &str = crate::question::UNIT;

/// A course's ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    version: u32,
    course: CourseId,
    uuid: Uuid,
    /// Ids that were used once and are never used again.
    #[serde(default)]
    pub(crate) retired: BTreeSet<String>,
    #[serde(default)]
    lesson: BTreeMap<String, LockedLesson>,
    #[serde(default)]
    question: BTreeMap<String, LockedQuestion>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LockedLesson {
    uuid: Uuid,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LockedQuestion {
    uuid: Uuid,
    kind: String,
    /// Hash of all texts when the lock was written.
    content: String,
    /// Hash of what decides the mark when the lock was written: the revision.
    grading: String,
    #[serde(default)]
    part: Vec<LockedPart>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LockedPart {
    id: PartId,
    role: String,
    text: String,
}

/// Why a lock cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not what `course lock` writes.
    #[error("{0}")]
    Damaged(String),
    /// It was written by a newer compiler.
    #[error("it has version {0}, this compiler knows {VERSION}")]
    Version(u32),
}

/// The ids given to the parts of a question.
pub(crate) struct PartIds {
    /// One for each part.
    pub(crate) ids: Vec<PartId>,
    /// Parts that took over an id by their place alone, with the text they had.
    pub(crate) by_place: Vec<(usize, String)>,
    /// Whether the lock does not say all of this as it is.
    pub(crate) changed: bool,
}

/// A question as the lock remembers it.
pub(crate) struct Remembered<'a> {
    pub(crate) id: &'a str,
    pub(crate) class: &'a str,
    pub(crate) content: String,
    pub(crate) grading: &'a str,
    pub(crate) parts: &'a [PartDraft],
    pub(crate) ids: &'a [PartId],
}

impl Lock {
    /// Reads a lock file.
    ///
    /// # Errors
    ///
    /// When the text is not what [`Lock::to_text`] writes.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let lock: Self =
            toml::from_str(text).map_err(|error| Error::Damaged(error.message().to_owned()))?;
        if lock.version == VERSION {
            Ok(lock)
        } else {
            Err(Error::Version(lock.version))
        }
    }

    /// The text of the lock file, the same for the same lock.
    #[must_use]
    pub fn to_text(&self) -> String {
        let table = toml::to_string(self).unwrap_or_default();
        format!(
            "# Written by `course lock`: the ids that answers are stored under. Commit it, do not edit it.\n{table}"
        )
    }

    /// A lock for a course as it is now. What `before` knew and the course no longer has is retired.
    pub(crate) fn of(course: &DraftCourse, questions: &[Remembered<'_>]) -> Self {
        let before = course.lock.as_ref();
        let id = CourseId::from(course.meta.id.text.as_str());
        let lesson: BTreeMap<String, LockedLesson> = course
            .source_files()
            .filter_map(|file| file.front.id.as_ref())
            .map(|word| {
                let uuid = lesson_uuid(before, &id, &word.text);
                (word.text.clone(), LockedLesson { uuid })
            })
            .collect();
        let question: BTreeMap<String, LockedQuestion> = questions
            .iter()
            .map(|question| {
                let locked = LockedQuestion {
                    uuid: question_uuid(before, &id, question.id),
                    kind: question.class.to_owned(),
                    content: question.content.clone(),
                    grading: question.grading.to_owned(),
                    part: question
                        .parts
                        .iter()
                        .zip(question.ids)
                        .filter(|(part, _)| part.role != UNIT)
                        .map(|(part, id)| LockedPart {
                            id: id.clone(),
                            role: part.role.to_owned(),
                            text: part.text.clone(),
                        })
                        .collect(),
                };
                (question.id.to_owned(), locked)
            })
            .collect();
        let mut retired = before.map(|lock| lock.retired.clone()).unwrap_or_default();
        if let Some(before) = before {
            let gone = before
                .lesson
                .keys()
                .filter(|id| !lesson.contains_key(*id))
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
            lesson,
            question,
        }
    }

    /// Whether the lock knows exactly these ids: those of lessons and questions, with their types. Hashes do
    /// not count: a typo put right does not make a lock old.
    pub(crate) fn knows(&self, other: &Self) -> bool {
        let kinds = |lock: &Self| -> Vec<(String, String)> {
            lock.question
                .iter()
                .map(|(id, question)| (id.clone(), question.kind.clone()))
                .collect()
        };
        self.course == other.course
            && self.uuid == other.uuid
            && self.lesson == other.lesson
            && kinds(self) == kinds(other)
    }
}

/// The UUID of a course.
pub(crate) fn course_uuid(lock: Option<&Lock>, course: &CourseId) -> Uuid {
    lock.filter(|lock| lock.course == *course).map_or_else(
        || Uuid::new_v5(&NAMESPACE, format!("course:{course}").as_bytes()),
        |lock| lock.uuid,
    )
}

/// The UUID of a lesson or test.
pub(crate) fn lesson_uuid(lock: Option<&Lock>, course: &CourseId, lesson: &str) -> Uuid {
    lock.and_then(|lock| lock.lesson.get(lesson)).map_or_else(
        || derived(lock, course, &format!("lesson:{lesson}")),
        |locked| locked.uuid,
    )
}

/// The UUID of a question.
pub(crate) fn question_uuid(lock: Option<&Lock>, course: &CourseId, question: &str) -> Uuid {
    lock.and_then(|lock| lock.question.get(question))
        .map_or_else(
            || derived(lock, course, &format!("question:{question}")),
            |locked| locked.uuid,
        )
}

fn derived(lock: Option<&Lock>, course: &CourseId, name: &str) -> Uuid {
    Uuid::new_v5(&course_uuid(lock, course), name.as_bytes())
}

/// Gives every part of a question its id: the one that the lock has for this very text, else for a text much
/// like it, else, when one part and one id are left over at the same place, that one; else a new id.
pub(crate) fn part_ids(
    lock: Option<&Lock>,
    course: &CourseId,
    question: &str,
    parts: &[PartDraft],
) -> PartIds {
    let locked: &[LockedPart] = lock
        .and_then(|lock| lock.question.get(question))
        .map_or(&[], |locked| &locked.part);
    let mut free: Vec<Option<&LockedPart>> = locked.iter().map(Some).collect();
    let mut ids: Vec<Option<PartId>> = vec![None; parts.len()];
    let mut by_place = Vec::new();
    let mut edited = false;

    for (part, id) in parts.iter().zip(&mut ids) {
        let same = free.iter_mut().find(|slot| {
            slot.is_some_and(|locked| locked.role == part.role && locked.text == part.text)
        });
        *id = same.and_then(Option::take).map(|locked| locked.id.clone());
    }
    for (part, id) in parts.iter().zip(&mut ids).filter(|(_, id)| id.is_none()) {
        let nearest = free
            .iter_mut()
            .filter_map(|slot| {
                let locked = slot.filter(|locked| locked.role == part.role)?;
                let alike = similarity(&locked.text, &part.text);
                (alike >= NEAR).then_some((alike, slot))
            })
            .max_by(|(a, _), (b, _)| a.total_cmp(b));
        if let Some(locked) = nearest.and_then(|(_, slot)| slot.take()) {
            *id = Some(locked.id.clone());
            edited = true;
        }
    }
    let left: Vec<usize> = (0..)
        .zip(&ids)
        .filter(|(_, id)| id.is_none())
        .map(|(at, _)| at)
        .collect();
    if let [at] = left.as_slice()
        && locked.len() == parts.iter().filter(|part| part.role != UNIT).count()
        && let (Some(part), Some(locked), Some(id)) = (
            parts.get(*at),
            free.get(*at).copied().flatten(),
            ids.get_mut(*at),
        )
        && locked.role == part.role
    {
        *id = Some(locked.id.clone());
        by_place.push((*at, locked.text.clone()));
        edited = true;
    }

    let mut taken: BTreeSet<PartId> = locked.iter().map(|part| part.id.clone()).collect();
    let mut added = false;
    let ids = parts
        .iter()
        .zip(ids)
        .map(|(part, id)| {
            if part.role == UNIT {
                return PartId::from(UNIT);
            }
            id.unwrap_or_else(|| {
                added = true;
                new_id(course, question, part, &mut taken)
            })
        })
        .collect();
    let removed = free.iter().any(Option::is_some) && by_place.is_empty();
    PartIds {
        ids,
        by_place,
        changed: edited || added || removed,
    }
}

/// An id that follows from the text, and from nothing that tells whether it is right.
fn new_id(
    course: &CourseId,
    question: &str,
    part: &PartDraft,
    taken: &mut BTreeSet<PartId>,
) -> PartId {
    for attempt in 0_u32.. {
        let mut hash = Hasher::new();
        hash.add(course.as_str(), question.as_bytes());
        hash.add(part.role, part.text.as_bytes());
        hash.add("attempt", &attempt.to_le_bytes());
        let digits: String = hash.finish().chars().take(8).collect();
        let id = PartId::from(format!("c{digits}"));
        if taken.insert(id.clone()) {
            return id;
        }
    }
    PartId::from("c")
}

/// How alike two texts are, from 0 to 1.
fn similarity(a: &str, b: &str) -> f64 {
    let longest = a.chars().count().max(b.chars().count());
    1.0 - crate::grade::Fraction::of(edit_distance(a, b), longest).value()
}

/// How many characters have to be added, removed or replaced to make one text of the other (Levenshtein).
pub(crate) fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, a) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i.saturating_add(1);
        let mut next = vec![left];
        for (b, above) in b.iter().zip(row.iter().skip(1)) {
            let replaced = diagonal.saturating_add(usize::from(a != *b));
            left = replaced
                .min(left.saturating_add(1))
                .min(above.saturating_add(1));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn part(text: &str) -> PartDraft {
        PartDraft {
            text: text.to_owned(),
            ..PartDraft::new("choice", Vec::new(), Span::default())
        }
    }

    fn lock(texts: &[&str]) -> Lock {
        let part = (1..)
            .zip(texts)
            .map(|(number, text)| LockedPart {
                id: PartId::from(format!("c{number}")),
                role: "choice".to_owned(),
                text: (*text).to_owned(),
            })
            .collect();
        let question = LockedQuestion {
            uuid: Uuid::nil(),
            kind: "single".to_owned(),
            content: String::new(),
            grading: String::new(),
            part,
        };
        Lock {
            version: VERSION,
            course: CourseId::from("c"),
            uuid: Uuid::nil(),
            retired: BTreeSet::new(),
            lesson: BTreeMap::new(),
            question: [("q-a".to_owned(), question)].into(),
        }
    }

    fn ids(before: &[&str], now: &[&str]) -> (Vec<String>, usize) {
        let parts: Vec<PartDraft> = now.iter().map(|text| part(text)).collect();
        let found = part_ids(Some(&lock(before)), &CourseId::from("c"), "q-a", &parts);
        (
            found.ids.iter().map(ToString::to_string).collect(),
            found.by_place.len(),
        )
    }

    #[test]
    fn choices_keep_ids_when_they_change_places() {
        assert_eq!(ids(&["Jā", "Nē"], &["Nē", "Jā"]).0, ["c2", "c1"]);
    }

    #[test]
    fn a_typo_put_right_keeps_the_id() {
        let (found, doubtful) = ids(
            &["Darba devējs", "Darbnieks pats"],
            &["Darbinieks pats", "Darba devējs"],
        );
        assert_eq!(found, ["c2", "c1"]);
        assert_eq!(doubtful, 0);
    }

    #[test]
    fn a_rewritten_choice_at_its_place_keeps_the_id_with_doubt() {
        let (found, doubtful) = ids(&["Jā", "Nē", "Varbūt"], &["Jā", "Nē", "To nosaka tiesa"]);
        assert_eq!(found, ["c1", "c2", "c3"]);
        assert_eq!(doubtful, 1);
    }

    #[test]
    fn added_choices_get_new_ids_that_follow_from_their_texts() {
        let (found, _) = ids(&["Jā", "Nē"], &["Jā", "Cits", "Nē"]);
        assert_eq!((found[0].as_str(), found[2].as_str()), ("c1", "c2"));
        assert_eq!(found, ids(&["Jā", "Nē"], &["Jā", "Cits", "Nē"]).0);
        assert_eq!(found[1].len(), 9);
    }

    #[test]
    fn uuids_follow_from_ids() {
        let course = CourseId::from("foundations");
        assert_eq!(course_uuid(None, &course), course_uuid(None, &course));
        assert_ne!(
            lesson_uuid(None, &course, "l-a"),
            question_uuid(None, &course, "l-a")
        );
    }

    #[test]
    fn a_lock_reads_what_it_wrote() {
        let lock = lock(&["Jā \"pēdiņās\"", "Nē"]);
        assert_eq!(Lock::parse(&lock.to_text()).unwrap(), lock);
        assert!(Lock::parse("version = 1").is_err());
        assert!(Lock::parse("not toml").is_err());
    }

    #[test]
    fn counts_edits_in_characters() {
        assert_eq!(edit_distance("ķirsis", "kirsis"), 1);
        assert_eq!(edit_distance("", "āā"), 2);
        assert_eq!(edit_distance("abc", "abc"), 0);
    }
}
