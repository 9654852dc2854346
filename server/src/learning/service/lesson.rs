//! Reading lessons and answering the questions inside them.

use std::collections::{BTreeMap, BTreeSet};

use course_compiler::{Course, CourseId, Lesson, LessonId, Question, QuestionId, Response};
use sea_orm::{ConnectionTrait, DbErr};

use super::{closing, completion};
use crate::{
    db::{Db, entity::practice_answer},
    ids::{EnrolmentId, PersonId, PracticeAnswerId},
    learning::{
        model::{Replacing, Verdict},
        state::Context,
        store,
    },
    people,
};

/// Records that a lesson was opened, so that the course continues there.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.lesson.open", skip_all, fields(person.id = %person_id, enrolment.id = %enrolment_id))]
pub async fn open(
    context: &Context,
    person_id: PersonId,
    enrolment_id: EnrolmentId,
    lesson_id: &LessonId,
) -> Result<(), DbErr> {
    let (now, lesson_id) = (context.clock.now(), lesson_id.clone());
    context
        .db
        .write(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            store::open_lesson(&person, enrolment_id, &lesson_id, now).await
        })
        .await
}

/// What came of marking a lesson as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marked {
    /// It is read, which completed the course.
    CourseCompleted,
    /// It is read.
    Read,
    /// It is not: the course requires that its questions are answered, and some are not.
    Unanswered,
}

/// Marks a lesson as read, and completes the course if that was the last requirement. Overdue attempts are
/// finished first. If the course requires answers, a lesson with open questions is not marked; one that was
/// marked before stays so.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.lesson.complete", skip_all, fields(person.id = %person_id, enrolment.id = %enrolment_id))]
pub async fn complete(
    context: &Context,
    person_id: PersonId,
    enrolment_id: EnrolmentId,
    course: &CourseId,
    lesson_id: &LessonId,
) -> Result<Marked, DbErr> {
    let (within, course, lesson_id) = (context.clone(), course.clone(), lesson_id.clone());
    let write = context.db.write::<_, DbErr>(async move |txn| {
        let person = people::lock(txn, person_id).await?;
        if has_open_questions(txn, &within, enrolment_id, &course, &lesson_id).await? {
            return Ok(Marked::Unanswered);
        }
        let now = within.clock.now();
        store::complete_lesson(&person, enrolment_id, &lesson_id, now).await?;
        let ended = match store::enrolment_by_id(txn, enrolment_id).await? {
            Some(enrolment) => closing::end_overdue_of(&person, &within, &enrolment).await?,
            None => false,
        };
        let met = completion::complete_if_met(&person, &within, enrolment_id, &course).await?;
        Ok(if met || ended {
            Marked::CourseCompleted
        } else {
            Marked::Read
        })
    });
    let marked = write.await?;
    if marked == Marked::CourseCompleted {
        context.jobs.wake();
    }
    Ok(marked)
}

/// Whether questions that have to be answered keep a lesson from being marked as read.
async fn has_open_questions(
    db: &impl ConnectionTrait,
    context: &Context,
    enrolment_id: EnrolmentId,
    course: &CourseId,
    lesson_id: &LessonId,
) -> Result<bool, DbErr> {
    let course = context.catalogue.by_id(course);
    let Some((course, lesson)) =
        course.and_then(|course| Some((course, course.lesson(lesson_id)?)))
    else {
        return Ok(false);
    };
    if lesson.questions.is_empty() || !course.requires_answers(lesson) {
        return Ok(false);
    }
    if store::is_lesson_complete(db, enrolment_id, lesson_id).await? {
        return Ok(false);
    }
    let answers = answers_in(db, enrolment_id, course, lesson).await?;
    Ok(answers.open(course, lesson).next().is_some())
}

/// Why an answer inside a lesson was not saved. An earlier answer stays saved.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// Another answer was saved since the form was shown.
    #[error("another answer was saved since")]
    Changed,
    /// It is empty or partly empty where an answer is saved.
    #[error("it would empty an answer")]
    Empties,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Identifies an answer to a question inside a lesson; nil if there was none.
pub type Version = PracticeAnswerId;

/// Saves an answer to a question inside a lesson in place of an earlier one, and returns its version; with
/// `None`, clears it. These answers are practice: they are saved and shown with feedback, and do not count.
/// The same answer again is saved once.
///
/// # Errors
/// See [`AnswerError`].
#[tracing::instrument(name = "learning.lesson.answer", skip_all, fields(person.id = %person_id, enrolment.id = %enrolment_id))]
pub async fn answer(
    context: &Context,
    person_id: PersonId,
    enrolment_id: EnrolmentId,
    (course, lesson): (&Course, &Lesson),
    question: &Question,
    response: Option<Response>,
    replacing: Replacing<Version>,
) -> Result<Version, AnswerError> {
    let mark = course
        .key(&question.id)
        .filter(|_| response.is_some())
        .map(|key| key.mark(response.as_ref()));
    let row = practice_answer::Model {
        id: context.clock.new_id(),
        enrolment_id,
        lesson_id: lesson.id.to_string(),
        question_id: question.id.to_string(),
        revision: question.revision.to_string(),
        response: store::to_json(&response)?,
        fraction: mark.map_or(0.0, |mark| mark.fraction.value()),
        answered_at: context.clock.now(),
        deleted_at: None,
    };
    let question_id = question.id.clone();
    context
        .db
        .write(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            let last = store::practice_answer(txn, enrolment_id, &question_id).await?;
            let version = last.as_ref().map_or(PracticeAnswerId::NIL, |last| last.id);
            let saved: Option<Response> = match last {
                Some(last) if last.revision == row.revision => store::from_json(last.response)?,
                _ => None,
            };
            let saved = (saved.as_ref(), &version);
            match replacing.judge(saved, response.as_ref()) {
                Verdict::Same => Ok(version),
                Verdict::Changed => Err(AnswerError::Changed),
                Verdict::Empties => Err(AnswerError::Empties),
                Verdict::Replace => {
                    let version = row.id;
                    store::insert_practice_answer(&person, row).await?;
                    Ok(version)
                }
            }
        })
        .await
}

/// Deletes everything that a person answered to a question in their own words: the texts are gone from the database,
/// that and when they answered stays. `false` if there is nothing to delete.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.lesson.delete", skip_all, fields(person.id = %person_id, enrolment.id = %enrolment_id))]
pub async fn delete(
    context: &Context,
    person_id: PersonId,
    enrolment_id: EnrolmentId,
    question_id: &QuestionId,
) -> Result<bool, DbErr> {
    let (now, question_id) = (context.clock.now(), question_id.clone());
    let is_deleted = context
        .db
        .write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            store::delete_practice_answers(&person, enrolment_id, &question_id, now).await
        })
        .await?;
    if is_deleted && let Err(error) = context.db.forget_deleted("practice_answer").await {
        tracing::warn!(%error, "what was deleted is still in the database's log; it is emptied again within minutes");
    }
    Ok(is_deleted)
}

/// The answers in a lesson.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// The latest answers, as far as they fit the current questions.
    pub responses: BTreeMap<QuestionId, Response>,
    /// The version of the latest answer to each question, including cleared ones.
    pub versions: BTreeMap<QuestionId, Version>,
    /// How many answers each question got as it is now, without steps of a case on the way.
    pub tries: BTreeMap<QuestionId, usize>,
    /// The questions to which the person deleted what they had answered; that they answered stays.
    pub deleted: BTreeSet<QuestionId>,
}

impl Answers {
    /// How often a question was answered.
    #[must_use]
    pub fn tries(&self, question: &QuestionId) -> usize {
        self.tries.get(question).copied().unwrap_or_default()
    }

    /// Whether a question as it is now was answered, rightly or not.
    #[must_use]
    pub fn is_answered(&self, question: &Question) -> bool {
        let answer = self.responses.get(&question.id);
        self.deleted.contains(&question.id)
            || answer.is_some_and(|answer| question.is_complete(answer))
    }

    /// The questions of a lesson that are not answered, in order.
    pub fn open<'a>(
        &'a self,
        course: &'a Course,
        lesson: &'a Lesson,
    ) -> impl Iterator<Item = &'a Question> {
        let questions = lesson.questions.iter().filter_map(|id| course.question(id));
        questions.filter(|question| !self.is_answered(question))
    }
}

/// The latest answers to the questions of a lesson.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.lesson.answers", skip_all, fields(enrolment.id = %enrolment_id))]
pub async fn answers(
    db: &Db,
    enrolment_id: EnrolmentId,
    course: &Course,
    lesson: &Lesson,
) -> Result<Answers, DbErr> {
    answers_in(db.read(), enrolment_id, course, lesson).await
}

async fn answers_in(
    db: &impl ConnectionTrait,
    enrolment_id: EnrolmentId,
    course: &Course,
    lesson: &Lesson,
) -> Result<Answers, DbErr> {
    let rows = store::practice_answers(db, enrolment_id, &lesson.id).await?;
    let mut answers = Answers::default();
    for row in rows {
        let id = QuestionId::from(row.question_id);
        answers.versions.insert(id.clone(), row.id);
        // A later answer takes the place of an earlier one, also one that was cleared.
        answers.responses.remove(&id);
        if row.deleted_at.is_some() {
            answers.deleted.insert(id);
            continue;
        }
        let asked = course
            .question(&id)
            .filter(|question| question.revision.as_str() == row.revision);
        if let Some(question) = asked
            && let Some(response) = store::from_json::<Option<Response>>(row.response)?
        {
            if question.is_complete(&response) {
                *answers.tries.entry(id.clone()).or_default() += 1;
            }
            answers.responses.insert(id, response);
        }
    }
    Ok(answers)
}
