//! The queries of the queue.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait as _,
    JsonValue as Json, Order, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Set, Value,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use super::model::{Job, JobFilter, JobSummary, LEASE, Phase, RECIPIENT, TOPIC};
use crate::{
    clock::Clock,
    db::entity::job::{ActiveModel, Column, Entity, JobStatus, Model},
    ids::JobId,
    list::{Extent, FoundRows},
};

/// Queues a job in the caller's transaction; returns its id, or that of the existing job. `dedup_key` says
/// what it is about: for each kind and key there is one job, however often it is queued.
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
        status: Set(JobStatus::Waiting),
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
    // An update without effect, because only then the existing row is returned.
    let keep = OnConflict::columns([Column::Kind, Column::DedupKey])
        .update_column(Column::DedupKey)
        .to_owned();
    let row = Entity::insert(row)
        .on_conflict(keep)
        .exec_with_returning(txn)
        .await?;
    Ok(row.id)
}

/// A queued job, as its creator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued<T> {
    /// The job.
    pub id: JobId,
    /// Its state.
    pub state: JobState<T>,
}

/// The state of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobState<T> {
    /// It waits or is running: `done` of `total` parts are done, as reported by its worker; `(0, 0)` before
    /// that.
    Pending {
        /// Parts done.
        done: u32,
        /// All parts.
        total: u32,
    },
    /// It is done; this is its output.
    Done(T),
    /// It was given up; an administrator has to act.
    Dead {
        /// The error of the last attempt, for the log and administrators.
        error: String,
    },
}

/// The job with this key, if one was ever queued.
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
        JobStatus::Waiting => JobState::Pending {
            done: u32::try_from(row.progress_done).unwrap_or(0),
            total: u32::try_from(row.progress_total).unwrap_or(0),
        },
        JobStatus::Done => JobState::Done(
            serde_json::from_value(row.output.unwrap_or_default())
                .map_err(|error| DbErr::Json(error.to_string()))?,
        ),
        JobStatus::Dead => JobState::Dead {
            error: row.last_error.unwrap_or_default(),
        },
        JobStatus::Dropped => JobState::Dead {
            error: "dropped by an administrator".to_owned(),
        },
    };
    Ok(Some(Queued { id: row.id, state }))
}

/// The jobs with any of these keys, with the times at which they were queued, newest first.
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

/// Deletes the waiting jobs of a kind.
///
/// # Errors
/// The database fails.
pub async fn cancel<J: Job>(txn: &impl ConnectionTrait) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Kind.eq(J::KIND))
        .filter(Column::Status.eq(JobStatus::Waiting))
        .exec(txn)
        .await
        .map(drop)
}

/// Since when jobs are due without any being run; `None` if the oldest is due for less than `patience`, or one
/// is running or was done within that time.
///
/// # Errors
/// The database fails.
pub async fn stuck_since(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    patience: TimeDelta,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let oldest: Option<DateTime<Utc>> = Entity::find()
        .select_only()
        .column(Column::RunAt)
        .filter(Column::Status.eq(JobStatus::Waiting))
        .filter(Column::RunAt.lte(now - patience))
        .order_by_asc(Column::RunAt)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    if oldest.is_none() {
        return Ok(None);
    }
    let is_worked_at = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(
            Condition::any()
                .add(Column::LeaseUntil.gt(now))
                .add(Column::DoneAt.gt(now - patience)),
        )
        .limit(1)
        .into_tuple::<JobId>()
        .one(db)
        .await?;
    Ok(oldest.filter(|_| is_worked_at.is_none()))
}

/// How many jobs were given up.
///
/// # Errors
/// The database fails.
pub async fn count_dead(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::Status.eq(JobStatus::Dead))
        .count(db)
        .await
}

/// When the newest job was queued.
///
/// # Errors
/// The database fails.
pub async fn newest(db: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::CreatedAt)
        .order_by_desc(Column::CreatedAt)
        .limit(1)
        .into_tuple()
        .one(db)
        .await
}

/// Whether a job of these kinds is due. It only reads, so an idle runner never writes.
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

/// Leases the job that is due first. `None` if there is none, or another runner was faster.
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
        // Repeated here: on PostgreSQL another runner may have taken the job since the subquery was
        // evaluated.
        .filter(due(now, kinds))
        .exec_with_returning(txn)
        .await?;
    Ok(taken.into_iter().next())
}

/// A job's id and the number of the attempt. A runner whose lease has ended must not report on a later
/// attempt.
pub(super) type Try = (JobId, i32);

/// Stores the progress of a job and renews its lease; `false` if a later attempt has started or the job has
/// ended.
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

/// The result of a job: its output, and the part of its payload that is kept.
pub(super) struct Done {
    pub(super) output: Json,
    pub(super) payload: Json,
}

/// Stores that a job is done; `false` if a later attempt has started, whose result counts.
pub(super) async fn done(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    this: Try,
    done: Done,
) -> Result<bool, DbErr> {
    let noted = end_of(this)
        .col_expr(Column::Status, Expr::value(JobStatus::Done))
        .col_expr(Column::DoneAt, Expr::value(now))
        .col_expr(Column::Payload, Expr::value(done.payload))
        .col_expr(Column::Output, Expr::value(done.output))
        .exec(txn)
        .await?;
    Ok(noted.rows_affected > 0)
}

/// Stores a failed attempt and the time of the next one; without one the job is dead.
pub(super) async fn failed(
    txn: &impl ConnectionTrait,
    this: Try,
    next: Option<DateTime<Utc>>,
    reason: &str,
) -> Result<(), DbErr> {
    let update = end_of(this).col_expr(Column::LastError, Expr::value(reason));
    let update = match next {
        Some(at) => update.col_expr(Column::RunAt, Expr::value(at)),
        None => update.col_expr(Column::Status, Expr::value(JobStatus::Dead)),
    };
    update.exec(txn).await.map(drop)
}

/// Stores that a job waits until a time; the try does not count.
pub(super) async fn postponed(
    txn: &impl ConnectionTrait,
    this: Try,
    until: DateTime<Utc>,
    reason: &str,
) -> Result<(), DbErr> {
    end_of(this)
        .col_expr(Column::LastError, Expr::value(reason))
        .col_expr(Column::RunAt, Expr::value(until))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1))
        .exec(txn)
        .await
        .map(drop)
}

/// The jobs that match a filter.
///
/// # Errors
/// The database fails.
pub async fn list(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    filter: &JobFilter,
    extent: Extent,
) -> Result<FoundRows<JobSummary>, DbErr> {
    let mut matches = Condition::all();
    // Not `LIKE`, for which an underscore in an address would be a wildcard.
    let holds = match db.get_database_backend() {
        DbBackend::Postgres => format!("strpos(lower(payload->>'{RECIPIENT}'), $1) > 0"),
        _ => format!("instr(lower(json_extract(payload, '$.{RECIPIENT}')), ?) > 0"),
    };
    for word in &filter.words {
        matches = matches.add(Expr::cust_with_values(holds.clone(), [word.as_str()]));
    }
    if let Some(kind) = &filter.kind {
        matches = matches.add(Column::Kind.eq(kind.as_str()));
    }
    let is = |status: JobStatus| Condition::all().add(Column::Status.eq(status));
    matches = match filter.phase {
        None => matches,
        Some(Phase::Due) => matches.add(is(JobStatus::Waiting).add(Column::RunAt.lte(now))),
        Some(Phase::Later) => matches.add(is(JobStatus::Waiting).add(Column::RunAt.gt(now))),
        Some(Phase::Done) => matches.add(is(JobStatus::Done)),
        Some(Phase::Dead) => matches.add(is(JobStatus::Dead)),
        Some(Phase::Dropped) => matches.add(is(JobStatus::Dropped)),
    };
    let by = if filter.is_by_next_try {
        Column::RunAt
    } else {
        Column::CreatedAt
    };
    let direction = if filter.is_descending {
        Order::Desc
    } else {
        Order::Asc
    };
    let found = Entity::find()
        .filter(matches)
        .order_by(by, direction.clone())
        .order_by(Column::Id, direction);
    let found = extent.of(found, db).await?;
    Ok(found.map(|row| summary(row, now)))
}

/// A job as administrators see it.
///
/// # Errors
/// The database fails.
pub async fn one(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    id: JobId,
) -> Result<Option<JobSummary>, DbErr> {
    let row = Entity::find_by_id(id).one(db).await?;
    Ok(row.map(|row| summary(row, now)))
}

fn summary(row: Model, now: DateTime<Utc>) -> JobSummary {
    let text = |field: &str| Some(row.payload.get(field)?.as_str()?.to_owned());
    let count = |number: i32| u32::try_from(number).unwrap_or(0);
    JobSummary {
        id: row.id,
        topic: text(TOPIC),
        recipient: text(RECIPIENT),
        phase: match row.status {
            JobStatus::Waiting if row.run_at <= now => Phase::Due,
            JobStatus::Waiting => Phase::Later,
            JobStatus::Done => Phase::Done,
            JobStatus::Dead => Phase::Dead,
            JobStatus::Dropped => Phase::Dropped,
        },
        attempts: count(row.attempts),
        run_at: row.run_at,
        progress: (count(row.progress_done), count(row.progress_total)),
        last_error: row.last_error,
        created_at: row.created_at,
        done_at: row.done_at,
        kind: row.kind,
    }
}

/// Lets a job that failed or waits be tried now, with as many tries as a new one has. `None` if there is no such
/// job, or it has ended or is being run; else as it was before.
///
/// # Errors
/// The database fails.
pub async fn retry(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    id: JobId,
) -> Result<Option<JobSummary>, DbErr> {
    let Some(before) = lock_idle(txn, now, id).await? else {
        return Ok(None);
    };
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(JobStatus::Waiting))
        .col_expr(Column::RunAt, Expr::value(now))
        .col_expr(Column::Attempts, Expr::value(0))
        .filter(Column::Id.eq(id))
        .exec(txn)
        .await?;
    Ok(Some(summary(before, now)))
}

/// Drops a job that failed or waits: it is never done. Its input is deleted, except what [`JobSummary`] shows.
/// `None` if there is no such job, or it has ended or is being run; else as it was before.
///
/// # Errors
/// The database fails.
pub async fn drop_job(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    id: JobId,
) -> Result<Option<JobSummary>, DbErr> {
    let Some(before) = lock_idle(txn, now, id).await? else {
        return Ok(None);
    };
    let kept: serde_json::Map<_, _> = [RECIPIENT, TOPIC]
        .into_iter()
        .filter_map(|field| Some((field.to_owned(), before.payload.get(field)?.clone())))
        .collect();
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(JobStatus::Dropped))
        .col_expr(Column::DoneAt, Expr::value(now))
        .col_expr(Column::Payload, Expr::value(Json::Object(kept)))
        .filter(Column::Id.eq(id))
        .exec(txn)
        .await?;
    Ok(Some(summary(before, now)))
}

/// Locks a job that waits or failed and that no runner has; returns it.
async fn lock_idle(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    id: JobId,
) -> Result<Option<Model>, DbErr> {
    let locked = Entity::update_many()
        .col_expr(
            Column::LeaseUntil,
            Expr::value(Value::ChronoDateTimeUtc(None)),
        )
        .filter(Column::Id.eq(id))
        .filter(Column::Status.is_in([JobStatus::Waiting, JobStatus::Dead]))
        .filter(
            Condition::any()
                .add(Column::LeaseUntil.is_null())
                .add(Column::LeaseUntil.lte(now)),
        )
        .exec_with_returning(txn)
        .await?;
    Ok(locked.into_iter().next())
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
        .filter(Column::Status.eq(JobStatus::Waiting))
}

fn due(now: DateTime<Utc>, kinds: &[&'static str]) -> Condition {
    Condition::all()
        .add(Column::Status.eq(JobStatus::Waiting))
        .add(Column::RunAt.lte(now))
        .add(
            Condition::any()
                .add(Column::LeaseUntil.is_null())
                .add(Column::LeaseUntil.lte(now)),
        )
        // Kinds unknown to this process are left to others.
        .add(Column::Kind.is_in(kinds.iter().copied()))
}
