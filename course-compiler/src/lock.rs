//! `course.lock`: the ids that survive edits.
//!
//! The file maps ids that people wrote to UUIDs and gives every choice an id of its own, so that answers stay
//! attached when a typo is put right or choices change places. It is written by `course lock` only and
//! committed; compiling reads it, and works without it: what it does not know gets ids that follow from the
//! texts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::draft::{DraftCourse, PartDraft, QuestionDraft};
use crate::likeness::{self, Features};
use crate::load::Hasher;
use crate::model::{CourseId, PartId};
use crate::translation::Records;

/// The version of the file's layout.
const VERSION: u32 = 1;

/// All UUIDs of courses are derived in this namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0x1e5c_9a0e_7d51_5c0b_8d3f_2b7a_4c90_e117);

/// How alike two texts have to be, from 0 to 1, to be taken for one choice before and after an edit.
const NEAR: f64 = 0.6;

/// How much less alike another text may be and still leave doubt which of the two it was.
const RIVAL: f64 = 0.1;

/// How many pairs of rewritten texts are compared in a question; a question with more was replaced, not edited.
const MOST_PAIRS: usize = 10_000;

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
    /// What translations were made from; written apart, a line a passage.
    #[serde(default, skip_serializing)]
    pub(crate) translation: Records,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LockedLesson {
    uuid: Uuid,
    /// The file's name without its number and ending, and the title: what recognises it when its id is changed
    /// by accident. Empty in a lock that was written before they were remembered.
    #[serde(default)]
    slug: String,
    #[serde(default)]
    title: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LockedQuestion {
    uuid: Uuid,
    kind: String,
    /// The question itself, in the source language; what recognises it when its id is changed by accident.
    /// Empty in a lock that was written before it was remembered.
    #[serde(default)]
    title: String,
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
    /// What it belongs to within the question; empty when that is the question itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    within: String,
    text: String,
}

impl LockedPart {
    /// Whether a part can be this one, were it not for the text.
    fn is_like(&self, part: &PartDraft) -> bool {
        self.role == part.role && self.within == part.within
    }
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
    /// Parts that took over an id by their place alone, or where another part could have had it as well; with the
    /// text that it belonged to.
    pub(crate) doubtful: Vec<(usize, String)>,
    /// Whether the lock does not say all of this as it is.
    pub(crate) changed: bool,
}

/// A question as the lock remembers it.
pub(crate) struct Remembered<'a> {
    pub(crate) id: &'a str,
    pub(crate) class: &'a str,
    pub(crate) title: String,
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
        let mut text = format!(
            "# Written by `course lock`: the ids that answers are stored under. Commit it, do not edit it.\n{table}"
        );
        self.translation.write(&mut text);
        text
    }

    /// A lock for a course as it is now. What `before` knew and the course no longer has is retired.
    pub(crate) fn of(course: &DraftCourse, questions: &[Remembered<'_>]) -> Self {
        let before = course.lock.as_ref();
        let id = CourseId::from(course.meta.id.text.as_str());
        let lesson: BTreeMap<String, LockedLesson> = course
            .lessons
            .iter()
            .filter_map(|lesson| {
                let file = lesson.files.get(&course.meta.source_language)?;
                let word = file.front.id.as_ref()?;
                let locked = LockedLesson {
                    uuid: lesson_uuid(before, &id, &word.text),
                    slug: lesson.slug.clone(),
                    title: file.front.title.clone(),
                };
                Some((word.text.clone(), locked))
            })
            .collect();
        let question: BTreeMap<String, LockedQuestion> = questions
            .iter()
            .map(|question| {
                let locked = LockedQuestion {
                    uuid: question_uuid(before, &id, question.id),
                    kind: question.class.to_owned(),
                    title: question.title.clone(),
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
                            within: part.within.clone(),
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
            translation: course.records(),
        }
    }

    /// The lesson that was at this file and had this title, if its id is neither retired nor `in_use`.
    pub(crate) fn lost_lesson(
        &self,
        slug: &str,
        title: &str,
        in_use: impl Fn(&str) -> bool,
    ) -> Option<&str> {
        self.lesson
            .iter()
            .filter(|(id, _)| !self.retired.contains(*id) && !in_use(id))
            .find(|(_, locked)| {
                locked.slug == slug && likeness::are_titles_of_one(&locked.title, title)
            })
            .map(|(id, _)| id.as_str())
    }

    /// The question that this one was, if its id is neither retired nor `in_use`.
    pub(crate) fn lost_question(
        &self,
        question: &QuestionDraft,
        in_use: impl Fn(&str) -> bool,
    ) -> Option<&str> {
        let title = crate::parse::plain_text(&question.title);
        let now = Features {
            kind: &question.class,
            title: &title,
            parts: question
                .parts
                .iter()
                .filter(|part| part.role != UNIT)
                .map(|part| part.text.as_str())
                .collect(),
        };
        self.question
            .iter()
            .filter(|(id, _)| !self.retired.contains(*id) && !in_use(id))
            .find(|(_, locked)| {
                Features {
                    kind: &locked.kind,
                    title: &locked.title,
                    parts: locked.part.iter().map(|part| part.text.as_str()).collect(),
                }
                .are_of(&now)
            })
            .map(|(id, _)| id.as_str())
    }

    /// The course that it is of.
    pub(crate) const fn course(&self) -> &CourseId {
        &self.course
    }

    /// Whether the lock has a lesson or a question of this id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.lesson.contains_key(id) || self.question.contains_key(id)
    }

    /// Whether the lock knows exactly these ids: those of lessons and questions, with their types; and every
    /// translation as it is. Titles and other hashes do not count: a typo put right does not make a lock old.
    pub(crate) fn knows(&self, other: &Self) -> bool {
        let lessons = |lock: &Self| -> Vec<(String, Uuid)> {
            lock.lesson
                .iter()
                .map(|(id, lesson)| (id.clone(), lesson.uuid))
                .collect()
        };
        let kinds = |lock: &Self| -> Vec<(String, String)> {
            lock.question
                .iter()
                .map(|(id, question)| (id.clone(), question.kind.clone()))
                .collect()
        };
        self.course == other.course
            && self.uuid == other.uuid
            && lessons(self) == lessons(other)
            && kinds(self) == kinds(other)
            && self.translation == other.translation
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

/// A part that may have been a locked one before an edit.
struct Pair {
    part: usize,
    locked: usize,
    alike: f64,
}

/// All pairs that are near, the most alike first, then those whose places are nearest.
fn nearest_first(
    parts: &[PartDraft],
    ids: &[Option<PartId>],
    free: &[Option<&LockedPart>],
) -> Vec<Pair> {
    let new: Vec<usize> = (0..parts.len())
        .filter(|at| ids.get(*at).is_some_and(Option::is_none))
        .collect();
    let old: Vec<(usize, &LockedPart)> = free
        .iter()
        .enumerate()
        .filter_map(|(at, slot)| slot.map(|locked| (at, locked)))
        .collect();
    if new.len().saturating_mul(old.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for at in new {
        let Some(part) = parts.get(at) else { continue };
        for (place, locked) in &old {
            // A number that is read as a number is a part whose text is not shown.
            let same_numbers =
                !part.public || likeness::numbers(&part.text) == likeness::numbers(&locked.text);
            if locked.is_like(part) && same_numbers {
                let alike = likeness::similarity(&locked.text, &part.text);
                pairs.push(Pair {
                    part: at,
                    locked: *place,
                    alike,
                });
            }
        }
    }
    pairs.retain(|pair| pair.alike >= NEAR);
    pairs.sort_by(|a, b| {
        let apart = |pair: &Pair| pair.part.abs_diff(pair.locked);
        b.alike
            .total_cmp(&a.alike)
            .then_with(|| apart(a).cmp(&apart(b)))
    });
    pairs
}

/// Gives every part of a question its id: the one that the lock has for this very text, else for a text much
/// like it, else, when one part and one id are left over at the same place, that one; else a new id. Where two
/// could have had an id, and where only the place decided, the part is doubtful.
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
    let mut doubtful = Vec::new();
    let mut edited = false;

    // The first of those that say the same comes last, to be popped.
    let mut same: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, part) in locked.iter().enumerate().rev() {
        let said = (part.role.as_str(), part.within.as_str(), part.text.as_str());
        same.entry(said).or_default().push(at);
    }
    for (part, id) in parts.iter().zip(&mut ids) {
        let said = (part.role, part.within.as_str(), part.text.as_str());
        let at = same.get_mut(&said).and_then(Vec::pop);
        let slot = at.and_then(|at| free.get_mut(at));
        *id = slot.and_then(Option::take).map(|locked| locked.id.clone());
    }
    let pairs = nearest_first(parts, &ids, &free);
    for (index, pair) in pairs.iter().enumerate() {
        let is_open = |other: &Pair| {
            ids.get(other.part).is_some_and(Option::is_none)
                && free.get(other.locked).is_some_and(Option::is_some)
        };
        if !is_open(pair) {
            continue;
        }
        let rival = pairs.iter().skip(index.saturating_add(1)).any(|other| {
            (other.part == pair.part || other.locked == pair.locked)
                && pair.alike - other.alike < RIVAL
                && is_open(other)
        });
        if let (Some(slot), Some(id)) = (free.get_mut(pair.locked), ids.get_mut(pair.part))
            && let Some(locked) = slot.take()
        {
            *id = Some(locked.id.clone());
            edited = true;
            if rival {
                doubtful.push((pair.part, locked.text.clone()));
            }
        }
    }
    let left: Vec<usize> = (0..)
        .zip(&ids)
        .filter(|(_, id)| id.is_none())
        .map(|(at, _)| at)
        .collect();
    if let [at] = left.as_slice()
        && locked.len() == parts.iter().filter(|part| part.role != UNIT).count()
        && let (Some(part), Some(slot), Some(id)) =
            (parts.get(*at), free.get_mut(*at), ids.get_mut(*at))
        && let Some(locked) = slot.take_if(|locked| locked.is_like(part))
    {
        *id = Some(locked.id.clone());
        doubtful.push((*at, locked.text.clone()));
        edited = true;
    }

    let mut taken: BTreeSet<PartId> = locked.iter().map(|part| part.id.clone()).collect();
    let mut attempts = BTreeMap::new();
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
                let same = (part.role, part.text.as_str(), part.within.as_str());
                let attempts = attempts.entry(same).or_default();
                new_id(course, question, part, &mut taken, attempts)
            })
        })
        .collect();
    let removed = free.iter().any(Option::is_some);
    PartIds {
        ids,
        doubtful,
        changed: edited || added || removed,
    }
}

/// An id that follows from the text, and from nothing that tells whether it is right. `attempts` counts those
/// made for parts like this one, whose ids are all taken.
fn new_id(
    course: &CourseId,
    question: &str,
    part: &PartDraft,
    taken: &mut BTreeSet<PartId>,
    attempts: &mut u32,
) -> PartId {
    for attempt in *attempts.. {
        *attempts = attempt.saturating_add(1);
        let mut hash = Hasher::new();
        hash.add(course.as_str(), question.as_bytes());
        hash.add(part.role, part.text.as_bytes());
        if !part.within.is_empty() {
            hash.add("within", part.within.as_bytes());
        }
        hash.add("attempt", &attempt.to_le_bytes());
        let digits: String = hash.finish().chars().take(8).collect();
        let id = PartId::from(format!("c{digits}"));
        if taken.insert(id.clone()) {
            return id;
        }
    }
    PartId::from("c")
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
                within: String::new(),
                text: (*text).to_owned(),
            })
            .collect();
        let question = LockedQuestion {
            uuid: Uuid::nil(),
            kind: "single".to_owned(),
            title: String::new(),
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
            translation: Records::default(),
        }
    }

    fn ids(before: &[&str], now: &[&str]) -> (Vec<String>, usize) {
        let parts: Vec<PartDraft> = now.iter().map(|text| part(text)).collect();
        let found = part_ids(Some(&lock(before)), &CourseId::from("c"), "q-a", &parts);
        (
            found.ids.iter().map(ToString::to_string).collect(),
            found.doubtful.len(),
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
    fn the_nearest_text_takes_the_id_whatever_the_order() {
        let (found, doubtful) = ids(
            &["Sūdzība tiesībsargam", "Sūdzība"],
            &["Sūdzības", "Sūdzība tiesibsargam"],
        );
        assert_eq!((found, doubtful), (vec!["c2".into(), "c1".into()], 0));
    }

    #[test]
    fn two_that_are_as_near_leave_doubt() {
        let (found, doubtful) = ids(&["Grupa A", "Grupa B"], &["Grupa C", "Grupa D"]);
        assert_eq!((found, doubtful), (vec!["c1".into(), "c2".into()], 1));
    }

    #[test]
    fn another_number_is_not_a_typo() {
        let (found, doubtful) = ids(&["10 dienas", "Nekad"], &["14 dienas", "Nekad"]);
        assert_eq!((found, doubtful), (vec!["c1".into(), "c2".into()], 1));
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
}
