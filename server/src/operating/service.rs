//! The use cases of mails and jobs.

use sea_orm::DbErr;
use serde_json::json;

use super::{
    State,
    list::{JobsQuery, phase_slug},
};
use crate::{
    audit,
    ids::{AccountId, JobId},
    jobs::{self, JobSummary},
    list::FoundRows,
    mail::{self, Refusal},
};

/// The jobs that match a query.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "operating.list", skip_all)]
pub(super) async fn list(state: &State, query: &JobsQuery) -> Result<FoundRows<JobSummary>, DbErr> {
    let now = state.clock.now();
    jobs::list(state.db.read(), now, &query.filter, query.list.extent()).await
}

/// A job, and whether its address takes mails.
#[derive(Debug, Clone)]
pub(crate) struct JobRecord {
    /// The job.
    pub job: JobSummary,
    /// That the address it is for does not take mails.
    pub refusal: Option<Refusal>,
}

/// A job by its id.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "operating.one", skip_all, fields(job.id = %id))]
pub(super) async fn one(state: &State, id: JobId) -> Result<Option<JobRecord>, DbErr> {
    let db = state.db.read();
    let Some(job) = jobs::one(db, state.clock.now(), id).await? else {
        return Ok(None);
    };
    let refusal = match &job.recipient {
        Some(address) => mail::refusal_of(db, address).await?,
        None => None,
    };
    Ok(Some(JobRecord { job, refusal }))
}

/// What is done with a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JobChange {
    /// It is tried now.
    Retry,
    /// It is never done.
    Drop,
}

/// Tries jobs again, or drops them, each in its own transaction with an entry in the audit log. Those that have ended
/// or are being run are left out; returns how many were changed.
///
/// # Errors
/// The database fails; the jobs changed before that stay so.
#[tracing::instrument(name = "operating.change", skip_all)]
pub(super) async fn change(
    state: &State,
    actor_account_id: AccountId,
    ids: &[JobId],
    change: JobChange,
) -> Result<usize, DbErr> {
    let mut changed = 0;
    for id in ids.iter().copied() {
        let now = state.clock.now();
        let is_changed = state
            .db
            .write::<_, DbErr>(async move |txn| {
                let (before, action) = match change {
                    JobChange::Retry => (jobs::retry(txn, now, id).await?, "job.retried"),
                    JobChange::Drop => (jobs::drop_job(txn, now, id).await?, "job.dropped"),
                };
                let Some(before) = before else {
                    return Ok(false);
                };
                let entry = audit::AuditEntry {
                    actor_account_id: Some(actor_account_id),
                    action,
                    subject_kind: "job",
                    subject_id: id.to_string(),
                    detail: json!({
                        "kind": before.kind,
                        "topic": before.topic,
                        "before": phase_slug(before.phase),
                    }),
                };
                audit::record(txn, now, entry).await?;
                Ok(true)
            })
            .await?;
        changed += usize::from(is_changed);
    }
    state.jobs.wake();
    Ok(changed)
}

/// Records that the address of a mail takes mails, or does not, because an administrator saw one come back; `false`
/// if there is no such job, or it is for no address.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "operating.mark_address", skip_all, fields(job.id = %id))]
pub(super) async fn mark_address(
    state: &State,
    actor_account_id: AccountId,
    id: JobId,
    takes_mails: bool,
) -> Result<bool, DbErr> {
    let now = state.clock.now();
    let job = jobs::one(state.db.read(), now, id).await?;
    let Some(address) = job.and_then(|job| job.recipient) else {
        return Ok(false);
    };
    state
        .db
        .write(async move |txn| {
            let action = if takes_mails {
                mail::accept(txn, &address).await?;
                "address.accepted"
            } else {
                mail::refuse(txn, now, &address, None, Some(actor_account_id)).await?;
                "address.refused"
            };
            // By the mail, because entries hold no addresses.
            let entry = audit::AuditEntry {
                actor_account_id: Some(actor_account_id),
                action,
                subject_kind: "job",
                subject_id: id.to_string(),
                detail: json!({}),
            };
            audit::record(txn, now, entry).await?;
            Ok(true)
        })
        .await
}
