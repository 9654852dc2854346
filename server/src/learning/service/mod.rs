//! The use cases of learning; each owns its transaction.
//!
//! Every write begins with the person's lock ([`people::lock`]): writes about one person follow each other,
//! and pages rendered before the write are not shown after it.
//!
//! Time ends attempts without anybody writing. Whoever reads how somebody stands therefore ends first what
//! is over ([`enrolled`], [`enrolments`], [`attempt::begun`], [`attempt::sitting`]); a task of the schedule
//! does the same for those whom nobody looks at ([`attempt::end_overdue`]). A write that ends an attempt
//! fails with the database and with nothing else: what is refused afterwards is said in its `Ok`, because an
//! `Err` would undo the end.

pub mod attempt;
pub mod completion;
pub mod lesson;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use course_compiler::{Course, CourseId};
use sea_orm::DbErr;
use uuid::Uuid;

use super::{
    Catalogue, Sittings,
    model::{Progress, Trace},
    store::{self, EnrolmentRow},
};
use crate::{
    clock::Clock,
    db::Db,
    http::{Lang, theme::Theme},
    jobs::Notifier,
    people,
    programme::Programme,
};

/// What every use case needs; made anew for each request.
#[derive(Clone)]
pub struct Context {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// The courses as they were when the request began.
    pub catalogue: Arc<Catalogue>,
    /// Attempts under way.
    pub sittings: Sittings,
    /// Rings when a completion has queued the drawing of its certificate.
    pub jobs: Notifier,
    /// What counts towards which indicator.
    pub programme: Arc<Programme>,
    /// Words of certificates.
    pub theme: Theme,
    /// The address that links start with, without a trailing slash.
    pub public_url: Arc<str>,
    /// Whether certificates are marked as samples.
    pub is_demo: bool,
}

/// A person in a course.
#[derive(Debug, Clone)]
pub struct Enrolled {
    /// The enrolment.
    pub id: Uuid,
    /// When they enrolled.
    pub enrolled_at: DateTime<Utc>,
    /// How far they are.
    pub progress: Progress,
    /// The completion, once there.
    pub completed: Option<Completed>,
}

/// A course completed.
#[derive(Debug, Clone)]
pub struct Completed {
    /// The completion.
    pub id: Uuid,
    /// When.
    pub completed_at: DateTime<Utc>,
}

/// Enrols a person; a second time changes nothing.
///
/// # Errors
/// The database fails.
pub async fn enrol(
    context: &Context,
    person_id: Uuid,
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
    };
    context
        .db
        .write(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            store::insert_enrolment(&person, row).await
        })
        .await
}

/// How a person stands in a course; `None` when they are not enrolled. Attempts whose time is over are
/// ended first.
///
/// # Errors
/// The database fails.
pub async fn enrolled(
    context: &Context,
    person_id: Uuid,
    course_id: &str,
) -> Result<Option<Enrolled>, DbErr> {
    match store::find_enrolment(context.db.read(), person_id, course_id).await? {
        Some(row) => caught_up(context, &row).await.map(Some),
        None => Ok(None),
    }
}

/// All enrolments of a person with how they stand, newest first. Attempts whose time is over are ended
/// first.
///
/// # Errors
/// The database fails.
pub async fn enrolments(
    context: &Context,
    person_id: Uuid,
) -> Result<Vec<(String, Enrolled)>, DbErr> {
    let mut all = Vec::new();
    for row in store::enrolments_of(context.db.read(), person_id).await? {
        let standing = caught_up(context, &row).await?;
        all.push((row.course_id, standing));
    }
    Ok(all)
}

/// How a person stands, after what is due was done.
async fn caught_up(context: &Context, row: &EnrolmentRow) -> Result<Enrolled, DbErr> {
    let found = standing(&context.db, row).await?;
    if !context.is_due(&row.course_id, &found) {
        return Ok(found);
    }
    catch_up(context, row).await?;
    standing(&context.db, row).await
}

/// Ends the attempts of an enrolment whose time is over, and completes its course if the rule is met.
pub(super) async fn catch_up(context: &Context, row: &EnrolmentRow) -> Result<(), DbErr> {
    let (within, row) = (context.clone(), row.clone());
    let completed = context
        .db
        .write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, row.person_id).await?;
            let ended = attempt::end_overdue_of(&person, &within, &row).await?;
            let course = CourseId::from(row.course_id.clone());
            Ok(completion::complete_if_met(&person, &within, row.id, &course).await? || ended)
        })
        .await?;
    if completed {
        context.jobs.wake();
    }
    Ok(())
}

impl Context {
    /// Whether something follows from how a person stands that is not written yet.
    fn is_due(&self, course_id: &str, found: &Enrolled) -> bool {
        if found.progress.has_overdue(self.clock.now()) {
            return true;
        }
        found.completed.is_none()
            && self
                .catalogue
                .by_id(course_id)
                .is_some_and(|course| Trace::of(course, &found.progress).is_met())
    }
}

async fn standing(db: &Db, row: &EnrolmentRow) -> Result<Enrolled, DbErr> {
    let completed = store::completion_of(db.read(), row.id)
        .await?
        .map(|completion| Completed {
            id: completion.id,
            completed_at: completion.completed_at,
        });
    Ok(Enrolled {
        id: row.id,
        enrolled_at: row.enrolled_at,
        progress: store::progress(db.read(), row).await?,
        completed,
    })
}

/// People in a course: just enrolled, in the middle, failed, and done; for samples of views.
#[cfg(test)]
pub fn samples(course: &Course) -> Vec<Enrolled> {
    use super::model::{AttemptResult, AttemptSummary, LessonProgress};

    let at = DateTime::UNIX_EPOCH;
    let enrolled = |progress: Progress, completed: bool| Enrolled {
        id: Uuid::nil(),
        enrolled_at: at,
        progress,
        completed: completed.then_some(Completed {
            id: Uuid::nil(),
            completed_at: at,
        }),
    };
    let lessons = |count: usize| {
        course
            .required_lessons()
            .take(count)
            .map(|lesson| LessonProgress {
                lesson_id: lesson.id.to_string(),
                completed_at: Some(at),
            })
            .collect::<Vec<_>>()
    };
    let attempt = |passed: Option<bool>| AttemptSummary {
        id: Uuid::nil(),
        test_id: course
            .final_test()
            .map(|test| test.id.to_string())
            .unwrap_or_default(),
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
    };
    vec![
        enrolled(Progress::default(), false),
        enrolled(progress(2, Vec::new()), false),
        enrolled(
            progress(usize::MAX, vec![attempt(Some(false)), attempt(None)]),
            false,
        ),
        enrolled(progress(usize::MAX, vec![attempt(Some(true))]), true),
    ]
}
