//! The queries of the outbox.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Set, Value,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use uuid::Uuid;

use super::model::{LEASE, Mail};
use crate::{
    clock::Clock,
    db::entity::outbox_mail::{ActiveModel, Column, Entity, Model, Status},
};

/// Puts a mail into the outbox, in the transaction of what it reports; its id, or that of the mail
/// of the same `dedup_key` that is there already.
///
/// Wake the delivery with [`super::Outbox::wake`] once the transaction is committed.
///
/// # Errors
/// The database fails.
pub async fn enqueue(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    mail: &Mail,
) -> Result<Uuid, DbErr> {
    let now = clock.now();
    let row = ActiveModel {
        id: Set(clock.new_id()),
        dedup_key: Set(mail.dedup_key.clone()),
        recipient: Set(mail.recipient.clone()),
        subject: Set(mail.subject.clone()),
        body_text: Set(mail.body_text.clone()),
        body_html: Set(None),
        status: Set(Status::Waiting),
        attempts: Set(0),
        next_attempt_at: Set(now),
        lease_until: Set(None),
        last_error: Set(None),
        created_at: Set(now),
        sent_at: Set(None),
    };
    // An update that changes nothing, because only then is the row that is there returned.
    let keep = OnConflict::column(Column::DedupKey)
        .update_column(Column::DedupKey)
        .to_owned();
    let row = Entity::insert(row)
        .on_conflict(keep)
        .exec_with_returning(txn)
        .await?;
    Ok(row.id)
}

/// The mail about this, if there is one.
///
/// # Errors
/// The database fails.
pub async fn find(db: &impl ConnectionTrait, dedup_key: &str) -> Result<Option<Uuid>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::DedupKey.eq(dedup_key))
        .into_tuple()
        .one(db)
        .await
}

/// Whether any mail is due; a read, so that an idle delivery never writes.
pub(super) async fn any_due(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let found = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(due(now))
        .limit(1);
    Ok(found.into_tuple::<Uuid>().one(db).await?.is_some())
}

/// Takes up to `count` due mails for as long as the lease lasts. A mail being taken by somebody else
/// is left to them.
pub(super) async fn lease(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    count: u64,
) -> Result<Vec<Model>, DbErr> {
    let first_due = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(due(now))
        .order_by_asc(Column::NextAttemptAt)
        .order_by_asc(Column::Id)
        .limit(count)
        .into_query();
    Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(now + LEASE))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.in_subquery(first_due))
        // Again: on PostgreSQL another sender may have taken one since the subquery saw it.
        .filter(due(now))
        .exec_with_returning(txn)
        .await
}

/// Notes that a mail was handed over, and forgets its text: it may hold a one-time link.
pub(super) async fn sent(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    id: Uuid,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(Status::Sent))
        .col_expr(Column::SentAt, Expr::value(now))
        .col_expr(Column::BodyText, Expr::value(""))
        .col_expr(
            Column::LeaseUntil,
            Expr::value(Value::ChronoDateTimeUtc(None)),
        )
        .filter(Column::Id.eq(id))
        .exec(txn)
        .await
        .map(drop)
}

/// Notes a failed try, and when the next one is; without one the mail is dead.
pub(super) async fn failed(
    txn: &impl ConnectionTrait,
    id: Uuid,
    next: Option<DateTime<Utc>>,
    error: &str,
) -> Result<(), DbErr> {
    let mut update = Entity::update_many()
        .col_expr(Column::LastError, Expr::value(error))
        .col_expr(
            Column::LeaseUntil,
            Expr::value(Value::ChronoDateTimeUtc(None)),
        )
        .filter(Column::Id.eq(id));
    update = match next {
        Some(at) => update.col_expr(Column::NextAttemptAt, Expr::value(at)),
        None => update.col_expr(Column::Status, Expr::value(Status::Dead)),
    };
    update.exec(txn).await.map(drop)
}

fn due(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(Column::Status.eq(Status::Waiting))
        .add(Column::NextAttemptAt.lte(now))
        .add(
            Condition::any()
                .add(Column::LeaseUntil.is_null())
                .add(Column::LeaseUntil.lte(now)),
        )
}
