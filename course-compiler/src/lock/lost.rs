//! Finds lessons, questions and outcomes whose id was changed, by their content.

use super::file::{Lock, LockedQuestion, UNIT};
use crate::likeness::{self, Candidates, Features};
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
            .filter(|(id, locked)| {
                locked.slug == slug && !self.retired.contains(*id) && !in_use(id)
            })
            .find(|(_, locked)| likeness::says_the_same(&locked.title, title, language))
            .map(|(id, _)| id.as_str())
    }

    /// The questions whose ids are neither retired nor `in_use`, to find what became of them.
    pub(crate) fn lost_questions(
        &self,
        language: Language,
        in_use: impl Fn(&str) -> bool,
    ) -> LostQuestions<'_> {
        let questions: Vec<(&str, &LockedQuestion)> = self
            .question
            .iter()
            .filter(|(id, _)| !self.retired.contains(*id) && !in_use(id))
            .map(|(id, locked)| (id.as_str(), locked))
            .collect();
        let titles = questions.iter().map(|(_, locked)| locked.title.as_str());
        LostQuestions {
            language,
            candidates: Candidates::of(titles),
            questions,
        }
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

/// Questions of a lock that the course does not have.
pub(crate) struct LostQuestions<'a> {
    language: Language,
    /// With their ids.
    questions: Vec<(&'a str, &'a LockedQuestion)>,
    candidates: Candidates,
}

impl<'a> LostQuestions<'a> {
    /// The id of the earlier version of this question, if it is not `in_use`; it is not found again.
    pub(crate) fn take(
        &mut self,
        question: &QuestionDraft,
        in_use: impl Fn(&str) -> bool,
    ) -> Option<&'a str> {
        if self.questions.is_empty() {
            return None;
        }
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
        let is_it = |locked: &LockedQuestion| {
            Features {
                kind: &locked.kind,
                title: &locked.title,
                parts: locked.part.iter().map(|part| part.text.as_str()).collect(),
            }
            .are_of(&now, self.language)
        };
        let (at, id) = self
            .candidates
            .of_title(&title)
            .into_iter()
            .filter_map(|at| Some((at, self.questions.get(at)?)))
            .find(|(_, (id, locked))| !in_use(id) && is_it(locked))
            .map(|(at, (id, _))| (at, *id))?;
        self.candidates.take(at);
        Some(id)
    }
}
