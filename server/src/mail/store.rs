//! Mails in the queue of jobs.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::model::{Mail, SendMail};
use crate::{clock::Clock, ids::JobId, jobs};

/// Queues a mail in the caller's transaction; returns its id, or that of the mail that was queued with the
/// same `dedup_key`.
///
/// Call [`jobs::Notifier::wake`] once the transaction is committed.
///
/// # Errors
/// The database fails.
pub async fn enqueue(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    mail: Mail,
) -> Result<JobId, DbErr> {
    let job = SendMail {
        recipient: mail.recipient,
        subject: mail.subject,
        body: mail.body,
    };
    jobs::enqueue(txn, clock, &mail.dedup_key, &job).await
}

/// The mails with any of these keys, and when they were queued; the newest first.
///
/// # Errors
/// The database fails.
pub async fn queued(
    db: &impl ConnectionTrait,
    dedup_keys: impl IntoIterator<Item = String> + Send,
) -> Result<Vec<(JobId, DateTime<Utc>)>, DbErr> {
    jobs::queued::<SendMail>(db, dedup_keys).await
}
