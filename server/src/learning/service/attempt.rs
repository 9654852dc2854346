//! Attempts at a test: starting, answering, finishing, reviewing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, TimeDelta, Utc};
use course_compiler::{
    Course, CourseId, Lesson, LessonId, QuestionId, Response,
    model::{ShowFeedback, TestRules},
};
use rand::Rng;
use sea_orm::DbErr;

use super::{
    allowance::with_extra_time,
    closing::{close, end_overdue_of, read_from},
    enrolment::{catch_up, enrolled},
};
use crate::{
    ids::{AttemptId, EnrolmentId, PersonId},
    learning::{
        model::{self, AttemptSummary, NextAttempt, Replacing, Verdict},
        state::Context,
        store::{self, AttemptRow, Step},
    },
    people::{self, PersonRun},
    principal::Principal,
};

pub use super::closing::Finished;
pub use crate::learning::{
    attempt_state::{AnswerState, AttemptState},
    model::GRACE,
};

/// Why an attempt cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The test was passed already.
    #[error("the test was passed already")]
    Passed,
    /// No attempts are left.
    #[error("no attempt is left")]
    NoneLeft,
    /// The pause between two attempts is not over.
    #[error("too early for another attempt")]
    Early,
    /// The person is not enrolled in the course.
    #[error("not enrolled")]
    NotEnrolled,
    /// The test has no questions.
    #[error("the test has no questions")]
    Empty,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// The result of trying to start an attempt. A refusal is also committed, because an attempt whose time was
/// over may have been ended in the same transaction.
enum Start {
    New(i64, Box<AttemptState>),
    UnderWay(AttemptId),
    RefusedAnswer(StartError),
}

/// Starts an attempt, or returns the open one: a double click starts one. Attempts whose time is over are
/// ended first, also if no attempt can be started.
///
/// # Errors
/// See [`StartError`].
#[tracing::instrument(name = "learning.attempt.start", skip_all, fields(person.id = %person_id))]
pub async fn start(
    context: &Context,
    person_id: PersonId,
    (course, test, rules): (&Course, &Lesson, &TestRules),
    language: &str,
    rng: &mut impl Rng,
) -> Result<AttemptId, StartError> {
    let asked = asked_before(context, person_id, course, test, rules).await?;
    let questions = model::draw(course, test, rules, &asked, rng);
    if questions.is_empty() {
        return Err(StartError::Empty);
    }
    let now = context.clock.now();
    let mut row = AttemptRow {
        id: context.clock.new_id(),
        enrolment_id: EnrolmentId::NIL,
        test_id: test.id.to_string(),
        number: 0,
        language: language.to_owned(),
        started_at: now,
        deadline_at: None,
        extra_time_percent: 0,
        finished_at: None,
        points: None,
        max_points: None,
        passed: None,
        pass_mark: rules.pass,
        bundle_hash: context.catalogue.content_hash().to_owned(),
        questions: store::to_json(&questions)?,
    };
    let is_trial = context.is_trial(&course.id);
    let (within, course, rules) = (context.clone(), course.id.clone(), rules.clone());
    let test_id = test.id.clone();
    let write = context.db.write::<_, DbErr>(async move |txn| {
        let person = people::lock(txn, person_id).await?;
        let found = store::find_enrolment(txn, person_id, &course, is_trial).await?;
        let Some(enrolment) = found else {
            return Ok((Start::RefusedAnswer(StartError::NotEnrolled), false));
        };
        row.enrolment_id = enrolment.id;
        let completed = end_overdue_of(&person, &within, &enrolment).await?;
        let begun = store::attempts(txn, row.enrolment_id, &test_id).await?;
        let refused = |error| Ok((Start::RefusedAnswer(error), completed));
        let extra = store::extra_attempts(&enrolment);
        row.number = match model::next_attempt(&rules, extra, &begun, now) {
            NextAttempt::Begin(number) => number,
            NextAttempt::Continue(id) => return Ok((Start::UnderWay(id), completed)),
            NextAttempt::Passed => return refused(StartError::Passed),
            NextAttempt::NoneLeft => return refused(StartError::NoneLeft),
            NextAttempt::Wait(_) => return refused(StartError::Early),
        };
        if let Some(minutes) = rules.time_limit_minutes {
            row.extra_time_percent = store::extra_time_percent(txn, person_id).await?;
            let limit = TimeDelta::minutes(minutes.into());
            row.deadline_at = Some(now + with_extra_time(limit, row.extra_time_percent));
        }
        let attempt = AttemptState {
            summary: store::summary(&row),
            pass_mark: row.pass_mark,
            enrolment_id: row.enrolment_id,
            course_id: course,
            questions,
            answers: BTreeMap::new(),
            versions: BTreeMap::new(),
        };
        store::insert_attempt(&person, row).await?;
        Ok((Start::New(person.version(), Box::new(attempt)), completed))
    });
    let (start, completed) = write.await?;
    if completed {
        context.jobs.wake();
    }
    match start {
        Start::New(version, attempt) => {
            let id = attempt.summary.id;
            context
                .attempt_cache
                .keep(person_id, version, Arc::from(attempt));
            Ok(id)
        }
        Start::UnderWay(id) => Ok(id),
        Start::RefusedAnswer(error) => Err(error),
    }
}

/// The questions that were asked in a person's earlier attempts at a test, if the attempts that its rules allow are
/// made: one more, which a manager allowed, asks others first.
async fn asked_before(
    context: &Context,
    person_id: PersonId,
    course: &Course,
    test: &Lesson,
    rules: &TestRules,
) -> Result<BTreeSet<QuestionId>, DbErr> {
    let Some(allowed) = rules.attempts else {
        return Ok(BTreeSet::new());
    };
    let which = (
        course.id.as_str(),
        test.id.as_str(),
        context.is_trial(&course.id),
    );
    let rows = store::drawn_before(context.db.read(), person_id, which).await?;
    if rows.len() < allowed as usize {
        return Ok(BTreeSet::new());
    }
    let mut asked = BTreeSet::new();
    for row in &rows {
        asked.extend(
            store::drawn(row)?
                .into_iter()
                .map(|drawn| drawn.question_id),
        );
    }
    Ok(asked)
}

/// What a person has done before an attempt at a test.
#[derive(Debug, Clone)]
pub struct Before {
    /// The attempts at the test, oldest first.
    pub attempts: Vec<AttemptSummary>,
    /// Whether they have read a lesson of the course.
    pub has_read: bool,
    /// Attempts that managers allow them beyond the rules.
    pub extra_attempts: u32,
    /// The extra time that managers allow them, in percent of a limit.
    pub extra_time_percent: u32,
}

/// What a person has done before an attempt at a test; `None` if they are not enrolled. Attempts whose time is
/// over are ended first.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.attempt.begun", skip_all, fields(person.id = %person_id))]
pub async fn begun(
    context: &Context,
    person_id: PersonId,
    course_id: &CourseId,
    test_id: &LessonId,
) -> Result<Option<Before>, DbErr> {
    let db = context.db.read();
    let is_trial = context.is_trial(course_id);
    let Some(enrolment) = store::find_enrolment(db, person_id, course_id, is_trial).await? else {
        return Ok(None);
    };
    let mut attempts = store::attempts(db, enrolment.id, test_id).await?;
    let now = context.clock.now();
    if attempts.iter().any(|attempt| attempt.is_overdue(now)) {
        catch_up(context, &enrolment).await?;
        attempts = store::attempts(db, enrolment.id, test_id).await?;
    }
    let lessons = store::progress(db, &enrolment).await?.lessons;
    Ok(Some(Before {
        attempts,
        has_read: lessons.iter().any(|lesson| lesson.completed_at.is_some()),
        extra_attempts: store::extra_attempts(&enrolment),
        extra_time_percent: store::extra_time_percent(db, person_id)
            .await?
            .unsigned_abs(),
    }))
}

/// Why an answer was not saved. An earlier answer stays saved.
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
    /// The attempt does not contain this question, or contains another revision of it.
    #[error("the attempt does not ask this")]
    NotAsked,
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

/// Saves an answer in place of an earlier one and returns its version; with `None`, clears it. Durable when
/// it returns. The same answer again is saved once. An answer after the time limit ends the attempt.
///
/// # Errors
/// See [`AnswerError`].
#[tracing::instrument(name = "learning.attempt.answer", skip_all, fields(person.id = %person_id, attempt.id = %attempt_id))]
pub async fn answer(
    context: &Context,
    person_id: PersonId,
    attempt_id: AttemptId,
    (question_id, revision): (QuestionId, String),
    response: Option<Response>,
    replacing: Replacing<i32>,
) -> Result<i32, AnswerError> {
    let now = context.clock.now();
    // What was drawn never changes, so the cached attempt is sufficient; the meaning of a version does not
    // change either.
    let mut drawn = match context.attempt_cache.drawn(person_id, attempt_id) {
        Some(attempt) => attempt,
        None => match read(context, person_id, attempt_id).await? {
            Some(attempt) => Arc::new(attempt),
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
    let verdict = |attempt: &AttemptState| {
        let saved = (
            attempt.answers.get(&question_id),
            &attempt.version(&question_id),
        );
        replacing.judge(saved, response.as_ref())
    };
    if replacing.version != Some(drawn.version(&question_id)) || verdict(&drawn) != Verdict::Replace
    {
        // Before an answer is refused, or treated as saved, the database is read: the cache may be outdated.
        drawn = match read(context, person_id, attempt_id).await? {
            Some(attempt) => Arc::new(attempt),
            None => return Err(AnswerError::NotFound),
        };
        if drawn.summary.result.is_some() {
            return Err(AnswerError::Finished);
        }
        if drawn.summary.is_overdue(now) {
            finish(context, person_id, attempt_id).await?;
            return Err(AnswerError::Late);
        }
        match verdict(&drawn) {
            Verdict::Same => return Ok(drawn.version(&question_id)),
            Verdict::Changed => return Err(AnswerError::Changed),
            Verdict::Empties => return Err(AnswerError::Empties),
            Verdict::Replace => {}
        }
    }
    let step = Step {
        attempt_id,
        question_id: question_id.to_string(),
        response: response.as_ref().map(store::to_json).transpose()?,
        replaces: drawn.version(&question_id),
        answered_at: now,
    };
    let mut write = PersonRun::new(person_id);
    store::add_step(&mut write, now - GRACE, step);
    let (version, added) = write.run(&context.db).await?;
    let (Some(version), Some(place)) = (version, added.into_iter().flatten().next()) else {
        let Some(now_there) = read(context, person_id, attempt_id).await? else {
            return Err(AnswerError::NotFound);
        };
        if now_there.summary.result.is_some() {
            return Err(AnswerError::Finished);
        }
        if now_there.summary.is_overdue(now) {
            finish(context, person_id, attempt_id).await?;
            return Err(AnswerError::Late);
        }
        // Another answer was saved in between: the same one, sent twice at once, or a different one.
        return match verdict(&now_there) {
            Verdict::Same => Ok(now_there.version(&question_id)),
            _ => Err(AnswerError::Changed),
        };
    };
    let place = i32::try_from(place).unwrap_or(i32::MAX);
    // Dropped so that the cached attempt can be changed in place instead of being copied.
    drop(drawn);
    context
        .attempt_cache
        .answered(attempt_id, version, question_id, (response, place));
    Ok(place)
}

/// Finishes an attempt: marks the saved answers and, if that completes the course, completes it in the same
/// transaction. Repeated, it changes nothing. After its deadline it is finished as of the deadline. `None` if
/// there is no such attempt.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.attempt.finish", skip_all, fields(person.id = %person_id, attempt.id = %attempt_id))]
pub async fn finish(
    context: &Context,
    person_id: PersonId,
    attempt_id: AttemptId,
) -> Result<Option<Finished>, DbErr> {
    let within = context.clone();
    let write = context.db.write::<_, DbErr>(async move |txn| {
        let person = people::lock(txn, person_id).await?;
        // An entry with the version just before this write has the same content as the database.
        let attempt = match within
            .attempt_cache
            .find(person_id, person.version() - 1, attempt_id)
        {
            Some(kept) => kept,
            None => match read_from(txn, person_id, attempt_id).await? {
                Some(attempt) => Arc::new(attempt),
                None => return Ok(None),
            },
        };
        if let Some(result) = attempt.summary.result {
            return Ok(Some(Finished {
                result,
                completed_course: false,
            }));
        }
        close(&person, &within, &attempt).await.map(Some)
    });
    let finished = write.await?;
    if finished.is_some_and(|finished| finished.completed_course) {
        context.jobs.wake();
    }
    Ok(finished)
}

/// Finishes every attempt whose time is over, each in a transaction of its own; returns how many. Several
/// servers may do this at once: each attempt is finished by one of them. An attempt that cannot be finished
/// does not stop the others.
///
/// # Errors
/// The database fails, for all of them or for the last that could not be ended.
#[tracing::instrument(name = "learning.attempt.end_overdue", skip_all)]
pub async fn end_overdue(context: &Context) -> Result<usize, DbErr> {
    let before = context.clock.now() - GRACE;
    let mut ended = 0;
    let mut failure = None;
    for (attempt_id, person_id) in store::overdue(context.db.read(), before).await? {
        match finish(context, person_id, attempt_id).await {
            Ok(finished) => ended += usize::from(finished.is_some()),
            Err(error) => {
                tracing::error!(attempt.id = %attempt_id, %error, "an attempt whose time is over could not be ended");
                failure = Some(error);
            }
        }
    }
    failure.map_or(Ok(ended), Err)
}

/// An attempt of this person with its answers. If its time is over, it is finished first.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.attempt.attempt", skip_all, fields(attempt.id = %attempt_id))]
pub async fn state_of(
    context: &Context,
    who: &Principal,
    attempt_id: AttemptId,
) -> Result<Option<Arc<AttemptState>>, DbErr> {
    let kept = context
        .attempt_cache
        .find(who.person_id, who.record_version, attempt_id);
    let attempt = match kept {
        Some(kept) => kept,
        None => match read(context, who.person_id, attempt_id).await? {
            Some(attempt) => {
                let attempt = Arc::new(attempt);
                context
                    .attempt_cache
                    .keep(who.person_id, who.record_version, Arc::clone(&attempt));
                attempt
            }
            None => return Ok(None),
        },
    };
    if attempt.summary.is_overdue(context.clock.now()) {
        finish(context, who.person_id, attempt_id).await?;
        let ended = read(context, who.person_id, attempt_id).await?;
        return Ok(ended.map(Arc::new));
    }
    Ok(Some(attempt))
}

/// An attempt of this person as stored in the database.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.attempt.read", skip_all, fields(person.id = %person_id, attempt.id = %attempt_id))]
pub async fn read(
    context: &Context,
    person_id: PersonId,
    attempt_id: AttemptId,
) -> Result<Option<AttemptState>, DbErr> {
    read_from(context.db.read(), person_id, attempt_id).await
}

/// What a person may do and see after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AfterAttempt {
    /// Whether the course is completed.
    pub is_completed: bool,
    /// Whether the test may be continued or taken again.
    pub can_retry: bool,
    /// How many more attempts may be started; `None` where any number may.
    pub attempts_left: Option<u32>,
    /// From when it may be taken again, if not at once.
    pub retry_from: Option<DateTime<Utc>>,
    /// What the rules of the test allow to be shown.
    pub feedback: Feedback,
}

/// What is shown of a finished attempt besides its points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feedback {
    /// Nothing.
    None,
    /// Which questions were answered rightly, and what is said of the person's own choices.
    OwnChoices,
    /// Also what is right, and why.
    Everything,
}

impl Feedback {
    /// By the rules of a test; `is_over` when it is passed or no attempt is left.
    const fn of(rules: &TestRules, is_over: bool) -> Self {
        match rules.show_feedback {
            ShowFeedback::Never => Self::None,
            ShowFeedback::AfterLast if !is_over => Self::OwnChoices,
            _ => Self::Everything,
        }
    }
}

/// What the person whose attempt this is may do and see after it.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.attempt.after", skip_all, fields(person.id = %person_id))]
pub async fn after(
    context: &Context,
    person_id: PersonId,
    attempt: &AttemptState,
) -> Result<AfterAttempt, DbErr> {
    let enrolled = enrolled(context, person_id, &attempt.course_id).await?;
    let test_id = &attempt.summary.test_id;
    // A test that is no longer part of its course has no rules: it cannot be taken again, and its feedback is
    // shown.
    let rules = context
        .catalogue
        .by_id(&attempt.course_id)
        .and_then(|course| course.lessons.iter().find(|one| one.id == *test_id))
        .and_then(Lesson::test_rules);
    let mut attempts_left = None;
    let next = enrolled.as_ref().zip(rules).map(|(enrolled, rules)| {
        let attempts: Vec<_> = enrolled
            .progress
            .attempts
            .iter()
            .filter(|attempt| attempt.test_id == *test_id)
            .cloned()
            .collect();
        let extra = enrolled.progress.extra_attempts;
        attempts_left = model::attempts_left(rules, extra, attempts.len());
        model::next_attempt(rules, extra, &attempts, context.clock.now())
    });
    let is_over = matches!(
        next,
        None | Some(NextAttempt::Passed | NextAttempt::NoneLeft)
    );
    Ok(AfterAttempt {
        is_completed: enrolled.is_some_and(|enrolled| enrolled.completed.is_some()),
        can_retry: !is_over,
        attempts_left,
        retry_from: match next {
            Some(NextAttempt::Wait(from)) => Some(from),
            _ => None,
        },
        feedback: rules.map_or(Feedback::Everything, |rules| Feedback::of(rules, is_over)),
    })
}
