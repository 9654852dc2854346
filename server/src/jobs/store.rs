//! The queries of the queue.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, JsonValue as Json,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Set, Value,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use super::model::{Job, LEASE};
use crate::{
    clock::Clock,
    db::entity::job::{ActiveModel, Column, Entity, Model, Status},
    ids::JobId,
};

/// Queues work in the transaction that needs it; its id, or that of the job that is there already.
/// `dedup_key` says what it is about: the same of one kind is queued once, however often it is asked for.
///
/// Call [`super::Notifier::wake`] once the transaction is committed.
///
/// # Errors
/// The database fails.
pub async fn enqueue<J: Job>(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    dedup_key: &str,
    job: &J,
) -> Result<JobId, DbErr> {
    let now = clock.now();
    let payload = serde_json::to_value(job).map_err(|error| DbErr::Json(error.to_string()))?;
    let row = ActiveModel {
        id: Set(clock.new_id()),
        kind: Set(J::KIND.to_owned()),
        dedup_key: Set(dedup_key.to_owned()),
        payload: Set(payload),
        status: Set(Status::Waiting),
        attempts: Set(0),
        run_at: Set(now),
        lease_until: Set(None),
        progress_done: Set(0),
        progress_total: Set(0),
        output: Set(None),
        last_error: Set(None),
        created_at: Set(now),
        done_at: Set(None),
    };
    // An update that changes nothing, because only then is the row that is there returned.
    let keep = OnConflict::columns([Column::Kind, Column::DedupKey])
        .update_column(Column::DedupKey)
        .to_owned();
    let row = Entity::insert(row)
        .on_conflict(keep)
        .exec_with_returning(txn)
        .await?;
    Ok(row.id)
}

/// A job that was queued, as whoever asked for it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued<T> {
    /// The job.
    pub id: JobId,
    /// How far it has come.
    pub state: State<T>,
}

/// How far a job has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State<T> {
    /// It waits or is under way: of `total` parts `done` are done, as far as its worker has said; `(0, 0)` before.
    Pending {
        /// Parts done.
        done: u32,
        /// All parts.
        total: u32,
    },
    /// It is done, and this is what it leaves behind.
    Done(T),
    /// It was given up; somebody has to look at its error.
    Dead {
        /// The error of the last try, for the log and administrators.
        error: String,
    },
}

/// The job about this, if it was ever queued.
///
/// # Errors
/// The database fails, or holds an output that cannot be read.
pub async fn find<J: Job>(
    db: &impl ConnectionTrait,
    dedup_key: &str,
) -> Result<Option<Queued<J::Output>>, DbErr> {
    let row = Entity::find()
        .filter(Column::Kind.eq(J::KIND))
        .filter(Column::DedupKey.eq(dedup_key))
        .one(db)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let state = match row.status {
        Status::Waiting => State::Pending {
            done: u32::try_from(row.progress_done).unwrap_or(0),
            total: u32::try_from(row.progress_total).unwrap_or(0),
        },
        Status::Done => State::Done(
            serde_json::from_value(row.output.unwrap_or_default())
                .map_err(|error| DbErr::Json(error.to_string()))?,
        ),
        Status::Dead => State::Dead {
            error: row.last_error.unwrap_or_default(),
        },
    };
    Ok(Some(Queued { id: row.id, state }))
}

/// The jobs about any of these that were ever queued, and when; the newest first.
///
/// # Errors
/// The database fails.
pub async fn queued<J: Job>(
    db: &impl ConnectionTrait,
    dedup_keys: impl IntoIterator<Item = String> + Send,
) -> Result<Vec<(JobId, DateTime<Utc>)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::CreatedAt)
        .filter(Column::Kind.eq(J::KIND))
        .filter(Column::DedupKey.is_in(dedup_keys))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .into_tuple()
        .all(db)
        .await
}

/// Takes the waiting jobs of a kind off the queue: nobody needs them done.
///
/// # Errors
/// The database fails.
pub async fn cancel<J: Job>(txn: &impl ConnectionTrait) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Kind.eq(J::KIND))
        .filter(Column::Status.eq(Status::Waiting))
        .exec(txn)
        .await
        .map(drop)
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
    Ok(found.into_tuple::<JobId>().one(db).await?.is_some())
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

/// A job's id, and which try at it: a runner whose lease has ended may not speak for a later try.
pub(super) type Try = (JobId, i32);

/// Notes how far a job has come, and holds it for another lease; `false` when a later try has begun or it has ended.
pub(super) async fn progress(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    this: Try,
    (done, total): (u32, u32),
) -> Result<bool, DbErr> {
    let count = |number: u32| Expr::value(i32::try_from(number).unwrap_or(i32::MAX));
    let noted = of_try(this)
        .col_expr(Column::ProgressDone, count(done))
        .col_expr(Column::ProgressTotal, count(total))
        .col_expr(Column::LeaseUntil, Expr::value(now + LEASE))
        .exec(txn)
        .await?;
    Ok(noted.rows_affected > 0)
}

/// What a job leaves behind: its output, and of its payload what may be kept.
pub(super) struct Done {
    pub(super) output: Json,
    pub(super) payload: Json,
}

/// Notes that a job is done; `false` when a later try has begun, which decides.
pub(super) async fn done(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    this: Try,
    done: Done,
) -> Result<bool, DbErr> {
    let noted = end_of(this)
        .col_expr(Column::Status, Expr::value(Status::Done))
        .col_expr(Column::DoneAt, Expr::value(now))
        .col_expr(Column::Payload, Expr::value(done.payload))
        .col_expr(Column::Output, Expr::value(done.output))
        .exec(txn)
        .await?;
    Ok(noted.rows_affected > 0)
}

/// Notes a failed try, and when the next one is; without one the job is dead.
pub(super) async fn failed(
    txn: &impl ConnectionTrait,
    this: Try,
    next: Option<DateTime<Utc>>,
    reason: &str,
) -> Result<(), DbErr> {
    let update = end_of(this).col_expr(Column::LastError, Expr::value(reason));
    let update = match next {
        Some(at) => update.col_expr(Column::RunAt, Expr::value(at)),
        None => update.col_expr(Column::Status, Expr::value(Status::Dead)),
    };
    update.exec(txn).await.map(drop)
}

fn end_of(this: Try) -> sea_orm::UpdateMany<Entity> {
    of_try(this).col_expr(
        Column::LeaseUntil,
        Expr::value(Value::ChronoDateTimeUtc(None)),
    )
}

fn of_try((id, attempt): Try) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::Attempts.eq(attempt))
        .filter(Column::Status.eq(Status::Waiting))
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
