//! Reading lessons and answering the questions inside them.

use std::collections::BTreeMap;

use course_compiler::{Course, CourseId, Lesson, LessonId, Question, QuestionId, Response};
use sea_orm::DbErr;
use uuid::Uuid;

use super::{Context, completion, store};
use crate::{
    db::{Db, entity::practice_answer},
    people,
};

/// Notes that a lesson is being read, so that the course resumes there.
///
/// # Errors
/// The database fails.
pub async fn open(
    context: &Context,
    person_id: Uuid,
    enrolment_id: Uuid,
    lesson_id: &LessonId,
) -> Result<(), DbErr> {
    let (now, lesson_id) = (context.clock.now(), lesson_id.clone());
    context
        .db
        .write(move |txn| {
            Box::pin(async move {
                people::touch(txn, person_id).await?;
                store::open_lesson(txn, enrolment_id, lesson_id.as_str(), now).await
            })
        })
        .await
}

/// Marks a lesson as read, and completes the course if that was all that was missing.
/// Says whether it did.
///
/// # Errors
/// The database fails.
pub async fn complete(
    context: &Context,
    person_id: Uuid,
    enrolment_id: Uuid,
    course: &CourseId,
    lesson_id: &LessonId,
) -> Result<bool, DbErr> {
    let (context, course, lesson_id) = (context.clone(), course.clone(), lesson_id.clone());
    let db = context.db.clone();
    db.write(move |txn| {
        Box::pin(async move {
            people::touch(txn, person_id).await?;
            let now = context.clock.now();
            store::complete_lesson(txn, enrolment_id, lesson_id.as_str(), now).await?;
            completion::settle(txn, &context, enrolment_id, &course).await
        })
    })
    .await
}

/// Keeps an answer to a question inside a lesson. Answers are practice: they are kept and shown
/// with feedback, and count for nothing.
///
/// # Errors
/// The database fails.
pub async fn answer(
    context: &Context,
    person_id: Uuid,
    enrolment_id: Uuid,
    (course, lesson): (&Course, &Lesson),
    question: &Question,
    response: &Response,
) -> Result<(), DbErr> {
    let mark = course.key(&question.id).map(|key| key.mark(Some(response)));
    let row = practice_answer::Model {
        id: context.clock.new_id(),
        enrolment_id,
        lesson_id: lesson.id.to_string(),
        question_id: question.id.to_string(),
        revision: question.revision.to_string(),
        response: store::to_json(response)?,
        fraction: mark.map_or(0.0, |mark| mark.fraction.value()),
        answered_at: context.clock.now(),
    };
    context
        .db
        .write(move |txn| {
            Box::pin(async move {
                people::touch(txn, person_id).await?;
                store::insert_practice_answer(txn, row).await
            })
        })
        .await
}

/// The answers given last to the questions of a lesson, as far as they answer the questions as
/// they are now.
///
/// # Errors
/// The database fails.
pub async fn answers(
    db: &Db,
    enrolment_id: Uuid,
    course: &Course,
    lesson: &Lesson,
) -> Result<BTreeMap<QuestionId, Response>, DbErr> {
    let rows = store::practice_answers(db.read(), enrolment_id, lesson.id.as_str()).await?;
    let mut answers = BTreeMap::new();
    for row in rows.into_values() {
        let id = QuestionId::from(row.question_id);
        if course
            .question(&id)
            .is_some_and(|question| question.revision.as_str() == row.revision)
        {
            answers.insert(id, store::from_json(row.response)?);
        }
    }
    Ok(answers)
}
