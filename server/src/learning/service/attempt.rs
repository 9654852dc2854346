//! Attempts at a test: starting, answering, finishing, looking back.

use std::{collections::BTreeMap, sync::Arc};

use chrono::TimeDelta;
use course_compiler::{
    Course, CourseId, Language, Lesson, Mark, Question, QuestionId, Response, model::TestRules,
};
use rand::Rng;
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{
    Context, catch_up, completion,
    store::{self, AttemptRow, EnrolmentRow, Step},
};
use crate::{
    learning::{
        Catalogue,
        model::{
            self, AttemptResult, AttemptSummary, DrawnQuestion, NextAttempt, Replacing, Verdict,
        },
    },
    people::{self, PersonLock, PersonRun},
    principal::Principal,
};

pub use crate::learning::model::GRACE;

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

/// What became of a wish to begin. A refusal too is a write that is kept: an attempt whose time was over
/// may have been ended by it.
enum Start {
    New(i64, Box<Sitting>),
    UnderWay(Uuid),
    Refused(StartError),
}

/// Begins an attempt, or gives the one under way: a double click begins one. Attempts whose time is over
/// are ended first, whatever follows.
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
    let (within, course, rules) = (context.clone(), course.id.clone(), rules.clone());
    let write = context.db.write::<_, DbErr>(async move |txn| {
        let person = people::lock(txn, person_id).await?;
        let found = store::find_enrolment(txn, person_id, course.as_str()).await?;
        let Some(enrolment) = found else {
            return Ok((Start::Refused(StartError::NotEnrolled), false));
        };
        row.enrolment_id = enrolment.id;
        let completed = end_overdue_of(&person, &within, &enrolment).await?;
        let begun = store::attempts(txn, row.enrolment_id, &row.test_id).await?;
        let refused = |error| Ok((Start::Refused(error), completed));
        row.number = match model::next_attempt(&rules, &begun, now) {
            NextAttempt::Begin(number) => number,
            NextAttempt::Continue(id) => return Ok((Start::UnderWay(id), completed)),
            NextAttempt::Passed => return refused(StartError::Passed),
            NextAttempt::NoneLeft => return refused(StartError::NoneLeft),
        };
        let sitting = Sitting {
            summary: store::summary(&row),
            pass_mark: row.pass_mark,
            enrolment_id: row.enrolment_id,
            course_id: course.to_string(),
            questions,
            answers: BTreeMap::new(),
            versions: BTreeMap::new(),
        };
        store::insert_attempt(&person, row).await?;
        Ok((Start::New(person.version(), Box::new(sitting)), completed))
    });
    let (start, completed) = write.await?;
    if completed {
        context.jobs.wake();
    }
    match start {
        Start::New(version, sitting) => {
            let id = sitting.summary.id;
            context
                .sittings
                .keep(person_id, version, Arc::from(sitting));
            Ok(id)
        }
        Start::UnderWay(id) => Ok(id),
        Start::Refused(error) => Err(error),
    }
}

/// The attempts of a person at a test, oldest first; `None` when they are not enrolled. Those whose time
/// is over are ended first.
///
/// # Errors
/// The database fails.
pub async fn begun(
    context: &Context,
    person_id: Uuid,
    course_id: &str,
    test_id: &str,
) -> Result<Option<Vec<AttemptSummary>>, DbErr> {
    let db = context.db.read();
    let Some(enrolment) = store::find_enrolment(db, person_id, course_id).await? else {
        return Ok(None);
    };
    let mut attempts = store::attempts(db, enrolment.id, test_id).await?;
    let now = context.clock.now();
    if attempts.iter().any(|attempt| attempt.is_overdue(now)) {
        catch_up(context, &enrolment).await?;
        attempts = store::attempts(db, enrolment.id, test_id).await?;
    }
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
    /// Another answer was saved since the form was shown.
    #[error("another answer was saved since")]
    Changed,
    /// It is empty, or partly so, where an answer is saved.
    #[error("it would empty an answer")]
    Empties,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Saves an answer in the place of the one that it replaces, and gives its version; with `None`, clears
/// it. Durable when it returns. The same answer again is saved once. An attempt whose time is over is ended
/// by the answer that comes too late.
///
/// # Errors
/// See [`AnswerError`].
pub async fn answer(
    context: &Context,
    person_id: Uuid,
    attempt_id: Uuid,
    (question_id, revision): (QuestionId, String),
    response: Option<Response>,
    replacing: Replacing<i32>,
) -> Result<i32, AnswerError> {
    let now = context.clock.now();
    // What was drawn never changes, so it is known without asking; nor does what a version says.
    let mut drawn = match context.sittings.drawn(person_id, attempt_id) {
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
    let verdict = |sitting: &Sitting| {
        let saved = (
            sitting.answers.get(&question_id),
            &sitting.version(&question_id),
        );
        replacing.judge(saved, response.as_ref())
    };
    if replacing.version != Some(drawn.version(&question_id)) || verdict(&drawn) != Verdict::Replace
    {
        // Nothing is refused, and nothing taken for saved, by what may be old.
        drawn = match read(context, person_id, attempt_id).await? {
            Some(sitting) => Arc::new(sitting),
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
        // Another answer came between: the same one, sent twice at once, or another.
        return match verdict(&now_there) {
            Verdict::Same => Ok(now_there.version(&question_id)),
            _ => Err(AnswerError::Changed),
        };
    };
    let place = i32::try_from(place).unwrap_or(i32::MAX);
    // Held by nobody else, what is kept is changed in place and not copied.
    drop(drawn);
    context
        .sittings
        .answered(attempt_id, version, question_id, (response, place));
    Ok(place)
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
/// same transaction. A second time changes nothing. After its time it ends as of its deadline. `None`
/// when there is no such attempt.
///
/// # Errors
/// The database fails.
pub async fn finish(
    context: &Context,
    person_id: Uuid,
    attempt_id: Uuid,
) -> Result<Option<Finished>, DbErr> {
    let within = context.clone();
    let write = context.db.write::<_, DbErr>(async move |txn| {
        let person = people::lock(txn, person_id).await?;
        // What is kept as of the version before this write is what the database holds.
        let sitting = match within
            .sittings
            .find(person_id, person.version() - 1, attempt_id)
        {
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
        close(&person, &within, &sitting).await.map(Some)
    });
    let finished = write.await?;
    if finished.is_some_and(|finished| finished.completed_course) {
        context.jobs.wake();
    }
    Ok(finished)
}

/// Ends the attempts of an enrolment whose time is over; whether that completed the course.
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
        if let Some(sitting) = read_from(person.txn(), person.id(), attempt.id).await? {
            completed |= close(person, context, &sitting).await?.completed_course;
        }
    }
    Ok(completed)
}

/// Ends every attempt whose time is over, each in a write of its own; how many. Several servers may do it
/// at once: each attempt is ended by one of them. One that cannot be ended keeps no other from it.
///
/// # Errors
/// The database fails, for all of them or for the last that could not be ended.
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

/// Marks and ends an open attempt, and completes the course if its rule is met.
async fn close(
    person: &PersonLock<'_>,
    context: &Context,
    sitting: &Sitting,
) -> Result<Finished, DbErr> {
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
        finished_at: sitting.summary.ends_at(context.clock.now()),
        points,
        max_points,
        passed: model::is_pass(points, max_points, sitting.pass_mark),
    };
    let ended = store::finish_attempt(person, sitting.summary.id, &result).await?;
    let completed_course = if ended && result.passed {
        let course = CourseId::from(sitting.course_id.clone());
        completion::complete_if_met(person, context, sitting.enrolment_id, &course).await?
    } else {
        false
    };
    Ok(Finished {
        result,
        completed_course,
    })
}

/// What there is of an answer to a question of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerState {
    /// None, or not all of one.
    Open,
    /// All of one, with nothing left to be asked.
    Complete,
    /// One that could be read otherwise, and what it counts as when nothing more is said, in words.
    Assumed(String),
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
    /// The place in the record of the last step of each question that has one.
    pub versions: BTreeMap<QuestionId, i32>,
}

impl Sitting {
    /// The version of the answer to a question; 0 when none was ever given.
    #[must_use]
    pub fn version(&self, question: &QuestionId) -> i32 {
        self.versions.get(question).copied().unwrap_or(0)
    }

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

    /// What there is of an answer to a question, for a page in this language.
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
            None if question.is_complete(answer) => AnswerState::Complete,
            None => AnswerState::Open,
        }
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
        .find(who.person_id, who.record_version, attempt_id);
    let sitting = match kept {
        Some(kept) => kept,
        None => match read(context, who.person_id, attempt_id).await? {
            Some(sitting) => {
                let sitting = Arc::new(sitting);
                context
                    .sittings
                    .keep(who.person_id, who.record_version, Arc::clone(&sitting));
                sitting
            }
            None => return Ok(None),
        },
    };
    if sitting.summary.is_overdue(context.clock.now()) {
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
    let answers = store::answers(db, attempt_id).await?;
    Ok(Some(Sitting {
        summary: store::summary(&attempt),
        pass_mark: attempt.pass_mark,
        enrolment_id: enrolment.id,
        course_id: enrolment.course_id,
        questions: store::drawn(&attempt)?,
        answers: answers.responses,
        versions: answers.versions,
    }))
}
