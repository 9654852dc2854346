//! Mails in the queue of jobs, and the addresses that do not take mails.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, Set,
    sea_query::{Expr, OnConflict},
};

use super::model::{Mail, SendMail};
use crate::{
    clock::Clock,
    db::entity::{
        job::{Column, Entity, JobStatus, Model},
        mail_refusal,
    },
    ids::{AccountId, JobId},
    jobs::{self, Job as _},
};

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
        topic: mail.topic,
        is_for_security: mail.is_for_security,
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

/// Mails to an address. The expression has an index.
pub(super) fn to_address(backend: DbBackend, address: &str) -> Condition {
    let is_sent_to = match backend {
        DbBackend::Postgres => "lower(payload->>'recipient') = lower($1)",
        _ => "lower(json_extract(payload, '$.recipient')) = lower(?)",
    };
    Condition::all()
        .add(Column::Kind.eq(SendMail::KIND))
        .add(Expr::cust_with_values(is_sent_to, [address]))
}

/// How many mails an address has had within a while, and how many are on their way to it now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Recent {
    /// When those were sent that were sent, the earliest first.
    pub(super) sent: Vec<DateTime<Utc>>,
    /// How many others are being sent. Of two that are sent at the same time, only one sees the other here.
    pub(super) under_way: usize,
}

/// The mails to an address since a moment, of the same sort as `mail`.
pub(super) async fn recent(
    db: &impl ConnectionTrait,
    (now, span): (DateTime<Utc>, TimeDelta),
    (id, mail): (JobId, &SendMail),
) -> Result<Recent, DbErr> {
    let sent = Condition::all()
        .add(Column::Status.eq(JobStatus::Done))
        .add(Column::DoneAt.gt(now - span));
    let under_way = Condition::all()
        .add(Column::Status.eq(JobStatus::Waiting))
        .add(Column::LeaseUntil.gt(now))
        .add(Column::Id.lt(id));
    let rows = Entity::find()
        .filter(to_address(db.get_database_backend(), &mail.recipient))
        .filter(Condition::any().add(sent).add(under_way))
        .order_by_asc(Column::DoneAt)
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    let mut recent = Recent::default();
    for row in rows.into_iter().filter(|row| is_same_sort(row, mail)) {
        match row.done_at {
            Some(at) => recent.sent.push(at),
            None => recent.under_way += 1,
        }
    }
    Ok(recent)
}

fn is_same_sort(row: &Model, mail: &SendMail) -> bool {
    let is_for_security = row.payload.get("is_for_security");
    is_for_security
        .and_then(serde_json::Value::as_bool)
        .unwrap_or(false)
        == mail.is_for_security
}

/// An address that does not take mails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Since when.
    pub at: DateTime<Utc>,
    /// Whether an administrator said so, and not a mail server.
    pub is_reported: bool,
}

/// Records that an address does not take mails; `answer` is what the mail server said, `reported_by` the
/// administrator who said so instead.
///
/// # Errors
/// The database fails.
pub async fn refuse(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    address: &str,
    answer: Option<String>,
    reported_by: Option<AccountId>,
) -> Result<(), DbErr> {
    let row = mail_refusal::ActiveModel {
        address: Set(address.to_owned()),
        refused_at: Set(now),
        answer: Set(answer),
        reported_by: Set(reported_by),
    };
    let newest = OnConflict::column(mail_refusal::Column::Address)
        .update_columns([
            mail_refusal::Column::RefusedAt,
            mail_refusal::Column::Answer,
            mail_refusal::Column::ReportedBy,
        ])
        .to_owned();
    mail_refusal::Entity::insert(row)
        .on_conflict(newest)
        .exec_without_returning(txn)
        .await
        .map(drop)
}

/// Whether an address does not take mails.
///
/// # Errors
/// The database fails.
pub async fn refusal_of(
    db: &impl ConnectionTrait,
    address: &str,
) -> Result<Option<Refusal>, DbErr> {
    let row = mail_refusal::Entity::find_by_id(address).one(db).await?;
    Ok(row.map(|row| Refusal {
        at: row.refused_at,
        is_reported: row.answer.is_none(),
    }))
}

/// Records that an address takes mails (again): one arrived, or its owner confirmed it.
///
/// # Errors
/// The database fails.
pub async fn accept(txn: &impl ConnectionTrait, address: &str) -> Result<(), DbErr> {
    mail_refusal::Entity::delete_by_id(address)
        .exec(txn)
        .await
        .map(drop)
}

/// Each address that does not take mails: a fragment of SQL for the query of every request, which would
/// otherwise need a second one.
pub const REFUSED_SQL: &str = "SELECT address AS refused_address FROM mail_refusal";
