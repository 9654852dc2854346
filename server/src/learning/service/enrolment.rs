//! Enrolments with their progress.

use chrono::{DateTime, Utc};
use course_compiler::{Course, CourseId};
use sea_orm::DbErr;

use super::{closing, completion, path};
use crate::{
    db::Db,
    http::{
        Lang,
        address::{self, Address as _},
    },
    ids::{CompletionId, EnrolmentId, PersonId},
    learning::{
        model::{Progress, Trace},
        parts::{Changes, Part},
        state::{Context, State},
        store::{self, EnrolmentRow},
    },
    people,
};

/// An enrolment with its progress.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_field_names,
    reason = "a moment is called as in the record"
)]
pub struct Enrolled {
    /// The enrolment.
    pub id: EnrolmentId,
    /// When they enrolled.
    pub enrolled_at: DateTime<Utc>,
    /// The progress.
    pub progress: Progress,
    /// The completion, if there is one.
    pub completed: Option<Completed>,
    /// What has changed in the course since the person last saw its parts.
    pub changes: Changes,
}

/// A completion of a course.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_field_names,
    reason = "a moment is called as in the record"
)]
pub struct Completed {
    /// The completion.
    pub id: CompletionId,
    /// When.
    pub completed_at: DateTime<Utc>,
    /// The requirements of that time, and how they were met.
    pub(crate) trace: Trace,
}

/// Enrols a person; repeated, it changes nothing.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.enrol", skip_all, fields(person.id = %person_id))]
pub async fn enrol(
    context: &Context,
    person_id: PersonId,
    course: &Course,
    lang: Lang,
) -> Result<(), DbErr> {
    let row = EnrolmentRow {
        id: context.clock.new_id(),
        person_id,
        course_id: course.id.to_string(),
        language: lang.to_string(),
        enrolled_at: context.clock.now(),
        last_lesson_id: None,
        is_trial: context.is_trial(&course.id),
        seen_parts: store::to_json(&context.catalogue.parts(&course.id))?,
        extra_attempts: 0,
    };
    context
        .db
        .write(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            store::insert_enrolment(&person, row).await
        })
        .await
}

/// Enrols a person who goes on to the page where one enrols: they chose the course, or the learning path, before they had to sign in or
/// say who they are. Any other page changes nothing.
///
/// # Errors
/// The database fails.
pub async fn arrive(
    state: &State,
    person_id: PersonId,
    lang: Lang,
    page: &str,
) -> Result<(), DbErr> {
    let catalogue = state.courses.current();
    let mut paths = catalogue.paths();
    let asked = paths.find(|path| {
        let enrol = address::EnrolInPath {
            path: path.id.clone(),
        };
        Lang::ALL.iter().any(|lang| enrol.url(*lang) == page)
    });
    if let Some(path) = asked {
        return path::enrol(&state.context(&catalogue), person_id, path, lang).await;
    }
    let is_asked = |course: &&Course| {
        let course: &Course = course;
        let enrol = address::Enrol {
            course: course.into(),
        };
        Lang::ALL.iter().any(|lang| enrol.url(*lang) == page)
    };
    match catalogue.offered().find(is_asked) {
        Some(course) => enrol(&state.context(&catalogue), person_id, course, lang).await,
        None => Ok(()),
    }
}

/// A person's enrolment in a course with its progress; `None` if there is none. Attempts whose time is over
/// are finished first.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.enrolled", skip_all, fields(person.id = %person_id))]
pub async fn enrolled(
    context: &Context,
    person_id: PersonId,
    course_id: &CourseId,
) -> Result<Option<Enrolled>, DbErr> {
    let is_trial = context.is_trial(course_id);
    match store::find_enrolment(context.db.read(), person_id, course_id, is_trial).await? {
        Some(row) => caught_up(context, &row).await.map(Some),
        None => Ok(None),
    }
}

/// All enrolments of a person with their progress, newest first. Attempts whose time is over are finished
/// first.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.enrolments", skip_all, fields(person.id = %person_id))]
pub async fn enrolments(
    context: &Context,
    person_id: PersonId,
) -> Result<Vec<(CourseId, Enrolled)>, DbErr> {
    let mut all = Vec::new();
    for row in store::enrolments_of(context.db.read(), person_id).await? {
        let course_id = CourseId::from(row.course_id.clone());
        if row.is_trial == context.is_trial(&course_id) {
            all.push((course_id, caught_up(context, &row).await?));
        }
    }
    Ok(all)
}

/// The courses in which a person is enrolled, including those that are no longer offered.
///
/// # Errors
/// The database fails.
pub async fn courses_of(db: &Db, person_id: PersonId) -> Result<Vec<CourseId>, DbErr> {
    let rows = store::enrolments_of(db.read(), person_id).await?;
    Ok(rows.into_iter().map(|row| row.course_id.into()).collect())
}

/// The enrolment with its progress, after overdue attempts were finished.
async fn caught_up(context: &Context, row: &EnrolmentRow) -> Result<Enrolled, DbErr> {
    let found = standing(context, row).await?;
    if !is_due(context, &row.course_id.as_str().into(), &found) {
        return Ok(found);
    }
    catch_up(context, row).await?;
    standing(context, row).await
}

/// How many enrolments [`complete_all_met`] reads at once.
const ENROLMENTS_AT_ONCE: u64 = 200;

/// Completes every enrolment whose course's rule is met, and every learning path of which each step is done: a new
/// version of a course or a path can have fewer requirements than the one before. Returns how many. Called when courses were loaded.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.complete_all_met", skip_all)]
pub async fn complete_all_met(context: &Context) -> Result<usize, DbErr> {
    let (mut after, mut completed) = (EnrolmentId::NIL, 0);
    loop {
        let rows = store::uncompleted_after(context.db.read(), after, ENROLMENTS_AT_ONCE).await?;
        let Some(last) = rows.last() else {
            return Ok(completed + path::complete_all_met(context).await?);
        };
        after = last.id;
        for row in &rows {
            let found = caught_up(context, row).await?;
            completed += usize::from(found.completed.is_some());
        }
    }
}

/// Stores that a person has seen the course as it is now.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.enrolment.seen", skip_all, fields(person.id = %person_id))]
pub(in crate::learning) async fn see_changes(
    context: &Context,
    person_id: PersonId,
    course_id: &CourseId,
) -> Result<(), DbErr> {
    let seen = store::to_json(&context.catalogue.parts(course_id))?;
    let (is_trial, course_id) = (context.is_trial(course_id), course_id.clone());
    context
        .db
        .write(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            match store::find_enrolment(txn, person_id, &course_id, is_trial).await? {
                Some(row) => store::set_seen_parts(&person, row.id, seen).await,
                None => Ok(()),
            }
        })
        .await
}

/// Finishes the overdue attempts of an enrolment, and completes its course if the rule is met.
pub(super) async fn catch_up(context: &Context, row: &EnrolmentRow) -> Result<(), DbErr> {
    let (within, row) = (context.clone(), row.clone());
    let completed = context
        .db
        .write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, row.person_id).await?;
            let ended = closing::end_overdue_of(&person, &within, &row).await?;
            let course = CourseId::from(row.course_id.clone());
            Ok(completion::complete_if_met(&person, &within, row.id, &course).await? || ended)
        })
        .await?;
    if completed {
        context.jobs.wake();
    }
    Ok(())
}

/// Whether an attempt has to be finished, or a completion is to be written.
fn is_due(context: &Context, course_id: &CourseId, found: &Enrolled) -> bool {
    if found.progress.has_overdue(context.clock.now()) {
        return true;
    }
    found.completed.is_none()
        && context
            .catalogue
            .by_id(course_id)
            .is_some_and(|course| Trace::of(course, &found.progress).is_met())
}

async fn standing(context: &Context, row: &EnrolmentRow) -> Result<Enrolled, DbErr> {
    let db = &context.db;
    let completed = match store::completion_of(db.read(), row.id).await? {
        Some(completion) => Some(Completed {
            id: completion.id,
            completed_at: completion.completed_at,
            trace: store::from_json(completion.trace)?,
        }),
        None => None,
    };
    let seen: Vec<Part> = store::from_json(row.seen_parts.clone())?;
    let parts = context.catalogue.parts(&row.course_id.as_str().into());
    Ok(Enrolled {
        id: row.id,
        enrolled_at: row.enrolled_at,
        progress: store::progress(db.read(), row).await?,
        completed,
        changes: Changes::between(&seen, parts),
    })
}

/// Enrolments just started, in the middle, failed, and completed; for samples of views.
#[cfg(test)]
pub(crate) fn samples(course: &Course) -> Vec<Enrolled> {
    use crate::learning::model::{AttemptResult, AttemptSummary, LessonProgress};

    let at = DateTime::UNIX_EPOCH;
    let enrolled = |progress: Progress, completed: bool| Enrolled {
        id: EnrolmentId::NIL,
        enrolled_at: at,
        completed: completed.then(|| Completed {
            id: CompletionId::NIL,
            completed_at: at,
            trace: Trace::of(course, &progress),
        }),
        progress,
        changes: Changes::default(),
    };
    let lessons = |count: usize| {
        course
            .required_lessons()
            .take(count)
            .map(|lesson| LessonProgress {
                lesson_id: lesson.id.clone(),
                completed_at: Some(at),
            })
            .collect::<Vec<_>>()
    };
    let attempt = |passed: Option<bool>| AttemptSummary {
        id: crate::ids::AttemptId::NIL,
        test_id: course
            .final_test()
            .map_or_else(|| "t".into(), |test| test.id.clone()),
        number: 1,
        started_at: at,
        deadline_at: None,
        result: passed.map(|passed| AttemptResult {
            finished_at: at,
            points: if passed { 9.0 } else { 5.5 },
            max_points: 10.0,
            passed,
        }),
    };
    let progress = |count, attempts| Progress {
        lessons: lessons(count),
        attempts,
        last_lesson_id: None,
        extra_attempts: 0,
    };
    vec![
        Enrolled {
            changes: Changes::sample(course),
            ..enrolled(Progress::default(), false)
        },
        enrolled(progress(2, Vec::new()), false),
        enrolled(
            progress(usize::MAX, vec![attempt(Some(false)), attempt(None)]),
            false,
        ),
        enrolled(progress(usize::MAX, vec![attempt(Some(true))]), true),
    ]
}
