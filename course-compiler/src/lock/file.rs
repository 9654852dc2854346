//! The file: what it remembers, how it is read and written, and the UUIDs that follow from it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::{CourseId, PartId, Role};
use crate::question::PartDraft;
use crate::translation::Records;

/// The version of the file's layout. In the first one, what stands below a question's heading and what lessons
/// say was not remembered; in the second one, notes, the heads of tables and where pictures and links lead; in the
/// third one, outcomes.
pub(super) const VERSION: u32 = 4;

/// All UUIDs of courses are derived in this namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0x1e5c_9a0e_7d51_5c0b_8d3f_2b7a_4c90_e117);

/// The part whose id is its role: it is not a choice, and there is one at most.
pub(super) const UNIT: Role = Role::Unit;

/// A course's ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    pub(super) version: u32,
    pub(super) course: CourseId,
    pub(super) uuid: Uuid,
    /// Ids that were used once and are never used again.
    #[serde(default)]
    pub(crate) retired: BTreeSet<String>,
    /// What outcomes say, in the source language, by their ids. Unknown in the layouts before the fourth.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) outcome: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) lesson: BTreeMap<String, LockedLesson>,
    #[serde(default)]
    pub(super) question: BTreeMap<String, LockedQuestion>,
    /// What translations were made from; written apart, a line a passage.
    #[serde(default, skip_serializing)]
    pub(crate) translation: Records,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LockedLesson {
    pub(super) uuid: Uuid,
    /// The file's name without its number and ending, and the title: what recognises it when its id is changed
    /// by accident. Empty in a lock that was written before they were remembered.
    #[serde(default)]
    pub(super) slug: String,
    #[serde(default)]
    pub(super) title: String,
    /// The beginnings of hashes of some of its passages, the same ones as long as these stay: they tell whether
    /// a lesson with another title is another lesson.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) body: String,
    /// Titles it had before, which its author found to be of the same lesson.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) was: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LockedQuestion {
    pub(super) uuid: Uuid,
    pub(super) kind: String,
    /// The question itself, in the source language; what recognises it when its id is changed by accident.
    /// Empty in a lock that was written before it was remembered.
    #[serde(default)]
    pub(super) title: String,
    /// What stands between the heading and the answers, plain, with what is shown beside it: see
    /// [`QuestionDraft::below`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) prompt: String,
    /// What it said before, which its author found to ask the same.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) was: BTreeSet<String>,
    /// Hash of all texts when the lock was written.
    pub(super) content: String,
    /// Hash of what decides the mark when the lock was written: the revision.
    pub(super) grading: String,
    #[serde(default)]
    pub(super) part: Vec<LockedPart>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LockedPart {
    pub(super) id: PartId,
    pub(super) role: String,
    /// What it belongs to within the question; empty when that is the question itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) within: String,
    pub(super) text: String,
    /// What it says, where its text does not tell all: the steps of a case, whose texts are ids, and pictures.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) says: String,
    /// What it said before, which its author found to mean the same.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) was: BTreeSet<String>,
}

impl LockedPart {
    /// Whether a part can be this one, were it not for the text.
    pub(super) fn is_like(&self, part: &PartDraft) -> bool {
        self.role == part.role.as_str() && self.within == part.within
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

impl Lock {
    /// Reads a lock file.
    ///
    /// # Errors
    ///
    /// When the text is not what [`Lock::to_text`] writes.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let lock: Self =
            toml::from_str(text).map_err(|error| Error::Damaged(error.message().to_owned()))?;
        if (1..=VERSION).contains(&lock.version) {
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

    /// The course that it is of.
    pub(crate) const fn course(&self) -> &CourseId {
        &self.course
    }

    /// Whether the lock has a lesson, a question or an outcome of this id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.lesson.contains_key(id)
            || self.question.contains_key(id)
            || self.outcome.contains_key(id)
    }

    /// What lessons, questions (`q-a`) and their parts (`q-a/c1`) said before, which their authors found to mean
    /// the same.
    pub(crate) fn earlier_texts(&self) -> BTreeMap<String, BTreeSet<String>> {
        let lessons = self
            .lesson
            .iter()
            .map(|(id, lesson)| (id.clone(), &lesson.was));
        let questions = self.question.iter().flat_map(|(id, question)| {
            let parts = question.part.iter();
            let parts = parts.map(move |part| (format!("{id}/{}", part.id), &part.was));
            std::iter::once((id.clone(), &question.was)).chain(parts)
        });
        lessons
            .chain(questions)
            .filter(|(_, was)| !was.is_empty())
            .map(|(id, was)| (id, was.clone()))
            .collect()
    }

    /// Whether the lock knows exactly these ids: those of lessons, outcomes and questions, with their types; and every
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
            && (self.version < 4 || self.outcome.keys().eq(other.outcome.keys()))
            && if self.version < 2 {
                self.translation.has_passages_of(&other.translation)
            } else {
                self.translation == other.translation
            }
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

#[cfg(test)]
mod tests {
    use super::super::parts::testing::lock;
    use super::*;

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
