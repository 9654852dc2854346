//! `course.lock`: the ids that survive edits.
//!
//! The file maps ids that people wrote to UUIDs and gives every choice an id of its own, so that answers stay
//! attached when a typo is put right or choices change places. It is written by `course lock` only and
//! committed; compiling reads it, and works without it: what it does not know gets ids that follow from the
//! texts.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::decisions::Decision;
use crate::draft::DraftFile;
use crate::hash::Hasher;
use crate::likeness::{self, Features};
use crate::model::{CourseId, Language, PartId, PassageHash, Role};
use crate::parse::{addresses, plain_text};
use crate::question::{PartDraft, QuestionDraft};
use crate::translation::Records;

/// The version of the file's layout. In the first one, what stands below a question's heading and what lessons
/// say was not remembered; in the second one, notes, the heads of tables and where pictures and links lead; in the
/// third one, outcomes.
const VERSION: u32 = 4;

/// All UUIDs of courses are derived in this namespace.
const NAMESPACE: Uuid = Uuid::from_u128(0x1e5c_9a0e_7d51_5c0b_8d3f_2b7a_4c90_e117);

/// How alike the letters of two texts have to be, from 0 to 1, for one to be an edit of the other at all.
const NEAR: f64 = 0.6;

/// How much less alike another text may be and still leave doubt which of the two it was.
const RIVAL: f64 = 0.1;

/// How many passages a lesson is remembered by.
const MOST_PASSAGES: usize = 12;

/// How many pairs of rewritten texts are compared in a question; a question with more was replaced, not edited.
const MOST_PAIRS: usize = 10_000;

/// How many parts a question may have for each to be held against all that may say the same.
const MOST_ALIKE: usize = 100;

/// The part whose id is its role: it is not a choice, and there is one at most.
const UNIT: Role = Role::Unit;

/// A course's ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    version: u32,
    course: CourseId,
    uuid: Uuid,
    /// Ids that were used once and are never used again.
    #[serde(default)]
    pub(crate) retired: BTreeSet<String>,
    /// What outcomes say, in the source language, by their ids. Unknown in the layouts before the fourth.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    outcome: BTreeMap<String, String>,
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
    /// The beginnings of hashes of some of its passages, the same ones as long as these stay: they tell whether
    /// a lesson with another title is another lesson.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    body: String,
    /// Titles it had before, which its author found to be of the same lesson.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    was: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct LockedQuestion {
    uuid: Uuid,
    kind: String,
    /// The question itself, in the source language; what recognises it when its id is changed by accident.
    /// Empty in a lock that was written before it was remembered.
    #[serde(default)]
    title: String,
    /// What stands between the heading and the answers, plain, with what is shown beside it: see
    /// [`QuestionDraft::below`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    prompt: String,
    /// What it said before, which its author found to ask the same.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    was: BTreeSet<String>,
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
    /// What it says, where its text does not tell all: the steps of a case, whose texts are ids, and pictures.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    says: String,
    /// What it said before, which its author found to mean the same.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    was: BTreeSet<String>,
}

impl LockedPart {
    /// Whether a part can be this one, were it not for the text.
    fn is_like(&self, part: &PartDraft) -> bool {
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

/// The ids given to the parts of a question.
pub(crate) struct PartIds {
    /// One for each part.
    pub(crate) ids: Vec<PartId>,
    /// Parts that may say something else than what had their id, or where another part could have had it as well;
    /// with the text that it belonged to. An author decides.
    pub(crate) doubtful: Vec<(usize, String)>,
    /// Whether the lock does not say all of this as it is.
    pub(crate) changed: bool,
}

/// What stands under an id and may not be what the id was given to.
pub(crate) struct Rebound {
    /// What of it is another.
    pub(crate) what: What,
    /// What it said.
    pub(crate) before: String,
    /// What it says.
    pub(crate) after: String,
    /// The id of the thing that said so.
    pub(crate) twin: Option<String>,
}

/// What may have become another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// The title of a lesson, with most of what it says.
    Lesson,
    /// The question itself.
    Title,
    /// What stands below its heading.
    Prompt,
    /// Most of its answers.
    Answers,
}

/// A course as the lock is to remember it.
pub(crate) struct Contents<'a> {
    pub(crate) course: CourseId,
    pub(crate) lessons: Vec<RememberedLesson>,
    /// What outcomes say, in the source language, by their ids.
    pub(crate) outcomes: BTreeMap<String, String>,
    pub(crate) questions: &'a [Remembered<'a>],
    pub(crate) translations: Records,
}

/// A lesson as the lock remembers it.
pub(crate) struct RememberedLesson {
    id: String,
    slug: String,
    title: String,
    /// See [`sketch`].
    body: String,
    /// The title it had before, which its author found to be of the same lesson just now.
    was: Option<String>,
}

impl RememberedLesson {
    /// The lesson of a file in the source language; `None` when it has no id.
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

/// A question as the lock remembers it.
pub(crate) struct Remembered<'a> {
    pub(crate) id: &'a str,
    pub(crate) class: &'a str,
    pub(crate) title: String,
    pub(crate) prompt: String,
    /// What it said before, which its author found to ask the same just now; of the question itself, then of its
    /// parts.
    pub(crate) was: Vec<String>,
    pub(crate) parts_were: Vec<(usize, String)>,
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

    /// A lock for a course as it is now. What `before` knew and the course no longer has is retired.
    pub(crate) fn of(before: Option<&Self>, now: Contents<'_>) -> Self {
        let Contents {
            course: id,
            lessons,
            outcomes: outcome,
            questions,
            translations,
        } = now;
        let lesson: BTreeMap<String, LockedLesson> = lessons
            .into_iter()
            .map(|lesson| {
                let known = before.and_then(|lock| lock.lesson.get(&lesson.id));
                let mut was = known.map(|known| known.was.clone()).unwrap_or_default();
                was.extend(lesson.was);
                let locked = LockedLesson {
                    uuid: lesson_uuid(before, &id, &lesson.id),
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

    /// The lesson that was at this file and had this title, if its id is neither retired nor `in_use`.
    pub(crate) fn lost_lesson(
        &self,
        slug: &str,
        title: &str,
        language: Language,
        in_use: impl Fn(&str) -> bool,
    ) -> Option<&str> {
        self.lesson
            .iter()
            .filter(|(id, _)| !self.retired.contains(*id) && !in_use(id))
            .find(|(_, locked)| {
                locked.slug == slug && likeness::says_the_same(&locked.title, title, language)
            })
            .map(|(id, _)| id.as_str())
    }

    /// The question that this one was, if its id is neither retired nor `in_use`.
    pub(crate) fn lost_question(
        &self,
        question: &QuestionDraft,
        language: Language,
        in_use: impl Fn(&str) -> bool,
    ) -> Option<&str> {
        let title = plain_text(&question.title);
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
                .are_of(&now, language)
            })
            .map(|(id, _)| id.as_str())
    }

    /// The outcome that said this, if its id is neither retired nor `in_use`.
    pub(crate) fn lost_outcome(
        &self,
        text: &str,
        language: Language,
        in_use: impl Fn(&str) -> bool,
    ) -> Option<&str> {
        self.outcome
            .iter()
            .filter(|(id, _)| !self.retired.contains(*id) && !in_use(id))
            .find(|(_, locked)| likeness::is_near(locked, text, language))
            .map(|(id, _)| id.as_str())
    }

    /// The course that it is of.
    pub(crate) const fn course(&self) -> &CourseId {
        &self.course
    }

    /// What a lesson was, if it may be another one under its id: its title says something else, and so does most
    /// of what stands in it.
    pub(crate) fn lesson_rebound(
        &self,
        file: &DraftFile,
        slug: &str,
        language: Language,
    ) -> Option<Rebound> {
        let id = &file.front.id.as_ref()?.text;
        let locked = self.lesson.get(id)?;
        let title = &file.front.title;
        if locked.title.is_empty()
            || locked.title == *title
            || locked.was.contains(title)
            || likeness::says_the_same(&locked.title, title, language)
        {
            return None;
        }
        let stayed = if self.version < 2 {
            locked.slug == slug
        } else {
            let now = sketch(file);
            let before: BTreeSet<&str> = locked.body.split(' ').collect();
            let now: BTreeSet<&str> = now.split(' ').collect();
            let most = before.len().max(now.len());
            before.intersection(&now).count().saturating_mul(3) >= most
        };
        let mut others = self.lesson.iter();
        (!stayed).then(|| Rebound {
            what: What::Lesson,
            before: locked.title.clone(),
            after: title.clone(),
            twin: others
                .find(|(other, lesson)| *other != id && lesson.title == *title)
                .map(|(id, _)| id.clone()),
        })
    }

    /// What a question was, if it may be another one under its id. A key, points and a type that changed are a
    /// new revision of the same question.
    pub(crate) fn question_rebound(
        &self,
        question: &QuestionDraft,
        language: Language,
    ) -> Option<Rebound> {
        let id = &question.id.as_ref()?.text;
        let locked = self.question.get(id)?;
        let title = plain_text(&question.title);
        let rebound = |what, before: &str, after: String| {
            Some(Rebound {
                what,
                before: before.to_owned(),
                twin: self.twin(id, locked, question, &title),
                after,
            })
        };
        let is_known = |text: &String| locked.was.contains(text);
        if !locked.title.is_empty() && locked.title != title && !is_known(&title) {
            let same = likeness::says_the_same(&locked.title, &title, language);
            if !same || self.twin(id, locked, question, &title).is_some() {
                return rebound(What::Title, &locked.title, title.clone());
            }
        }
        if self.version >= 2 {
            let prompt = if self.version < 3 {
                plain_text(&question.prompt)
            } else {
                question.below.clone()
            };
            let is_one_empty = locked.prompt.is_empty() != prompt.is_empty();
            if locked.prompt != prompt
                && !is_known(&prompt)
                && (is_one_empty || !likeness::says_the_same(&locked.prompt, &prompt, language))
            {
                return rebound(What::Prompt, &locked.prompt, prompt);
            }
        }
        if self.has_parts(id, &question.parts) {
            return None;
        }
        let is_shown = |part: &&PartDraft| part.public && part.role != UNIT;
        let now: Vec<&PartDraft> = question.parts.iter().filter(is_shown).collect();
        let shown: BTreeSet<&str> = now.iter().map(|part| part.role.as_str()).collect();
        let before: Vec<&LockedPart> = locked
            .part
            .iter()
            .filter(|part| locked.kind == question.class && shown.contains(part.role.as_str()))
            .collect();
        let is_same = |part: &LockedPart, now: &PartDraft| {
            part.text == now.text
                || part.was.contains(&now.text)
                || likeness::says_the_same(&part.text, &now.text, language)
        };
        let most = before.len().max(now.len());
        let is_small = before.len().saturating_mul(now.len()) <= MOST_PAIRS;
        let texts: BTreeSet<&str> = now.iter().map(|part| part.text.as_str()).collect();
        let stayed = before
            .iter()
            .filter(|part| {
                texts.contains(part.text.as_str())
                    || (is_small
                        && now
                            .iter()
                            .any(|now| part.is_like(now) && is_same(part, now)))
            })
            .count();
        if before.len() >= 2 && now.len() >= 2 && stayed.saturating_mul(2) < most {
            let texts = |texts: Vec<&str>| texts.join("; ");
            return rebound(
                What::Answers,
                &texts(before.iter().map(|part| part.text.as_str()).collect()),
                texts(now.iter().map(|part| part.text.as_str()).collect()),
            );
        }
        None
    }

    /// The question that said what this one says now: their ids were exchanged.
    fn twin(
        &self,
        id: &str,
        locked: &LockedQuestion,
        question: &QuestionDraft,
        title: &str,
    ) -> Option<String> {
        let has_answers_of = |other: &LockedQuestion| {
            question
                .parts
                .iter()
                .filter(|part| part.role != UNIT)
                .map(|part| part.text.as_str())
                .eq(other.part.iter().map(|part| part.text.as_str()))
        };
        self.question
            .iter()
            .find(|(other, candidate)| {
                other.as_str() != id
                    && candidate.title == title
                    && has_answers_of(candidate)
                    && (candidate.title != locked.title || !has_answers_of(locked))
            })
            .map(|(id, _)| id.clone())
    }

    /// Whether these are exactly the parts that a question has in the lock, in their order.
    pub(crate) fn has_parts(&self, question: &str, parts: &[PartDraft]) -> bool {
        let locked = self
            .question
            .get(question)
            .map_or(&[][..], |locked| &locked.part);
        let mut shown = parts.iter().filter(|part| part.role != UNIT);
        let all = locked.iter().all(|locked| {
            shown.next().is_some_and(|part| {
                locked.is_like(part) && locked.text == part.text && self.has_said(locked, part)
            })
        });
        all && shown.next().is_none()
    }

    /// Whether a part says what it said, beside its text.
    fn has_said(&self, locked: &LockedPart, part: &PartDraft) -> bool {
        if self.version < 3 {
            let says = plain_text(&part.nodes);
            return locked.says.is_empty() || !part.public || locked.says == says;
        }
        says(part).unwrap_or_default() == locked.says
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

    /// Whether the lock has a lesson, a question or an outcome of this id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.lesson.contains_key(id)
            || self.question.contains_key(id)
            || self.outcome.contains_key(id)
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

/// What a part says, where its text does not tell all of it: the steps of a case have names, and a picture is
/// more than its description.
fn says(part: &PartDraft) -> Option<String> {
    let mut says = plain_text(&part.nodes);
    let addresses = addresses(&part.nodes);
    if !addresses.is_empty() && says.is_empty() {
        says.clone_from(&part.text);
    }
    says.push_str(&addresses);
    (part.public && !says.is_empty() && says != part.text).then_some(says)
}

/// The beginnings of the smallest hashes of a lesson's passages: of two versions of it, they have as many in
/// common as these have passages.
fn sketch(file: &DraftFile) -> String {
    let mut hashes: Vec<PassageHash> = file
        .passages
        .iter()
        .skip(1)
        .filter(|passage| passage.words > 0)
        .map(|passage| passage.hash)
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(MOST_PASSAGES);
    let begins = hashes
        .iter()
        .map(|hash| hash.to_string().chars().take(8).collect::<String>());
    begins.collect::<Vec<_>>().join(" ")
}

/// A part that may have been a locked one before an edit.
struct Pair {
    part: usize,
    locked: usize,
    alike: f64,
    /// Whether both mean the same.
    same: bool,
}

/// All pairs of open parts and free ids of one kind, those that mean the same first, then the most alike, then
/// those whose places are nearest.
fn nearest_first(
    parts: &[PartDraft],
    ids: &[Option<PartId>],
    free: &[Option<&LockedPart>],
    language: Language,
) -> Vec<Pair> {
    let new: Vec<(usize, &PartDraft)> = parts
        .iter()
        .enumerate()
        .filter(|(at, _)| ids.get(*at).is_some_and(Option::is_none))
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
    for (at, part) in new {
        for (place, locked) in &old {
            if locked.is_like(part) {
                let alike = likeness::similarity(&locked.text, &part.text);
                pairs.push(Pair {
                    part: at,
                    locked: *place,
                    alike,
                    // Nobody chose what is not shown: only the key changes with it.
                    same: if part.public {
                        locked.was.contains(&part.text)
                            || likeness::says_the_same(&locked.text, &part.text, language)
                    } else {
                        alike >= NEAR
                    },
                });
            }
        }
    }
    pairs.sort_by(|a, b| {
        let apart = |pair: &Pair| pair.part.abs_diff(pair.locked);
        b.same
            .cmp(&a.same)
            .then_with(|| b.alike.total_cmp(&a.alike))
            .then_with(|| apart(a).cmp(&apart(b)))
    });
    pairs
}

/// Gives every part of a question its id: the one that the lock has for this very text, else for a text that
/// means the same; else a new id. A text that may mean something else, at the place of a text that is gone or
/// with most of its letters, is doubtful; so is one that could have been one of two. `decide` tells what an
/// author said of it.
pub(crate) fn part_ids(
    lock: Option<&Lock>,
    course: &CourseId,
    question: &str,
    parts: &[PartDraft],
    language: Language,
    decide: &dyn Fn(&PartDraft) -> Option<Decision>,
) -> PartIds {
    let locked: &[LockedPart] = lock
        .and_then(|lock| lock.question.get(question))
        .map_or(&[], |locked| &locked.part);
    let mut free: Vec<Option<&LockedPart>> = locked.iter().map(Some).collect();
    let mut ids: Vec<Option<PartId>> = vec![None; parts.len()];
    let mut doubtful: Vec<(usize, String)> = Vec::new();
    let mut edited = false;

    let as_they_are =
        lock.map(|lock| take_as_they_are(parts, (lock, locked), &mut free, &mut ids, language));
    for (at, part) in as_they_are.into_iter().flatten() {
        edited = true;
        if let Some(before) = part {
            doubtful.push((at, before));
        }
    }
    if ids.iter().all(Option::is_some) && free.iter().all(Option::is_none) {
        // Nothing came, nothing went.
    } else {
        let is_whole = locked.len() == parts.iter().filter(|part| part.role != UNIT).count();
        let pairs = nearest_first(parts, &ids, &free, language);
        for (index, pair) in pairs.iter().enumerate() {
            let is_open = |other: &Pair| {
                ids.get(other.part).is_some_and(Option::is_none)
                    && free.get(other.locked).is_some_and(Option::is_some)
            };
            let Some(part) = parts.get(pair.part) else {
                continue;
            };
            let is_edit = pair.alike >= NEAR || (is_whole && pair.part == pair.locked);
            if !is_open(pair) || !(pair.same || is_edit) {
                continue;
            }
            let is_rival = |other: &Pair| {
                (other.part == pair.part || other.locked == pair.locked)
                    && other.same == pair.same
                    && pair.alike - other.alike < RIVAL
                    && is_open(other)
            };
            let rival = pairs.iter().skip(index.saturating_add(1)).any(is_rival);
            let means = |locked: &&LockedPart| {
                locked.is_like(part) && likeness::says_the_same(&locked.text, &part.text, language)
            };
            // Where answers differ in an ending or a comma, an ending or a comma tells them apart.
            let one_of_two = part.public
                && locked.len() <= MOST_ALIKE
                && locked.iter().filter(means).count() > 1;
            let is_doubtful = part.public && (rival || one_of_two || !pair.same)
                || (part.role == Role::Gap && (rival || !pair.same));
            let decision = is_doubtful.then(|| decide(part)).flatten();
            if decision == Some(Decision::Another) {
                continue;
            }
            if let (Some(slot), Some(id)) = (free.get_mut(pair.locked), ids.get_mut(pair.part))
                && let Some(locked) = slot.take()
            {
                *id = Some(locked.id.clone());
                edited = true;
                if is_doubtful {
                    doubtful.push((pair.part, locked.text.clone()));
                }
            }
        }
    }

    let mut taken: BTreeSet<PartId> = locked.iter().map(|part| part.id.clone()).collect();
    let mut attempts = BTreeMap::new();
    let mut added = false;
    let ids = parts
        .iter()
        .zip(ids)
        .map(|(part, id)| {
            if part.role == UNIT {
                return PartId::from(UNIT.as_str());
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
    doubtful.sort_unstable();
    PartIds {
        ids,
        doubtful,
        changed: edited || added || removed,
    }
}

/// Gives the ids of parts whose texts the lock has as they are. Told are those that say something else under the
/// same name, with what they said if that may have meant something else.
fn take_as_they_are(
    parts: &[PartDraft],
    (lock, locked): (&Lock, &[LockedPart]),
    free: &mut [Option<&LockedPart>],
    ids: &mut [Option<PartId>],
    language: Language,
) -> Vec<(usize, Option<String>)> {
    let mut edited = Vec::new();
    // The first of those that say the same comes last, to be popped.
    let mut same: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, part) in locked.iter().enumerate().rev() {
        let said = (part.role.as_str(), part.within.as_str(), part.text.as_str());
        same.entry(said).or_default().push(at);
    }
    for (at, (part, id)) in parts.iter().zip(ids).enumerate() {
        let said = (part.role.as_str(), part.within.as_str(), part.text.as_str());
        let slot = same.get_mut(&said).and_then(Vec::pop);
        let slot = slot.and_then(|slot| free.get_mut(slot));
        let Some(known) = slot.and_then(Option::take) else {
            continue;
        };
        *id = Some(known.id.clone());
        if !lock.has_said(known, part) {
            let says = says(part).unwrap_or_default();
            let is_kept =
                likeness::says_the_same(&known.says, &says, language) || known.was.contains(&says);
            let before = if known.says.is_empty() {
                &known.text
            } else {
                &known.says
            };
            edited.push((at, (!is_kept).then(|| before.clone())));
        }
    }
    edited
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
        hash.add(part.role.as_str(), part.text.as_bytes());
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
            ..PartDraft::new(Role::Choice, Vec::new(), Span::default())
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
                says: String::new(),
                was: BTreeSet::new(),
            })
            .collect();
        let question = LockedQuestion {
            uuid: Uuid::nil(),
            kind: "single".to_owned(),
            title: String::new(),
            prompt: String::new(),
            was: BTreeSet::new(),
            content: String::new(),
            grading: String::new(),
            part,
        };
        Lock {
            version: VERSION,
            course: CourseId::from("c"),
            uuid: Uuid::nil(),
            retired: BTreeSet::new(),
            outcome: BTreeMap::new(),
            lesson: BTreeMap::new(),
            question: [("q-a".to_owned(), question)].into(),
            translation: Records::default(),
        }
    }

    fn ids(before: &[&str], now: &[&str]) -> (Vec<String>, usize) {
        let parts: Vec<PartDraft> = now.iter().map(|text| part(text)).collect();
        decided(before, &parts, None)
    }

    fn decided(
        before: &[&str],
        parts: &[PartDraft],
        decision: Option<Decision>,
    ) -> (Vec<String>, usize) {
        let course = CourseId::from("c");
        let lock = lock(before);
        let found = part_ids(Some(&lock), &course, "q-a", parts, Language::Lv, &|_| {
            decision
        });
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
        // “Sūdzības” may be one or many.
        assert_eq!((found, doubtful), (vec!["c2".into(), "c1".into()], 1));
    }

    #[test]
    fn two_that_are_as_near_leave_doubt() {
        let (found, doubtful) = ids(&["Grupa A", "Grupa B"], &["Grupa C", "Grupa D"]);
        assert_eq!((found, doubtful), (vec!["c1".into(), "c2".into()], 2));
    }

    #[test]
    fn the_opposite_is_not_a_typo_wherever_it_stands() {
        let before = ["Darba devējs", "Valsts"];
        assert_eq!(ids(&before, &["Darba ņēmējs", "Valsts"]).1, 1);
        assert_eq!(ids(&before, &["Valsts", "Tiesa", "Darba ņēmējs"]).1, 1);
        assert_eq!(ids(&["Jā", "Varbūt"], &["Nē", "Varbūt"]).1, 1);
    }

    #[test]
    fn texts_that_change_places_take_their_ids_along() {
        let before = ["Darba devējs", "Darba ņēmējs", "Valsts"];
        let (found, doubtful) = ids(&before, &["Darba ņēmējs", "Darba devējs", "Valsts"]);
        assert_eq!(
            (found, doubtful),
            (vec!["c2".into(), "c1".into(), "c3".into()], 0)
        );
    }

    #[test]
    fn where_answers_differ_in_a_comma_a_comma_is_asked_about() {
        let before = ["Es zinu ka nāksi.", "Es zinu, ka nāksi."];
        let (_, doubtful) = ids(&before, &["Es, zinu ka nāksi.", "Es zinu, ka nāksi."]);
        assert_eq!(doubtful, 1);
    }

    #[test]
    fn an_author_decides() {
        let parts = [part("Darba ņēmējs"), part("Valsts")];
        let before = ["Darba devējs", "Valsts"];
        let (same, _) = decided(&before, &parts, Some(Decision::Same));
        assert_eq!(same, ["c1", "c2"]);
        let (another, doubtful) = decided(&before, &parts, Some(Decision::Another));
        assert_ne!(another[0], "c1");
        assert_eq!((another[1].as_str(), doubtful), ("c2", 0));
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
