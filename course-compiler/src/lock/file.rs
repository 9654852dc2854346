//! The file: its content, reading and writing it, and the derived UUIDs.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::{CourseId, PartId, Role};
use crate::question::PartDraft;
use crate::translation::Records;

/// The version of the file's format. Version 1 did not record the text below a question's heading and the
/// text of lessons; version 2 no footnotes, table headings, and targets of pictures and links; version 3 no
/// outcomes.
pub(super) const VERSION: u32 = 4;

/// All UUIDs of courses are derived in this namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0x1e5c_9a0e_7d51_5c0b_8d3f_2b7a_4c90_e117);

/// The role of a part whose id is its role: it is not a choice, and there is at most one.
pub(super) const UNIT: Role = Role::Unit;

/// The ids of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    pub(super) version: u32,
    pub(super) course: CourseId,
    pub(super) uuid: Uuid,
    /// Retired ids, which are never used again.
    #[serde(default)]
    pub(crate) retired: BTreeSet<String>,
    /// The texts of outcomes, in the source language, by their ids. Unknown in versions 1 to 3.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) outcome: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) lesson: BTreeMap<String, LockedLesson>,
    #[serde(default)]
    pub(super) question: BTreeMap<String, LockedQuestion>,
    /// The records of translations; written separately, with one line for each passage.
    #[serde(default, skip_serializing)]
    pub(crate) translation: Records,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LockedLesson {
    pub(super) uuid: Uuid,
    /// The file's name without number and extension, and the title: they identify the lesson if its id is
    /// changed by accident. Empty in locks of older versions.
    #[serde(default)]
    pub(super) slug: String,
    #[serde(default)]
    pub(super) title: String,
    /// The beginnings of the hashes of some of its passages, chosen so that they stay the same while those
    /// passages do: they show whether a lesson with another title is a different lesson.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) body: String,
    /// Earlier slugs, whose addresses lead to the current one.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) slugs_before: BTreeSet<String>,
    /// Earlier titles, confirmed by the author to be of the same lesson.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) was: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LockedQuestion {
    pub(super) uuid: Uuid,
    pub(super) kind: String,
    /// The question in the source language; it identifies the question if its id is changed by accident.
    /// Empty in locks of older versions.
    #[serde(default)]
    pub(super) title: String,
    /// The text between heading and answers as plain text, with what is shown beside it: see
    /// [`QuestionDraft::below`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) prompt: String,
    /// Earlier texts, confirmed by the author to ask the same.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) was: BTreeSet<String>,
    /// The hash of all texts when the lock was written.
    pub(super) content: String,
    /// The hash of what decides the mark when the lock was written: the revision.
    pub(super) grading: String,
    #[serde(default)]
    pub(super) part: Vec<LockedPart>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LockedPart {
    pub(super) id: PartId,
    pub(super) role: String,
    /// The name of what it belongs to within the question; empty if that is the question itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) within: String,
    pub(super) text: String,
    /// Its content where the text alone is not enough: the steps of a case, whose texts are ids, and
    /// pictures.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) says: String,
    /// Earlier texts, confirmed by the author to mean the same.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) was: BTreeSet<String>,
}

impl LockedPart {
    /// Whether a part can be this one, apart from its text.
    pub(super) fn is_like(&self, part: &PartDraft) -> bool {
        self.role == part.role.as_str() && self.within == part.within
    }
}

/// Why a lock cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not have the format of `course lock`.
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
    /// When the text does not have the format of [`Lock::to_text`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        let lock: Self =
            toml::from_str(text).map_err(|error| Error::Damaged(error.message().to_owned()))?;
        if (1..=VERSION).contains(&lock.version) {
            Ok(lock)
        } else {
            Err(Error::Version(lock.version))
        }
    }

    /// The text of the lock file; equal for equal locks.
    #[must_use]
    pub fn to_text(&self) -> String {
        let table = toml::to_string(self).unwrap_or_default();
        let mut text = format!(
            "# Written by `course lock`: the ids that answers are stored under. Commit it, do not edit it.\n{table}"
        );
        self.translation.write(&mut text);
        text
    }

    /// The course to which it belongs.
    pub(crate) const fn course(&self) -> &CourseId {
        &self.course
    }

    /// Whether the lock contains a lesson, question or outcome with this id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.lesson.contains_key(id)
            || self.question.contains_key(id)
            || self.outcome.contains_key(id)
    }

    /// Earlier texts of lessons, questions (`q-a`) and their parts (`q-a/c1`), confirmed by the authors to
    /// mean the same.
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

    /// The slugs that a lesson had before, except the one that it has now. A slug that changed since the lock was
    /// written is among them.
    pub(crate) fn slugs_before(&self, lesson: &str, now: &str) -> BTreeSet<String> {
        let Some(known) = self.lesson.get(lesson) else {
            return BTreeSet::new();
        };
        let before = known.slugs_before.iter().chain([&known.slug]);
        before
            .filter(|slug| !slug.is_empty() && *slug != now)
            .cloned()
            .collect()
    }

    /// Whether the lock contains exactly these ids of lessons, outcomes and questions, with their types, the
    /// addresses of lessons, and every translation in its current form. Titles and other hashes are not compared: a corrected typing
    /// mistake does not make a lock outdated.
    pub(crate) fn knows(&self, other: &Self) -> bool {
        let lessons = |lock: &Self| -> Vec<(String, Uuid)> {
            lock.lesson
                .iter()
                .map(|(id, lesson)| (id.clone(), lesson.uuid))
                .collect()
        };
        // Locks of older versions do not have them.
        let same_slugs = || {
            self.lesson.iter().all(|(id, lesson)| {
                let now = other.lesson.get(id).map(|now| now.slug.as_str());
                lesson.slug.is_empty() || now == Some(lesson.slug.as_str())
            })
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
            && same_slugs()
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
