//! The use cases of learning; each owns its transaction.
//!
//! Every write begins by touching the person's row: writes for one person follow each other, and
//! pages rendered before the write are not shown after it.

pub mod attempt;
pub mod completion;
pub mod lesson;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use course_compiler::Course;
use sea_orm::DbErr;
use uuid::Uuid;

use super::{
    Catalogue, Sittings,
    model::Progress,
    store::{self, EnrolmentRow},
};
use crate::{
    clock::Clock,
    db::Db,
    http::{Lang, theme::Theme},
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
    /// What counts towards which indicator.
    pub programme: Arc<Programme>,
    /// Words of certificates.
    pub theme: Theme,
    /// The address that links start with, without a trailing slash.
    pub public_url: String,
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
        .write(move |txn| {
            Box::pin(async move {
                people::touch(txn, person_id).await?;
                store::insert_enrolment(txn, row).await
            })
        })
        .await
}

/// How a person stands in a course; `None` when they are not enrolled.
///
/// # Errors
/// The database fails.
pub async fn enrolled(
    db: &Db,
    person_id: Uuid,
    course_id: &str,
) -> Result<Option<Enrolled>, DbErr> {
    let Some(row) = store::find_enrolment(db.read(), person_id, course_id).await? else {
        return Ok(None);
    };
    standing(db, &row).await.map(Some)
}

/// All enrolments of a person with how they stand, newest first.
///
/// # Errors
/// The database fails.
pub async fn enrolments(db: &Db, person_id: Uuid) -> Result<Vec<(String, Enrolled)>, DbErr> {
    let mut all = Vec::new();
    for row in store::enrolments_of(db.read(), person_id).await? {
        let standing = standing(db, &row).await?;
        all.push((row.course_id, standing));
    }
    Ok(all)
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
