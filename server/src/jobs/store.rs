//! The queries of the queue.

use chrono::{DateTime, Utc};
use futures::FutureExt as _;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Set, Value,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use uuid::Uuid;

use super::model::LEASE;
use crate::{
    clock::Clock,
    db::{
        Db,
        entity::job::{ActiveModel, Column, Entity, Model, Status},
    },
};

/// Queues work in the transaction that needs it. `dedup_key` says what it is about: the same of
/// one kind is queued once, however often it is asked for.
///
/// Ring [`super::Bell::wake`] once the transaction is committed.
///
/// # Errors
/// The database fails.
pub async fn enqueue(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    kind: &'static str,
    dedup_key: &str,
    payload: serde_json::Value,
) -> Result<(), DbErr> {
    let now = clock.now();
    let row = ActiveModel {
        id: Set(clock.new_id()),
        kind: Set(kind.to_owned()),
        dedup_key: Set(dedup_key.to_owned()),
        payload: Set(payload),
        status: Set(Status::Waiting),
        attempts: Set(0),
        run_at: Set(now),
        lease_until: Set(None),
        last_error: Set(None),
        created_at: Set(now),
        done_at: Set(None),
    };
    let keep = OnConflict::columns([Column::Kind, Column::DedupKey])
        .do_nothing()
        .to_owned();
    Entity::insert(row)
        .on_conflict(keep)
        .exec_without_returning(txn)
        .await
        .map(drop)
}

/// Takes the waiting jobs of a kind off the queue: nobody needs them done.
///
/// # Errors
/// The database fails.
pub async fn discard(db: &Db, kind: &'static str) -> Result<(), DbErr> {
    db.write(move |txn| {
        async move {
            Entity::delete_many()
                .filter(Column::Kind.eq(kind))
                .filter(Column::Status.eq(Status::Waiting))
                .exec(txn)
                .await
                .map(drop)
        }
        .boxed()
    })
    .await
}

/// Whether a job of these kinds is due; a read, so that an idle runner never writes.
pub(super) async fn any_due(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    kinds: &[&'static str],
) -> Result<bool, DbErr> {
    let found = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(due(now, kinds))
        .limit(1);
    Ok(found.into_tuple::<Uuid>().one(db).await?.is_some())
}

/// Takes the job that is due first, for as long as the lease lasts. `None` when there is none, or
/// another runner was faster.
pub(super) async fn lease(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    kinds: &[&'static str],
) -> Result<Option<Model>, DbErr> {
    let first_due = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(due(now, kinds))
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id)
        .limit(1)
        .into_query();
    let taken = Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(now + LEASE))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(Column::Id.in_subquery(first_due))
        // Again: on PostgreSQL another runner may have taken it since the subquery saw it.
        .filter(due(now, kinds))
        .exec_with_returning(txn)
        .await?;
    Ok(taken.into_iter().next())
}

/// Notes that a job is done.
pub(super) async fn done(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    job: &Model,
) -> Result<(), DbErr> {
    ended(job)
        .col_expr(Column::Status, Expr::value(Status::Done))
        .col_expr(Column::DoneAt, Expr::value(now))
        .exec(txn)
        .await
        .map(drop)
}

/// Notes a failed try, and when the next one is; without one the job is dead.
pub(super) async fn failed(
    txn: &impl ConnectionTrait,
    job: &Model,
    next: Option<DateTime<Utc>>,
    reason: &str,
) -> Result<(), DbErr> {
    let update = ended(job).col_expr(Column::LastError, Expr::value(reason));
    let update = match next {
        Some(at) => update.col_expr(Column::RunAt, Expr::value(at)),
        None => update.col_expr(Column::Status, Expr::value(Status::Dead)),
    };
    update.exec(txn).await.map(drop)
}

/// The end of a try. The number of tries tells it from a later one, which a runner began after
/// this one's lease had ended: that one decides.
fn ended(job: &Model) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(
            Column::LeaseUntil,
            Expr::value(Value::ChronoDateTimeUtc(None)),
        )
        .filter(Column::Id.eq(job.id))
        .filter(Column::Attempts.eq(job.attempts))
}

fn due(now: DateTime<Utc>, kinds: &[&'static str]) -> Condition {
    Condition::all()
        .add(Column::Status.eq(Status::Waiting))
        .add(Column::RunAt.lte(now))
        .add(
            Condition::any()
                .add(Column::LeaseUntil.is_null())
                .add(Column::LeaseUntil.lte(now)),
        )
        // A kind that nobody here knows is left to whoever does.
        .add(Column::Kind.is_in(kinds.iter().copied()))
}
