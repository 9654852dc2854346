//! The queries of erasures and of runs of retention.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    ExprTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, Set, sea_query::Expr,
};

use super::model::Applied;
use crate::{
    clock::Clock,
    db::{
        Transaction,
        entity::{erasure, person, retention_run},
    },
    ids::{ErasureId, PersonId},
};

pub(super) use erasure::Model as ErasureRow;

/// Locks the person, so that two requests of theirs follow each other; `false` if there is none.
pub(super) async fn lock_person(txn: &Transaction, person_id: PersonId) -> Result<bool, DbErr> {
    let locked = person::Entity::update_many()
        .col_expr(
            person::Column::RecordVersion,
            Expr::col(person::Column::RecordVersion).add(1),
        )
        .filter(person::Column::Id.eq(person_id))
        .exec(txn)
        .await?;
    Ok(locked.rows_affected > 0)
}

/// The erasure of a person that is asked for and not carried out.
pub(super) async fn pending(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Option<ErasureRow>, DbErr> {
    erasure::Entity::find()
        .filter(erasure::Column::PersonId.eq(person_id))
        .filter(erasure::Column::WithdrawnAt.is_null())
        .filter(erasure::Column::DoneAt.is_null())
        .one(db)
        .await
}

pub(super) async fn insert(
    txn: &Transaction,
    clock: &Clock,
    person_id: PersonId,
    due_at: DateTime<Utc>,
) -> Result<ErasureId, DbErr> {
    let id = clock.new_id();
    erasure::ActiveModel {
        id: Set(id),
        person_id: Set(person_id),
        requested_at: Set(clock.now()),
        due_at: Set(due_at),
        withdrawn_at: Set(None),
        done_at: Set(None),
        scrubbed_at: Set(None),
    }
    .insert(txn)
    .await?;
    Ok(id)
}

/// Takes back what is asked for; `false` if nothing is.
pub(super) async fn withdraw(
    txn: &Transaction,
    now: DateTime<Utc>,
    person_id: PersonId,
) -> Result<bool, DbErr> {
    let done = erasure::Entity::update_many()
        .col_expr(erasure::Column::WithdrawnAt, Expr::value(now))
        .filter(erasure::Column::PersonId.eq(person_id))
        .filter(erasure::Column::WithdrawnAt.is_null())
        .filter(erasure::Column::DoneAt.is_null())
        .exec(txn)
        .await?;
    Ok(done.rows_affected > 0)
}

/// The erasures to carry out.
pub(super) async fn due(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<ErasureRow>, DbErr> {
    erasure::Entity::find()
        .filter(erasure::Column::WithdrawnAt.is_null())
        .filter(erasure::Column::DoneAt.is_null())
        .filter(erasure::Column::DueAt.lte(now))
        .order_by_asc(erasure::Column::DueAt)
        .all(db)
        .await
}

/// Notes that an erasure is carried out; `false` if it was taken back or carried out meanwhile.
pub(super) async fn done(
    txn: &Transaction,
    now: DateTime<Utc>,
    id: ErasureId,
) -> Result<bool, DbErr> {
    let done = erasure::Entity::update_many()
        .col_expr(erasure::Column::DoneAt, Expr::value(now))
        .filter(erasure::Column::Id.eq(id))
        .filter(erasure::Column::WithdrawnAt.is_null())
        .filter(erasure::Column::DoneAt.is_null())
        .exec(txn)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Whether the database has not been written anew since an erasure.
pub(super) async fn is_unscrubbed(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let count = erasure::Entity::find()
        .filter(erasure::Column::DoneAt.is_not_null())
        .filter(erasure::Column::ScrubbedAt.is_null())
        .count(db)
        .await?;
    Ok(count > 0)
}

pub(super) async fn scrubbed(
    txn: &Transaction,
    begun: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    erasure::Entity::update_many()
        .col_expr(erasure::Column::ScrubbedAt, Expr::value(now))
        .filter(erasure::Column::DoneAt.lte(begun))
        .filter(erasure::Column::ScrubbedAt.is_null())
        .exec(txn)
        .await
        .map(drop)
}

pub(super) async fn note_run(
    txn: &Transaction,
    clock: &Clock,
    before: DateTime<Utc>,
    applied: &Applied,
) -> Result<(), DbErr> {
    retention_run::ActiveModel {
        id: Set(clock.new_id()),
        rule: Set(applied.rule.to_owned()),
        before: Set(before),
        deleted: Set(i64::try_from(applied.rows).unwrap_or(i64::MAX)),
        ran_at: Set(clock.now()),
    }
    .insert(txn)
    .await
    .map(drop)
}
