//! The queries of learning, and nothing else.

mod allowances;
pub(super) mod paths;
mod reminders;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use course_compiler::{CourseId, LessonId, QuestionId, Response};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, FromQueryResult,
    JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _, RelationTrait as _, Set,
    sea_query::{Expr, IntoCondition, OnConflict},
};

use super::model::{AttemptResult, AttemptSummary, DrawnQuestion, LessonProgress, Progress};
use crate::{
    db::entity::{attempt, attempt_step, completion, enrolment, lesson_progress, practice_answer},
    ids::{AttemptId, CompletionId, EnrolmentId, PersonId},
    people::{PersonLock, PersonRun},
};

pub(super) use allowances::{
    AllowanceRow, Withdrawal, allowances_of, count_extra_attempts, drawn_before, extend_attempt,
    extra_time_percent, insert_allowance, learners, timed_attempts_of, withdraw_allowance,
};

pub(super) use reminders::{
    QuietEnrolment, insert_reminder, last_activity, quiet_enrolments, reminders_of,
    reminders_stopped, set_reminders,
};

pub(super) use crate::db::entity::{
    attempt::Model as AttemptRow, completion::Model as CompletionRow,
    enrolment::Model as EnrolmentRow,
};

pub(super) async fn find_enrolment(
    db: &impl ConnectionTrait,
    person_id: PersonId,
    course_id: &CourseId,
    is_trial: bool,
) -> Result<Option<EnrolmentRow>, DbErr> {
    enrolment::Entity::find()
        .filter(enrolment::Column::PersonId.eq(person_id))
        .filter(enrolment::Column::CourseId.eq(course_id.as_str()))
        .filter(enrolment::Column::IsTrial.eq(is_trial))
        .one(db)
        .await
}

pub(super) async fn enrolment_by_id(
    db: &impl ConnectionTrait,
    id: EnrolmentId,
) -> Result<Option<EnrolmentRow>, DbErr> {
    enrolment::Entity::find_by_id(id).one(db).await
}

/// The enrolments of a person, newest first.
pub(super) async fn enrolments_of(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Vec<EnrolmentRow>, DbErr> {
    enrolment::Entity::find()
        .filter(enrolment::Column::PersonId.eq(person_id))
        .order_by_desc(enrolment::Column::EnrolledAt)
        .all(db)
        .await
}

/// Inserts an enrolment unless the person is already enrolled in the course.
pub(super) async fn insert_enrolment(
    person: &PersonLock<'_>,
    row: EnrolmentRow,
) -> Result<(), DbErr> {
    let row = EnrolmentRow {
        person_id: person.id(),
        ..row
    };
    enrolment::Entity::insert(enrolment::ActiveModel::from(row))
        .on_conflict(
            OnConflict::columns([
                enrolment::Column::PersonId,
                enrolment::Column::CourseId,
                enrolment::Column::IsTrial,
            ])
            .do_nothing()
            .to_owned(),
        )
        .exec_without_returning(person.txn())
        .await
        .map(drop)
}

/// Stores which parts of a course a person has seen.
pub(super) async fn set_seen_parts(
    person: &PersonLock<'_>,
    id: EnrolmentId,
    seen: serde_json::Value,
) -> Result<(), DbErr> {
    enrolment::Entity::update_many()
        .filter(enrolment::Column::Id.eq(id))
        .filter(enrolment::Column::PersonId.eq(person.id()))
        .col_expr(enrolment::Column::SeenParts, Expr::value(seen))
        .exec(person.txn())
        .await
        .map(drop)
}

/// Enrolments without a completion, in the order of their ids, after this one; at most `count`.
pub(super) async fn uncompleted_after(
    db: &impl ConnectionTrait,
    after: EnrolmentId,
    count: u64,
) -> Result<Vec<EnrolmentRow>, DbErr> {
    enrolment::Entity::find()
        .join_rev(JoinType::LeftJoin, completion::Relation::Enrolment.def())
        .filter(completion::Column::Id.is_null())
        .filter(enrolment::Column::Id.gt(after))
        .order_by_asc(enrolment::Column::Id)
        .limit(count)
        .all(db)
        .await
}

/// A person's progress, as needed by the completion rule and the outline.
pub(super) async fn progress(
    db: &impl ConnectionTrait,
    enrolment: &EnrolmentRow,
) -> Result<Progress, DbErr> {
    let lessons = lesson_progress::Entity::find()
        .filter(lesson_progress::Column::EnrolmentId.eq(enrolment.id))
        .all(db)
        .await?
        .into_iter()
        .map(|row| LessonProgress {
            lesson_id: row.lesson_id.into(),
            completed_at: row.completed_at,
        })
        .collect();
    let attempts = summaries(db, attempt::Column::EnrolmentId.eq(enrolment.id)).await?;
    Ok(Progress {
        lessons,
        attempts,
        last_lesson_id: enrolment.last_lesson_id.clone().map(LessonId::from),
        extra_attempts: extra_attempts(enrolment),
    })
}

/// The attempts that managers allow beyond the rules of the course's test.
pub(super) fn extra_attempts(enrolment: &EnrolmentRow) -> u32 {
    u32::try_from(enrolment.extra_attempts).unwrap_or_default()
}

impl From<AttemptHead> for AttemptSummary {
    fn from(row: AttemptHead) -> Self {
        Self {
            id: row.id,
            test_id: row.test_id.into(),
            number: row.number,
            started_at: row.started_at,
            deadline_at: row.deadline_at,
            result: match (row.finished_at, row.points, row.max_points, row.passed) {
                (Some(finished_at), Some(points), Some(max_points), Some(passed)) => {
                    Some(AttemptResult {
                        finished_at,
                        points,
                        max_points,
                        passed,
                    })
                }
                _ => None,
            },
        }
    }
}

pub(super) fn summary(row: &AttemptRow) -> AttemptSummary {
    AttemptHead {
        id: row.id,
        test_id: row.test_id.clone(),
        number: row.number,
        started_at: row.started_at,
        deadline_at: row.deadline_at,
        finished_at: row.finished_at,
        points: row.points,
        max_points: row.max_points,
        passed: row.passed,
    }
    .into()
}

/// Records that a lesson was opened.
pub(super) async fn open_lesson(
    person: &PersonLock<'_>,
    enrolment_id: EnrolmentId,
    lesson_id: &LessonId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    insert_lesson_progress(person, enrolment_id, lesson_id, now).await?;
    enrolment::Entity::update_many()
        .col_expr(
            enrolment::Column::LastLessonId,
            Expr::value(lesson_id.as_str()),
        )
        .filter(enrolment::Column::Id.eq(enrolment_id))
        .exec(person.txn())
        .await
        .map(drop)
}

/// Records that a lesson was read; the first time is kept.
pub(super) async fn complete_lesson(
    person: &PersonLock<'_>,
    enrolment_id: EnrolmentId,
    lesson_id: &LessonId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    insert_lesson_progress(person, enrolment_id, lesson_id, now).await?;
    lesson_progress::Entity::update_many()
        .col_expr(lesson_progress::Column::CompletedAt, Expr::value(now))
        .filter(lesson_progress::Column::EnrolmentId.eq(enrolment_id))
        .filter(lesson_progress::Column::LessonId.eq(lesson_id.as_str()))
        .filter(lesson_progress::Column::CompletedAt.is_null())
        .exec(person.txn())
        .await
        .map(drop)
}

/// Whether a lesson was marked as read.
pub(super) async fn is_lesson_complete(
    db: &impl ConnectionTrait,
    enrolment_id: EnrolmentId,
    lesson_id: &LessonId,
) -> Result<bool, DbErr> {
    let row = lesson_progress::Entity::find_by_id((enrolment_id, lesson_id.to_string()));
    let row = row.one(db).await?;
    Ok(row.is_some_and(|row| row.completed_at.is_some()))
}

async fn insert_lesson_progress(
    person: &PersonLock<'_>,
    enrolment_id: EnrolmentId,
    lesson_id: &LessonId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    lesson_progress::Entity::insert(lesson_progress::ActiveModel {
        enrolment_id: Set(enrolment_id),
        lesson_id: Set(lesson_id.to_string()),
        opened_at: Set(now),
        completed_at: Set(None),
    })
    .on_conflict(
        OnConflict::columns([
            lesson_progress::Column::EnrolmentId,
            lesson_progress::Column::LessonId,
        ])
        .do_nothing()
        .to_owned(),
    )
    .exec_without_returning(person.txn())
    .await
    .map(drop)
}

pub(super) async fn insert_practice_answer(
    person: &PersonLock<'_>,
    row: practice_answer::Model,
) -> Result<(), DbErr> {
    practice_answer::Entity::insert(practice_answer::ActiveModel::from(row))
        .exec_without_returning(person.txn())
        .await
        .map(drop)
}

/// Deletes what was answered to a question, and keeps that it was; `false` if there is nothing.
pub(super) async fn delete_practice_answers(
    person: &PersonLock<'_>,
    enrolment_id: EnrolmentId,
    question_id: &QuestionId,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let deleted = practice_answer::Entity::update_many()
        .col_expr(
            practice_answer::Column::Response,
            Expr::value(serde_json::Value::Null),
        )
        .col_expr(practice_answer::Column::DeletedAt, Expr::value(now))
        .filter(practice_answer::Column::EnrolmentId.eq(enrolment_id))
        .filter(practice_answer::Column::QuestionId.eq(question_id.as_str()))
        .filter(practice_answer::Column::DeletedAt.is_null())
        .exec(person.txn())
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// The latest answer to a question of a lesson.
pub(super) async fn practice_answer(
    db: &impl ConnectionTrait,
    enrolment_id: EnrolmentId,
    question_id: &QuestionId,
) -> Result<Option<practice_answer::Model>, DbErr> {
    practice_answer::Entity::find()
        .filter(practice_answer::Column::EnrolmentId.eq(enrolment_id))
        .filter(practice_answer::Column::QuestionId.eq(question_id.as_str()))
        .order_by_desc(practice_answer::Column::Id)
        .one(db)
        .await
}

/// The latest answer to each question of a lesson, with the revision that was answered. A JSON `null` is a
/// cleared answer.
pub(super) async fn practice_answers(
    db: &impl ConnectionTrait,
    enrolment_id: EnrolmentId,
    lesson_id: &LessonId,
) -> Result<Vec<practice_answer::Model>, DbErr> {
    practice_answer::Entity::find()
        .filter(practice_answer::Column::EnrolmentId.eq(enrolment_id))
        .filter(practice_answer::Column::LessonId.eq(lesson_id.as_str()))
        .order_by_asc(practice_answer::Column::Id)
        .all(db)
        .await
}

/// The attempts at a test, oldest first.
pub(super) async fn attempts(
    db: &impl ConnectionTrait,
    enrolment_id: EnrolmentId,
    test_id: &LessonId,
) -> Result<Vec<AttemptSummary>, DbErr> {
    let which = attempt::Column::EnrolmentId
        .eq(enrolment_id)
        .and(attempt::Column::TestId.eq(test_id.as_str()));
    summaries(db, which).await
}

/// Attempts without their drawn questions, which are most of their rows; oldest first.
async fn summaries(
    db: &impl ConnectionTrait,
    which: impl IntoCondition,
) -> Result<Vec<AttemptSummary>, DbErr> {
    let rows: Vec<AttemptHead> = attempt::Entity::find()
        .select_only()
        .columns([
            attempt::Column::Id,
            attempt::Column::TestId,
            attempt::Column::Number,
            attempt::Column::StartedAt,
            attempt::Column::DeadlineAt,
            attempt::Column::FinishedAt,
            attempt::Column::Points,
            attempt::Column::MaxPoints,
            attempt::Column::Passed,
        ])
        .filter(which)
        .order_by_asc(attempt::Column::StartedAt)
        .into_model()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(AttemptSummary::from).collect())
}

/// How many overdue attempts are finished at a time.
const OVERDUE_AT_ONCE: u64 = 1_000;

/// Open attempts whose deadline was before a moment, with their persons; the earliest deadline first, limited
/// in number so that they fit into memory.
pub(super) async fn overdue(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<Vec<(AttemptId, PersonId)>, DbErr> {
    attempt::Entity::find()
        .select_only()
        .column(attempt::Column::Id)
        .column(enrolment::Column::PersonId)
        .join(JoinType::InnerJoin, attempt::Relation::Enrolment.def())
        .filter(attempt::Column::FinishedAt.is_null())
        .filter(attempt::Column::DeadlineAt.lt(before))
        .order_by_asc(attempt::Column::DeadlineAt)
        .order_by_asc(attempt::Column::Id)
        .limit(OVERDUE_AT_ONCE)
        .into_tuple()
        .all(db)
        .await
}

#[derive(FromQueryResult)]
struct AttemptHead {
    id: AttemptId,
    test_id: String,
    number: i32,
    started_at: DateTime<Utc>,
    deadline_at: Option<DateTime<Utc>>,
    finished_at: Option<DateTime<Utc>>,
    points: Option<f64>,
    max_points: Option<f64>,
    passed: Option<bool>,
}

pub(super) async fn insert_attempt(person: &PersonLock<'_>, row: AttemptRow) -> Result<(), DbErr> {
    attempt::Entity::insert(attempt::ActiveModel::from(row))
        .exec_without_returning(person.txn())
        .await
        .map(drop)
}

/// An attempt of this person, with its enrolment.
pub(super) async fn find_attempt(
    db: &impl ConnectionTrait,
    attempt_id: AttemptId,
    person_id: PersonId,
) -> Result<Option<(AttemptRow, EnrolmentRow)>, DbErr> {
    let found = attempt::Entity::find_by_id(attempt_id)
        .find_also_related(enrolment::Entity)
        .filter(enrolment::Column::PersonId.eq(person_id))
        .one(db)
        .await?;
    Ok(found.and_then(|(attempt, enrolment)| Some((attempt, enrolment?))))
}

/// An answer to be added to an attempt.
pub(super) struct Step {
    pub attempt_id: AttemptId,
    pub question_id: String,
    /// `None` clears the answer.
    pub response: Option<serde_json::Value>,
    /// The sequence number of the answer that it replaces, the latest to its question; 0 for the first.
    pub replaces: i32,
    pub answered_at: DateTime<Utc>,
}

/// Adds to a write the statement that adds an answer to an attempt and returns its sequence number, if the
/// attempt belongs to this person, is not finished, has a deadline not before `earliest_deadline`, and the
/// replaced answer is still the latest. The person's lock prevents two answers from getting the same number.
pub(super) fn add_step(write: &mut PersonRun, earliest_deadline: DateTime<Utc>, step: Step) {
    const INSERT: &str = "INSERT INTO attempt_step \
         (attempt_id, sequence, question_id, response, answered_at) \
         SELECT a.id, 1 + COALESCE((SELECT MAX(s.sequence) FROM attempt_step s \
         WHERE s.attempt_id = a.id), 0), ?, ?, ? \
         FROM attempt a JOIN enrolment e ON e.id = a.enrolment_id \
         WHERE a.id = ? AND e.person_id = ? AND a.finished_at IS NULL \
         AND (a.deadline_at IS NULL OR a.deadline_at >= ?) \
         AND COALESCE((SELECT MAX(s.sequence) FROM attempt_step s \
         WHERE s.attempt_id = a.id AND s.question_id = ?), 0) = ? \
         RETURNING CAST(sequence AS bigint)";
    let values = [
        step.question_id.clone().into(),
        step.response.into(),
        step.answered_at.into(),
        step.attempt_id.into(),
        write.id().into(),
        earliest_deadline.into(),
        step.question_id.into(),
        step.replaces.into(),
    ];
    write.add(INSERT, values);
}

/// The latest answers, and for each question the sequence number of its last step, including cleared answers.
#[derive(Default)]
pub(super) struct Answers {
    pub responses: BTreeMap<QuestionId, Response>,
    pub versions: BTreeMap<QuestionId, i32>,
}

/// The latest answer to each question.
pub(super) async fn answers(
    db: &impl ConnectionTrait,
    attempt_id: AttemptId,
) -> Result<Answers, DbErr> {
    let steps = attempt_step::Entity::find()
        .filter(attempt_step::Column::AttemptId.eq(attempt_id))
        .order_by_asc(attempt_step::Column::Sequence)
        .all(db)
        .await?;
    let mut answers = Answers::default();
    for step in steps {
        let question = QuestionId::from(step.question_id);
        answers.versions.insert(question.clone(), step.sequence);
        match step.response {
            Some(json) => answers.responses.insert(question, from_json(json)?),
            None => answers.responses.remove(&question),
        };
    }
    Ok(answers)
}

/// Finishes an attempt; `false` if it was finished already.
pub(super) async fn finish_attempt(
    person: &PersonLock<'_>,
    attempt_id: AttemptId,
    result: &AttemptResult,
) -> Result<bool, DbErr> {
    let updated = attempt::Entity::update_many()
        .col_expr(attempt::Column::FinishedAt, Expr::value(result.finished_at))
        .col_expr(attempt::Column::Points, Expr::value(result.points))
        .col_expr(attempt::Column::MaxPoints, Expr::value(result.max_points))
        .col_expr(attempt::Column::Passed, Expr::value(result.passed))
        .filter(attempt::Column::Id.eq(attempt_id))
        .filter(attempt::Column::FinishedAt.is_null())
        .exec(person.txn())
        .await?;
    Ok(updated.rows_affected == 1)
}

pub(super) async fn completion_of(
    db: &impl ConnectionTrait,
    enrolment_id: EnrolmentId,
) -> Result<Option<CompletionRow>, DbErr> {
    completion::Entity::find()
        .filter(completion::Column::EnrolmentId.eq(enrolment_id))
        .one(db)
        .await
}

pub(super) async fn completion_by_id(
    db: &impl ConnectionTrait,
    id: CompletionId,
) -> Result<Option<CompletionRow>, DbErr> {
    completion::Entity::find_by_id(id).one(db).await
}

pub(super) async fn insert_completion(
    person: &PersonLock<'_>,
    row: CompletionRow,
) -> Result<(), DbErr> {
    let row = CompletionRow {
        person_id: person.id(),
        ..row
    };
    completion::Entity::insert(completion::ActiveModel::from(row))
        .exec_without_returning(person.txn())
        .await
        .map(drop)
}

/// The questions of an attempt, in the order shown.
pub(super) fn drawn(row: &AttemptRow) -> Result<Vec<DrawnQuestion>, DbErr> {
    from_json(row.questions.clone())
}

pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Result<serde_json::Value, DbErr> {
    serde_json::to_value(value).map_err(|error| DbErr::Json(error.to_string()))
}

pub(super) fn from_json<T: serde::de::DeserializeOwned>(
    json: serde_json::Value,
) -> Result<T, DbErr> {
    serde_json::from_value(json).map_err(|error| DbErr::Json(error.to_string()))
}
