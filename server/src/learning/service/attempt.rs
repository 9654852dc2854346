//! Attempts at a test: starting, answering, finishing, looking back.

use std::{collections::BTreeMap, sync::Arc};

use chrono::TimeDelta;
use course_compiler::{
    Course, CourseId, Lesson, Mark, Question, QuestionId, Response, model::TestRules,
};
use rand::Rng;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{
    Context, completion,
    store::{self, AttemptRow, Step},
};
use crate::{
    accounts::Principal,
    db::{Db, Transaction},
    learning::{
        Catalogue,
        model::{self, AttemptResult, AttemptSummary, DrawnQuestion},
    },
    people,
};

/// What is left to the network after the time limit: an answer sent in time counts.
pub const GRACE: TimeDelta = TimeDelta::seconds(20);

/// Why an attempt cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The test was passed already.
    #[error("the test was passed already")]
    Passed,
    /// No attempt is left.
    #[error("no attempt is left")]
    NoneLeft,
    /// The person is not enrolled in the course.
    #[error("not enrolled")]
    NotEnrolled,
    /// The test has no question to ask.
    #[error("the test has no questions")]
    Empty,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Begins an attempt, or gives the one under way: a double click begins one.
///
/// # Errors
/// See [`StartError`].
pub async fn start(
    context: &Context,
    person_id: Uuid,
    (course, test, rules): (&Course, &Lesson, &TestRules),
    language: &str,
    rng: &mut impl Rng,
) -> Result<Uuid, StartError> {
    let questions = model::draw(course, test, rules, rng);
    if questions.is_empty() {
        return Err(StartError::Empty);
    }
    let now = context.clock.now();
    let mut row = AttemptRow {
        id: context.clock.new_id(),
        enrolment_id: Uuid::nil(),
        test_id: test.id.to_string(),
        number: 0,
        language: language.to_owned(),
        started_at: now,
        deadline_at: rules
            .time_limit_minutes
            .map(|minutes| now + TimeDelta::minutes(minutes.into())),
        finished_at: None,
        points: None,
        max_points: None,
        passed: None,
        pass_mark: rules.pass,
        bundle_hash: context.catalogue.content_hash().to_owned(),
        questions: store::to_json(&questions)?,
    };
    let allowed = rules.attempts;
    let (within, course) = (context.clone(), course.id.clone());
    let write = context.db.write(move |txn| {
        Box::pin(async move {
            let version = people::touch(txn, person_id).await?;
            row.enrolment_id = store::find_enrolment(txn, person_id, course.as_str())
                .await?
                .ok_or(StartError::NotEnrolled)?
                .id;
            let mut begun = store::attempts(txn, row.enrolment_id, &row.test_id).await?;
            if let Some(open) = begun.iter_mut().find(|attempt| attempt.result.is_none()) {
                if !open.is_late(now - GRACE) {
                    return Ok((open.id, None));
                }
                if let Some(sitting) = read_from(txn, person_id, open.id).await? {
                    open.result = Some(close(txn, &within, &sitting).await?);
                }
            }
            if begun.iter().any(AttemptSummary::is_passed) {
                return Err(StartError::Passed);
            }
            let number = begun.len() + 1;
            if allowed.is_some_and(|allowed| number > allowed as usize) {
                return Err(StartError::NoneLeft);
            }
            row.number = i32::try_from(number).unwrap_or(i32::MAX);
            let sitting = Sitting {
                summary: store::summary(&row),
                pass_mark: row.pass_mark,
                enrolment_id: row.enrolment_id,
                course_id: course.to_string(),
                questions,
                answers: BTreeMap::new(),
            };
            store::insert_attempt(txn, row).await?;
            Ok::<_, StartError>((sitting.summary.id, Some((version, sitting))))
        })
    });
    let (id, begun) = write.await?;
    if let Some((version, sitting)) = begun {
        context.sittings.keep(person_id, version, Arc::new(sitting));
    }
    Ok(id)
}

/// The attempts of a person at a test, oldest first; `None` when they are not enrolled.
///
/// # Errors
/// The database fails.
pub async fn begun(
    db: &Db,
    person_id: Uuid,
    course_id: &str,
    test_id: &str,
) -> Result<Option<Vec<AttemptSummary>>, DbErr> {
    let Some(enrolment) = store::find_enrolment(db.read(), person_id, course_id).await? else {
        return Ok(None);
    };
    let attempts = store::attempts(db.read(), enrolment.id, test_id).await?;
    Ok(Some(attempts))
}

/// Why an answer was not taken. What was saved before stays saved.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// There is no such attempt of this person.
    #[error("no such attempt")]
    NotFound,
    /// The attempt is finished.
    #[error("the attempt is finished")]
    Finished,
    /// The time limit has passed.
    #[error("the time limit has passed")]
    Late,
    /// The attempt does not ask this question, or asked another revision of it.
    #[error("the attempt does not ask this")]
    NotAsked,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Saves an answer; with `None`, that there is none. Durable when it returns.
///
/// # Errors
/// See [`AnswerError`].
pub async fn answer(
    context: &Context,
    person_id: Uuid,
    attempt_id: Uuid,
    (question_id, revision): (QuestionId, String),
    response: Option<Response>,
) -> Result<(), AnswerError> {
    let now = context.clock.now();
    // What was drawn never changes, so it is known without asking.
    let drawn = match context.sittings.drawn(person_id, attempt_id) {
        Some(sitting) => sitting,
        None => match read(context, person_id, attempt_id).await? {
            Some(sitting) => Arc::new(sitting),
            None => return Err(AnswerError::NotFound),
        },
    };
    let is_asked = drawn
        .questions
        .iter()
        .any(|drawn| drawn.question_id == question_id && drawn.revision.as_str() == revision);
    if !is_asked {
        return Err(AnswerError::NotAsked);
    }
    let step = Step {
        attempt_id,
        question_id: question_id.to_string(),
        response: response.as_ref().map(store::to_json).transpose()?,
        answered_at: now,
    };
    let db = context.db.read();
    let statements = vec![
        people::touching(db, person_id),
        store::adding_step(db, person_id, now - GRACE, step),
    ];
    let done = context.db.run(statements).await?;
    let [touched, added] = done.as_slice() else {
        return Err(DbErr::RecordNotFound("person".to_owned()).into());
    };
    let (Some(version), false) = (touched.first().copied(), added.is_empty()) else {
        return Err(refusal(db, attempt_id, person_id).await?);
    };
    context
        .sittings
        .answered(attempt_id, version, question_id, response);
    Ok(())
}

async fn refusal(
    db: &impl ConnectionTrait,
    attempt_id: Uuid,
    person_id: Uuid,
) -> Result<AnswerError, DbErr> {
    Ok(
        match store::find_attempt(db, attempt_id, person_id).await? {
            None => AnswerError::NotFound,
            Some((attempt, _)) if attempt.finished_at.is_some() => AnswerError::Finished,
            Some(_) => AnswerError::Late,
        },
    )
}

/// How an attempt ended, and whether it completed the course.
#[derive(Debug, Clone, Copy)]
pub struct Finished {
    /// Points and whether they suffice.
    pub result: AttemptResult,
    /// Whether the course was completed by it.
    pub completed_course: bool,
}

/// Ends an attempt: marks what was saved and, if that completes the course, completes it in the
/// same transaction. A second time changes nothing. `None` when there is no such attempt.
///
/// # Errors
/// The database fails.
pub async fn finish(
    context: &Context,
    person_id: Uuid,
    attempt_id: Uuid,
) -> Result<Option<Finished>, DbErr> {
    let context = context.clone();
    let db = context.db.clone();
    db.write(move |txn| {
        Box::pin(async move {
            let version = people::touch(txn, person_id).await?;
            // What is kept as of the version before this write is what the database holds.
            let sitting = match context.sittings.find(person_id, version - 1, attempt_id) {
                Some(kept) => kept,
                None => match read_from(txn, person_id, attempt_id).await? {
                    Some(sitting) => Arc::new(sitting),
                    None => return Ok(None),
                },
            };
            if let Some(result) = sitting.summary.result {
                return Ok(Some(Finished {
                    result,
                    completed_course: false,
                }));
            }
            let result = close(txn, &context, &sitting).await?;
            let completed_course = result.passed
                && store::completion_of(txn, sitting.enrolment_id)
                    .await?
                    .is_some();
            Ok(Some(Finished {
                result,
                completed_course,
            }))
        })
    })
    .await
}

/// Marks and ends an open attempt and settles the course.
async fn close(
    txn: &Transaction,
    context: &Context,
    sitting: &Sitting,
) -> Result<AttemptResult, DbErr> {
    let (mut points, mut max_points) = (0.0, 0.0);
    for drawn in &sitting.questions {
        // A revision that is nowhere any more asks for nothing: it earns nothing and costs nothing.
        let Some(revision) = context.catalogue.revision(&drawn.revision) else {
            tracing::error!(question.id = %drawn.question_id, "a revision asked in an attempt is gone");
            continue;
        };
        max_points += revision.question.points;
        let mark = revision.key.mark(sitting.answers.get(&drawn.question_id));
        points += revision.question.points * mark.fraction.value();
    }
    let result = AttemptResult {
        finished_at: context.clock.now(),
        points,
        max_points,
        passed: model::is_pass(points, max_points, sitting.pass_mark),
    };
    if store::finish_attempt(txn, sitting.summary.id, &result).await? && result.passed {
        let course = CourseId::from(sitting.course_id.clone());
        completion::settle(txn, context, sitting.enrolment_id, &course).await?;
    }
    Ok(result)
}

/// An attempt with its answers.
#[derive(Clone)]
pub struct Sitting {
    /// The attempt.
    pub summary: AttemptSummary,
    /// The share of points needed.
    pub pass_mark: f64,
    /// The enrolment it belongs to.
    pub enrolment_id: Uuid,
    /// The course of that.
    pub course_id: String,
    /// Its questions, in the order shown.
    pub questions: Vec<DrawnQuestion>,
    /// What was answered, so far or in the end.
    pub answers: BTreeMap<QuestionId, Response>,
}

impl Sitting {
    /// A question as it was asked.
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

    /// Whether a question is answered, with nothing left to be asked.
    #[must_use]
    pub fn is_answered(&self, catalogue: &Catalogue, drawn: &DrawnQuestion) -> bool {
        let answer = self.answers.get(&drawn.question_id);
        answer.is_some_and(|answer| {
            self.question(catalogue, drawn)
                .is_none_or(|question| question.is_complete(answer))
        })
    }

    /// How many questions are answered.
    #[must_use]
    pub fn answered(&self, catalogue: &Catalogue) -> usize {
        let questions = self.questions.iter();
        questions
            .filter(|drawn| self.is_answered(catalogue, drawn))
            .count()
    }

    /// The mark of an answer, and what its author explains; only after the attempt.
    #[must_use]
    pub fn mark(&self, catalogue: &Catalogue, drawn: &DrawnQuestion) -> Option<Mark> {
        self.summary.result?;
        let revision = catalogue.revision(&drawn.revision)?;
        Some(revision.key.mark(self.answers.get(&drawn.question_id)))
    }
}

/// An attempt of this person with what was answered. One whose time has run out is ended first.
///
/// # Errors
/// The database fails.
pub async fn sitting(
    context: &Context,
    who: &Principal,
    attempt_id: Uuid,
) -> Result<Option<Arc<Sitting>>, DbErr> {
    let kept = context
        .sittings
        .find(who.person_id, who.learning_version, attempt_id);
    let sitting = match kept {
        Some(kept) => kept,
        None => match read(context, who.person_id, attempt_id).await? {
            Some(sitting) => {
                let sitting = Arc::new(sitting);
                context
                    .sittings
                    .keep(who.person_id, who.learning_version, Arc::clone(&sitting));
                sitting
            }
            None => return Ok(None),
        },
    };
    let summary = &sitting.summary;
    if summary.result.is_none() && summary.is_late(context.clock.now() - GRACE) {
        finish(context, who.person_id, attempt_id).await?;
        let ended = read(context, who.person_id, attempt_id).await?;
        return Ok(ended.map(Arc::new));
    }
    Ok(Some(sitting))
}

/// An attempt of this person as it stands in the database.
///
/// # Errors
/// The database fails.
pub async fn read(
    context: &Context,
    person_id: Uuid,
    attempt_id: Uuid,
) -> Result<Option<Sitting>, DbErr> {
    read_from(context.db.read(), person_id, attempt_id).await
}

async fn read_from(
    db: &impl ConnectionTrait,
    person_id: Uuid,
    attempt_id: Uuid,
) -> Result<Option<Sitting>, DbErr> {
    let Some((attempt, enrolment)) = store::find_attempt(db, attempt_id, person_id).await? else {
        return Ok(None);
    };
    Ok(Some(Sitting {
        summary: store::summary(&attempt),
        pass_mark: attempt.pass_mark,
        enrolment_id: enrolment.id,
        course_id: enrolment.course_id,
        questions: store::drawn(&attempt)?,
        answers: store::answers(db, attempt_id).await?,
    }))
}
