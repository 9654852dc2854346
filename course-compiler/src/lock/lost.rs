//! Finds lessons, questions and outcomes whose id was changed, by their content.

use super::file::{Lock, UNIT};
use crate::likeness::{self, Features};
use crate::model::Language;
use crate::parse::plain_text;
use crate::question::QuestionDraft;

impl Lock {
    /// The lesson that had this file name and title, if its id is neither retired nor `in_use`.
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

    /// The earlier version of this question, if its id is neither retired nor `in_use`.
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

    /// The outcome that had this text, if its id is neither retired nor `in_use`.
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
}
