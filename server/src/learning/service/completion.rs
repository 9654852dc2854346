//! Completion: when a course's rule is met, everything that follows is written in the same transaction. No
//! periodic job is involved.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use course_compiler::{Course, CourseId, Localized};
use sea_orm::DbErr;

use super::path;

use crate::{
    audit, certificates,
    db::Db,
    http::Lang,
    ids::{CompletionId, EnrolmentId, PersonId},
    learning::{
        model::Trace,
        source::completion_source,
        state::Context,
        store::{self, CompletionRow, EnrolmentRow},
    },
    people::{self, PersonLock},
    programme,
};

/// Completes the course of an enrolment if its rule is met and it is not completed yet: writes the completion
/// with its trace, the facts for the programme's indicators, the certificate's record, and the audit entry, and
/// completes the learning paths of which it was the last course. A trial of a draft
/// counts for no indicator, and its certificate is marked as a sample.
/// Returns whether it did.
///
/// The time of the completion is that at which the last requirement was met, which is in the past for a test
/// whose time ran out: at its deadline.
///
/// The person is locked, so two transactions cannot both find the rule just met.
pub(super) async fn complete_if_met(
    person: &PersonLock<'_>,
    context: &Context,
    enrolment_id: EnrolmentId,
    course: &CourseId,
) -> Result<bool, DbErr> {
    let Some(course) = context.catalogue.by_id(course) else {
        return Ok(false);
    };
    let Some(enrolment) = store::enrolment_by_id(person.txn(), enrolment_id).await? else {
        return Ok(false);
    };
    if store::completion_of(person.txn(), enrolment_id)
        .await?
        .is_some()
    {
        return Ok(false);
    }
    let progress = store::progress(person.txn(), &enrolment).await?;
    let trace = Trace::of(course, &progress);
    if !trace.is_met() {
        return Ok(false);
    }
    let now = context.clock.now();
    let completed_at = progress.last_done(course).map_or(now, |at| at.min(now));
    record(person, context, &enrolment, course, &trace, completed_at).await?;
    Ok(true)
}

async fn record(
    person: &PersonLock<'_>,
    context: &Context,
    enrolment: &EnrolmentRow,
    course: &Course,
    trace: &Trace,
    completed_at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let now = context.clock.now();
    let completion = CompletionRow {
        id: context.clock.new_id(),
        enrolment_id: enrolment.id,
        person_id: person.id(),
        course_id: course.id.to_string(),
        course_title: store::to_json(&course.title)?,
        hours: course.hours,
        trace: store::to_json(trace)?,
        completed_at,
        bundle_hash: context.catalogue.content_hash().to_owned(),
    };
    let completion_id = completion.id;
    store::insert_completion(person, completion).await?;

    if !enrolment.is_trial {
        let qualifying = programme::Qualifying {
            source: completion_source(completion_id),
            occurred_at: completed_at,
        };
        programme::record(person, &context.clock, &context.programme, qualifying).await?;
    }

    let lang = Lang::from_tag(&enrolment.language).unwrap_or(Lang::Lv);
    let text = |localized: &Localized, lang: Lang| {
        localized
            .get(lang.into(), course.source_language)
            .to_owned()
    };
    let volume = |lang| {
        let args = [("count", course.hours.into())];
        context.theme.text_with(lang, "course-hours", &args)
    };
    let outcomes = |lang| {
        let outcomes = course.outcomes.iter();
        outcomes.map(|outcome| text(&outcome.text, lang)).collect()
    };
    let other = lang.other();
    let translation = course
        .languages
        .contains(&other.into())
        .then(|| certificates::IssueTexts {
            lang: other,
            title: text(&course.title, other),
            volume: volume(other),
            outcomes: outcomes(other),
        });
    let issue = certificates::Issue {
        holder_name: people::full_name(person.txn(), person.id()).await?,
        source: completion_source(completion_id),
        wording: certificates::Wording::new("course"),
        title: text(&course.title, lang),
        volume: volume(lang),
        outcomes: outcomes(lang),
        translation,
        achieved_at: completed_at,
        lang,
        project_number: context.programme.number.clone(),
        public_url: context.public_url.to_string(),
        is_sample: context.is_demo || enrolment.is_trial,
    };
    certificates::issue(person, &context.clock, issue).await?;

    let entry = audit::AuditEntry {
        actor_account_id: None,
        action: "completion.recorded",
        subject_kind: "completion",
        subject_id: completion_id.to_string(),
        detail: serde_json::json!({ "course": course.id, "completed_at": completed_at }),
    };
    audit::record(person.txn(), now, entry).await?;
    path::complete_met(person, context, &course.id).await
}

/// A completion with its evidence, for managers.
pub(crate) struct Proof {
    /// The person.
    pub person_id: PersonId,
    /// The course.
    pub course_id: CourseId,
    /// Its title in each language at that time.
    pub course_title: BTreeMap<String, String>,
    /// When the person enrolled.
    pub enrolled_at: DateTime<Utc>,
    /// When the rule was met.
    pub completed_at: DateTime<Utc>,
    /// Academic hours.
    pub hours: f64,
    /// The rule's requirements and how they were met.
    pub trace: Trace,
    /// The attempts at the test.
    pub attempts: Vec<crate::learning::model::AttemptSummary>,
}

/// A completion with its evidence; `None` if there is no completion with this id.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.completion.proof", skip_all, fields(completion.id = %completion_id))]
pub(crate) async fn proof(db: &Db, completion_id: CompletionId) -> Result<Option<Proof>, DbErr> {
    let Some(row) = store::completion_by_id(db.read(), completion_id).await? else {
        return Ok(None);
    };
    let Some(enrolment) = store::enrolment_by_id(db.read(), row.enrolment_id).await? else {
        return Ok(None);
    };
    Ok(Some(Proof {
        person_id: row.person_id,
        course_id: row.course_id.into(),
        course_title: store::from_json(row.course_title)?,
        enrolled_at: enrolment.enrolled_at,
        completed_at: row.completed_at,
        hours: row.hours,
        trace: store::from_json(row.trace)?,
        attempts: store::progress(db.read(), &enrolment).await?.attempts,
    }))
}
