//! An attempt with its questions and answers.

use std::collections::BTreeMap;

use course_compiler::{CourseId, Language, Mark, Question, QuestionId, Response};

use super::{
    Catalogue,
    model::{AttemptSummary, DrawnQuestion},
};

use crate::ids::EnrolmentId;

/// The state of an answer to a question of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerState {
    /// None, or one that goes on.
    Open,
    /// One with rows or gaps that are left open.
    Partial,
    /// All of one, with nothing left to be asked.
    Complete,
    /// An answer that could be read in several ways; in words, what it counts as unless the person says more.
    Assumed(String),
}

/// An attempt with its answers.
#[derive(Clone)]
pub struct AttemptState {
    /// The attempt.
    pub summary: AttemptSummary,
    /// The share of points needed.
    pub pass_mark: f64,
    /// The enrolment it belongs to.
    pub enrolment_id: EnrolmentId,
    /// The course of the enrolment.
    pub course_id: CourseId,
    /// Its questions, in the order shown.
    pub questions: Vec<DrawnQuestion>,
    /// The answers, so far or final.
    pub answers: BTreeMap<QuestionId, Response>,
    /// For each question with an answer, the sequence number of its last step.
    pub versions: BTreeMap<QuestionId, i32>,
}

impl AttemptState {
    /// The version of the answer to a question; 0 if there was none.
    #[must_use]
    pub fn version(&self, question: &QuestionId) -> i32 {
        self.versions.get(question).copied().unwrap_or(0)
    }

    /// A question in the revision that was asked.
    #[must_use]
    pub fn question<'a>(
        &self,
        catalogue: &'a Catalogue,
        drawn: &DrawnQuestion,
    ) -> Option<&'a Question> {
        catalogue
            .revision(&drawn.revision)
            .map(|revision| &revision.question)
    }

    /// The state of the answer to a question, for a page in this language.
    #[must_use]
    pub fn answer_state(
        &self,
        catalogue: &Catalogue,
        drawn: &DrawnQuestion,
        language: Language,
    ) -> AnswerState {
        let Some(answer) = self.answers.get(&drawn.question_id) else {
            return AnswerState::Open;
        };
        let Some(question) = self.question(catalogue, drawn) else {
            return AnswerState::Complete;
        };
        match question.assumed(answer, language) {
            Some(reading) => AnswerState::Assumed(reading),
            None if !question.is_complete(answer) => AnswerState::Open,
            None if question.leaves_open(answer) => AnswerState::Partial,
            None => AnswerState::Complete,
        }
    }

    /// The mark of an answer, with the author's explanation; only after the attempt.
    #[must_use]
    pub fn mark(&self, catalogue: &Catalogue, drawn: &DrawnQuestion) -> Option<Mark> {
        self.summary.result?;
        let revision = catalogue.revision(&drawn.revision)?;
        Some(revision.key.mark(self.answers.get(&drawn.question_id)))
    }
}
