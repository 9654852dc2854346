//! The queries of imports.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set, sea_query::Expr,
};

use super::model::{Import, ImportStatus};
use crate::{
    db::entity::{
        registration,
        registration_import::{ActiveModel, Column, Entity},
    },
    ids::{AccountId, EventId, PersonId, RegistrationImportId},
    registrations::model::ACTIVE,
};

/// A checked file, to be kept.
pub(super) struct NewImport {
    pub id: RegistrationImportId,
    pub event_id: EventId,
    pub created_by: AccountId,
    pub file_name: String,
    pub sealed: String,
    pub people: i32,
    pub left_out: i32,
}

pub(super) async fn insert(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    new: NewImport,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(new.id),
        event_id: Set(new.event_id),
        created_by: Set(new.created_by),
        created_at: Set(now),
        file_name: Set(new.file_name),
        status: Set(ImportStatus::Checked),
        sealed: Set(Some(new.sealed)),
        people: Set(new.people),
        left_out: Set(new.left_out),
        done: Set(0),
        outcomes: Set(String::new()),
        ended_at: Set(None),
    };
    row.insert(txn).await.map(drop)
}

/// An import that an account made for an event.
pub(super) async fn of(
    db: &impl ConnectionTrait,
    (event_id, account_id): (EventId, AccountId),
    id: RegistrationImportId,
) -> Result<Option<Import>, DbErr> {
    Entity::find_by_id(id)
        .filter(Column::EventId.eq(event_id))
        .filter(Column::CreatedBy.eq(account_id))
        .one(db)
        .await
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: RegistrationImportId,
) -> Result<Option<Import>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// Those with rows that are not dealt with.
pub(super) async fn unfinished(db: &impl ConnectionTrait) -> Result<Vec<Import>, DbErr> {
    Entity::find()
        .filter(Column::Sealed.is_not_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// The imports of accounts, the earliest first.
pub(super) async fn by(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<Vec<Import>, DbErr> {
    Entity::find()
        .filter(Column::CreatedBy.is_in(accounts.iter().copied()))
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// Begins an import; `false` if it had begun before.
pub(super) async fn begin(
    txn: &impl ConnectionTrait,
    id: RegistrationImportId,
) -> Result<bool, DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(ImportStatus::Running))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(ImportStatus::Checked))
        .exec(txn)
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Notes that some more people are dealt with; `false` if somebody else has dealt with them, or the import is gone.
/// Comes first in the transaction that deals with them.
pub(super) async fn advance(
    txn: &impl ConnectionTrait,
    id: RegistrationImportId,
    (done, more): (i32, i32),
) -> Result<bool, DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::Done, Expr::value(done + more))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(ImportStatus::Running))
        .filter(Column::Done.eq(done))
        .exec(txn)
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Notes what became of all rows so far.
pub(super) async fn set_outcomes(
    txn: &impl ConnectionTrait,
    id: RegistrationImportId,
    lines: String,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Outcomes, Expr::value(lines))
        .filter(Column::Id.eq(id))
        .exec(txn)
        .await
        .map(drop)
}

/// Ends an import, and deletes its rows; `None` if it had ended before.
pub(super) async fn end(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    id: RegistrationImportId,
) -> Result<Option<Import>, DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::Status, Expr::value(ImportStatus::Done))
        .col_expr(Column::Sealed, Expr::value(None::<String>))
        .col_expr(Column::EndedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(ImportStatus::Running))
        .exec(txn)
        .await?;
    if changed.rows_affected == 0 {
        return Ok(None);
    }
    find(txn, id).await
}

/// Keeps the rows anew, without somebody who is erased.
pub(super) async fn reseal(
    txn: &impl ConnectionTrait,
    id: RegistrationImportId,
    sealed: String,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Sealed, Expr::value(sealed))
        .filter(Column::Id.eq(id))
        .filter(Column::Sealed.is_not_null())
        .exec(txn)
        .await
        .map(drop)
}

async fn delete(txn: &impl ConnectionTrait, these: Condition) -> Result<u64, DbErr> {
    let deleted = Entity::delete_many().filter(these).exec(txn).await?;
    Ok(deleted.rows_affected)
}

/// Deletes what an account had checked for an event and did not begin.
pub(super) async fn delete_checked(
    txn: &impl ConnectionTrait,
    (event_id, account_id): (EventId, AccountId),
) -> Result<u64, DbErr> {
    let these = Condition::all()
        .add(Column::EventId.eq(event_id))
        .add(Column::CreatedBy.eq(account_id))
        .add(Column::Status.eq(ImportStatus::Checked));
    delete(txn, these).await
}

/// Deletes one that was checked and not begun.
pub(super) async fn delete_one(
    txn: &impl ConnectionTrait,
    id: RegistrationImportId,
) -> Result<u64, DbErr> {
    let these = Condition::all()
        .add(Column::Id.eq(id))
        .add(Column::Status.eq(ImportStatus::Checked));
    delete(txn, these).await
}

/// Deletes those that were checked before a moment and not begun, and those that ended before another one.
pub(super) async fn delete_old(
    txn: &impl ConnectionTrait,
    checked_before: DateTime<Utc>,
    ended_before: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let checked = Condition::all()
        .add(Column::Status.eq(ImportStatus::Checked))
        .add(Column::CreatedAt.lt(checked_before));
    let old = Condition::any()
        .add(checked)
        .add(Column::EndedAt.lt(ended_before));
    delete(txn, old).await
}

/// The people who are registered for an event, in whichever state in force.
pub(super) async fn active_people(
    db: &impl ConnectionTrait,
    event_id: EventId,
) -> Result<Vec<PersonId>, DbErr> {
    registration::Entity::find()
        .select_only()
        .column(registration::Column::PersonId)
        .filter(registration::Column::EventId.eq(event_id))
        .filter(registration::Column::State.is_in(ACTIVE))
        .into_tuple()
        .all(db)
        .await
}

/// Deletes what accounts had checked and did not begin, and the names of their other files.
pub(super) async fn forget_maker(
    txn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<(), DbErr> {
    let theirs = Condition::all().add(Column::CreatedBy.is_in(accounts.iter().copied()));
    let checked = Column::Status.eq(ImportStatus::Checked);
    delete(txn, theirs.clone().add(checked)).await?;
    Entity::update_many()
        .col_expr(Column::FileName, Expr::value(""))
        .filter(theirs)
        .exec(txn)
        .await
        .map(drop)
}
