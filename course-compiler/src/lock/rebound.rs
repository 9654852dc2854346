//! Finds ids that may now belong to a different thing.

use std::collections::BTreeSet;

use super::file::{Lock, LockedPart, LockedQuestion, UNIT};
use super::parts::MOST_PAIRS;
use crate::draft::DraftFile;
use crate::likeness;
use crate::model::{Language, PassageHash};
use crate::parse::plain_text;
use crate::question::{PartDraft, QuestionDraft};

/// The most passages by which a lesson is recognised.
const MOST_PASSAGES: usize = 12;

/// An id that may now belong to a different thing.
pub(crate) struct Rebound {
    /// What is different.
    pub(crate) what: What,
    /// The earlier text.
    pub(crate) before: String,
    /// The new text.
    pub(crate) after: String,
    /// The id of the question that had the new text before.
    pub(crate) twin: Option<String>,
}

/// What may have become different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// The title of a lesson, and most of its text.
    Lesson,
    /// The question itself.
    Title,
    /// The text below its heading.
    Prompt,
    /// Most of its answers.
    Answers,
}

impl Lock {
    /// The earlier lesson, if the one with its id may be a different one: the title and most of the text say
    /// something else.
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

    /// The earlier question, if the one with its id may be a different one. A changed key, changed points and
    /// a changed type are a new revision of the same question.
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

    /// The question that had this one's text before: their ids were swapped.
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
}

/// The beginnings of the smallest hashes of a lesson's passages. Two versions of a lesson share as many of
/// them as they share passages (`MinHash`).
pub(super) fn sketch(file: &DraftFile) -> String {
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
