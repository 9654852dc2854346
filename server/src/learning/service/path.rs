//! Learning paths: enrolling in one, and its completion, which follows from that of its courses.
//!
//! A path is completed in the transaction of the course that completes it ([`complete_met`]), of the enrolment in the
//! path if all its courses are completed by then, and, if the configuration changed in between, by the next request
//! that reads it or the task that runs after courses were loaded.

use chrono::{DateTime, Utc};
use course_compiler::{CourseId, Localized};
use sea_orm::DbErr;

use crate::{
    audit, certificates,
    http::Lang,
    ids::{PathCompletionId, PathEnrolmentId, PersonId},
    learning::{
        paths::{LearningPath, PathTrace},
        source::path_completion_source,
        state::Context,
        store::{
            self,
            paths::{self, PathCompletionRow, PathEnrolmentRow},
        },
    },
    people::{self, PersonLock},
};

/// A person's enrolment in a path with how far they are.
#[derive(Debug, Clone)]
pub(crate) struct PathStanding {
    /// The steps: of now, or of the time of the completion.
    pub trace: PathTrace,
    /// The completion.
    pub completed: Option<PathCompleted>,
}

/// A completion of a path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PathCompleted {
    /// The completion.
    pub id: PathCompletionId,
    /// When its last course was completed.
    pub at: DateTime<Utc>,
}

/// Enrols a person in a path; repeated, it changes nothing. If its courses are completed, so is the path.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.path.enrol", skip_all, fields(person.id = %person_id))]
pub async fn enrol(
    context: &Context,
    person_id: PersonId,
    path: &LearningPath,
    lang: Lang,
) -> Result<(), DbErr> {
    let row = PathEnrolmentRow {
        id: context.clock.new_id(),
        person_id,
        path_id: path.id.to_string(),
        language: lang.to_string(),
        enrolled_at: context.clock.now(),
        is_trial: context.is_trial_path(path),
    };
    let (within, path) = (context.clone(), path.clone());
    let is_trial = row.is_trial;
    let completed = context
        .db
        .write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            paths::insert_enrolment(&person, row).await?;
            match paths::find_enrolment(txn, person_id, &path.id, is_trial).await? {
                Some(row) => complete_if_met(&person, &within, &path, &row).await,
                None => Ok(false),
            }
        })
        .await?;
    if completed {
        context.jobs.wake();
    }
    Ok(())
}

/// Completes the paths of a person that the completion of this course completes.
pub(super) async fn complete_met(
    person: &PersonLock<'_>,
    context: &Context,
    course_id: &CourseId,
) -> Result<(), DbErr> {
    if context.catalogue.all_paths().next().is_none() {
        return Ok(());
    }
    for row in paths::enrolments_of(person.txn(), person.id()).await? {
        let path = context
            .catalogue
            .all_paths()
            .find(|path| *path.id == *row.path_id);
        if let Some(path) = path
            && path.courses().any(|id| id == course_id)
        {
            complete_if_met(person, context, path, &row).await?;
        }
    }
    Ok(())
}

/// Completes a path if each of its steps is done and it is not completed yet. Returns whether it did.
async fn complete_if_met(
    person: &PersonLock<'_>,
    context: &Context,
    path: &LearningPath,
    enrolment: &PathEnrolmentRow,
) -> Result<bool, DbErr> {
    let txn = person.txn();
    if paths::completion_of(txn, enrolment.id).await?.is_some() {
        return Ok(false);
    }
    let done = paths::courses_done(txn, person.id(), enrolment.is_trial).await?;
    let trace = PathTrace::of(path, &done);
    match trace.last_done() {
        Some(completed_at) if trace.is_met() => {
            record(person, context, path, enrolment, &trace, completed_at).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

async fn record(
    person: &PersonLock<'_>,
    context: &Context,
    path: &LearningPath,
    enrolment: &PathEnrolmentRow,
    trace: &PathTrace,
    completed_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let hours: f64 = trace.done().map(|done| done.hours).sum();
    let completion = PathCompletionRow {
        id: context.clock.new_id(),
        path_enrolment_id: enrolment.id,
        person_id: person.id(),
        path_id: path.id.to_string(),
        path_title: store::to_json(&path.title)?,
        hours,
        trace: store::to_json(trace)?,
        completed_at,
    };
    let completion_id = completion.id;
    paths::insert_completion(person, completion).await?;

    if path.has_certificate {
        let lang = Lang::from_tag(&enrolment.language).unwrap_or(Lang::Lv);
        let texts = |lang| {
            let text = |text: &Localized| LearningPath::text(lang, text).to_owned();
            let volume = [("count", hours.into())];
            certificates::IssueTexts {
                lang,
                title: text(&path.title),
                volume: context.theme.text_with(lang, "course-hours", &volume),
                outcomes: trace.done().map(|done| text(&done.title)).collect(),
            }
        };
        let own = texts(lang);
        let issue = certificates::Issue {
            holder_name: people::full_name(person.txn(), person.id()).await?,
            source: path_completion_source(completion_id),
            wording: certificates::Wording::new("path"),
            title: own.title,
            volume: own.volume,
            outcomes: own.outcomes,
            translation: Some(texts(lang.other())),
            achieved_at: completed_at,
            lang,
            project_number: context.programme.number.clone(),
            public_url: context.public_url.to_string(),
            is_sample: context.is_demo || enrolment.is_trial,
        };
        certificates::issue(person, &context.clock, issue).await?;
    }
    let entry = audit::AuditEntry {
        actor_account_id: None,
        action: "path-completion.recorded",
        subject_kind: "path-completion",
        subject_id: completion_id.to_string(),
        detail: serde_json::json!({ "path": *path.id, "completed_at": completed_at }),
    };
    audit::record(person.txn(), context.clock.now(), entry).await
}

/// A person's standing in a path; `None` if they are not enrolled in it.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.path.standing", skip_all, fields(person.id = %person_id))]
pub(crate) async fn standing(
    context: &Context,
    person_id: PersonId,
    path: &LearningPath,
) -> Result<Option<PathStanding>, DbErr> {
    let is_trial = context.is_trial_path(path);
    match paths::find_enrolment(context.db.read(), person_id, &path.id, is_trial).await? {
        Some(row) => caught_up(context, path, &row).await.map(Some),
        None => Ok(None),
    }
}

/// The offered paths in which a person is enrolled, in the order in which they enrolled.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.path.standings", skip_all, fields(person.id = %person_id))]
pub(crate) async fn standings<'a>(
    context: &'a Context,
    person_id: PersonId,
) -> Result<Vec<(&'a LearningPath, PathStanding)>, DbErr> {
    let mut all = Vec::new();
    for row in paths::enrolments_of(context.db.read(), person_id).await? {
        let path = context
            .catalogue
            .path(&row.path_id.as_str().into())
            .filter(|path| context.is_trial_path(path) == row.is_trial);
        if let Some(path) = path {
            all.push((path, caught_up(context, path, &row).await?));
        }
    }
    Ok(all)
}

/// The standing, after the completion was written that is due.
async fn caught_up(
    context: &Context,
    path: &LearningPath,
    row: &PathEnrolmentRow,
) -> Result<PathStanding, DbErr> {
    let found = standing_now(context, path, row).await?;
    if found.completed.is_some() || !found.trace.is_met() {
        return Ok(found);
    }
    catch_up(context, path, row).await?;
    standing_now(context, path, row).await
}

async fn catch_up(
    context: &Context,
    path: &LearningPath,
    row: &PathEnrolmentRow,
) -> Result<bool, DbErr> {
    let (within, path, row) = (context.clone(), path.clone(), row.clone());
    let completed = context
        .db
        .write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, row.person_id).await?;
            complete_if_met(&person, &within, &path, &row).await
        })
        .await?;
    if completed {
        context.jobs.wake();
    }
    Ok(completed)
}

async fn standing_now(
    context: &Context,
    path: &LearningPath,
    row: &PathEnrolmentRow,
) -> Result<PathStanding, DbErr> {
    let db = context.db.read();
    if let Some(completion) = paths::completion_of(db, row.id).await? {
        return Ok(PathStanding {
            trace: store::from_json(completion.trace)?,
            completed: Some(PathCompleted {
                id: completion.id,
                at: completion.completed_at,
            }),
        });
    }
    let done = paths::courses_done(db, row.person_id, row.is_trial).await?;
    Ok(PathStanding {
        trace: PathTrace::of(path, &done),
        completed: None,
    })
}

/// How many enrolments [`complete_all_met`] reads at once.
const ENROLMENTS_AT_ONCE: u64 = 200;

/// Completes every path of which each step is done: a changed path can have fewer steps than before. Returns how
/// many.
pub(super) async fn complete_all_met(context: &Context) -> Result<usize, DbErr> {
    let (mut after, mut completed) = (PathEnrolmentId::NIL, 0);
    loop {
        let rows = paths::uncompleted_after(context.db.read(), after, ENROLMENTS_AT_ONCE).await?;
        let Some(last) = rows.last() else {
            return Ok(completed);
        };
        after = last.id;
        for row in &rows {
            let mut all = context.catalogue.all_paths();
            let Some(path) = all.find(|path| *path.id == *row.path_id) else {
                continue;
            };
            let found = standing_now(context, path, row).await?;
            if found.completed.is_none() && found.trace.is_met() {
                completed += usize::from(catch_up(context, path, row).await?);
            }
        }
    }
}

/// Standings in a path: nothing done, a step done, everything done; for samples of views.
#[cfg(test)]
pub(crate) fn samples(
    path: &LearningPath,
    catalogue: &crate::learning::Catalogue,
) -> Vec<PathStanding> {
    use crate::{ids::CompletionId, learning::paths::CourseDone};

    let at = DateTime::UNIX_EPOCH;
    let done = |id: &CourseId| CourseDone {
        completion_id: CompletionId::NIL,
        course_id: id.clone(),
        title: catalogue.by_id(id).unwrap().title.clone(),
        hours: 2.0,
        completed_at: at,
    };
    let first = |count: usize| {
        let steps = path.steps.iter().take(count);
        let all: Vec<CourseDone> = steps.map(|step| done(step.0.first().unwrap())).collect();
        let trace = PathTrace::of(path, &all);
        PathStanding {
            completed: trace.is_met().then_some(PathCompleted {
                id: PathCompletionId::NIL,
                at,
            }),
            trace,
        }
    };
    vec![first(0), first(1), first(usize::MAX)]
}
