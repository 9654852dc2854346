//! Finishing an attempt: its marks, and the completion that follows.

use sea_orm::{ConnectionTrait, DbErr};

use super::completion;
use crate::{
    ids::{AttemptId, PersonId},
    learning::{
        attempt_state::AttemptState,
        model::AttemptResult,
        state::Context,
        store::{self, EnrolmentRow},
    },
    people::PersonLock,
};

/// How an attempt ended, and whether it completed the course.
#[derive(Debug, Clone, Copy)]
pub struct Finished {
    /// Points and whether they reach the pass mark.
    pub result: AttemptResult,
    /// Whether the course was completed by it.
    pub completed_course: bool,
}

/// Finishes the attempts of an enrolment whose time is over; returns whether that completed the course.
pub(super) async fn end_overdue_of(
    person: &PersonLock<'_>,
    context: &Context,
    enrolment: &EnrolmentRow,
) -> Result<bool, DbErr> {
    let now = context.clock.now();
    let mut completed = false;
    for attempt in store::progress(person.txn(), enrolment).await?.attempts {
        if !attempt.is_overdue(now) {
            continue;
        }
        if let Some(attempt) = read_from(person.txn(), person.id(), attempt.id).await? {
            completed |= close(person, context, &attempt).await?.completed_course;
        }
    }
    Ok(completed)
}

/// Marks and finishes an open attempt, and completes the course if its rule is met.
pub(super) async fn close(
    person: &PersonLock<'_>,
    context: &Context,
    attempt: &AttemptState,
) -> Result<Finished, DbErr> {
    let (mut points, mut max_points) = (0.0, 0.0);
    for drawn in &attempt.questions {
        // A revision that is lost cannot be marked: it counts neither for nor against the person.
        let Some(revision) = context.catalogue.revision(&drawn.revision) else {
            tracing::error!(question.id = %drawn.question_id, "a revision asked in an attempt is gone");
            continue;
        };
        max_points += revision.question.points;
        let mark = revision.key.mark(attempt.answers.get(&drawn.question_id));
        points += revision.question.points * mark.fraction.value();
    }
    let result = AttemptResult {
        finished_at: attempt.summary.ends_at(context.clock.now()),
        points,
        max_points,
        passed: course_compiler::grade::is_pass(points, max_points, attempt.pass_mark),
    };
    let ended = store::finish_attempt(person, attempt.summary.id, &result).await?;
    let completed_course = if ended && result.passed {
        completion::complete_if_met(person, context, attempt.enrolment_id, &attempt.course_id)
            .await?
    } else {
        false
    };
    Ok(Finished {
        result,
        completed_course,
    })
}

pub(super) async fn read_from(
    db: &impl ConnectionTrait,
    person_id: PersonId,
    attempt_id: AttemptId,
) -> Result<Option<AttemptState>, DbErr> {
    let Some((attempt, enrolment)) = store::find_attempt(db, attempt_id, person_id).await? else {
        return Ok(None);
    };
    let answers = store::answers(db, attempt_id).await?;
    Ok(Some(AttemptState {
        summary: store::summary(&attempt),
        pass_mark: attempt.pass_mark,
        enrolment_id: enrolment.id,
        course_id: enrolment.course_id.into(),
        questions: store::drawn(&attempt)?,
        answers: answers.responses,
        versions: answers.versions,
    }))
}
