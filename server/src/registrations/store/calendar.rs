//! The queries of the feeds of people's own events.

use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait as _, Set,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use crate::{
    clock::Clock,
    db::{
        Transaction,
        entity::calendar_feed::{ActiveModel, Column, Entity},
    },
    ids::AccountId,
};

/// Which address of an account's feed is valid; `None` until one was made.
pub(in crate::registrations) async fn generation(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<Option<i32>, DbErr> {
    let found = Entity::find_by_id(account_id).one(db).await?;
    Ok(found.map(|row| row.generation))
}

/// Makes the next address of an account's feed the valid one.
pub(in crate::registrations) async fn renew(
    txn: &Transaction,
    clock: &Clock,
    account_id: AccountId,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        account_id: Set(account_id),
        generation: Set(1),
        renewed_at: Set(clock.now()),
    };
    let next = Expr::col((Entity, Column::Generation)).add(1);
    let renewed = OnConflict::column(Column::AccountId)
        .value(Column::Generation, next)
        .update_column(Column::RenewedAt)
        .to_owned();
    Entity::insert(row)
        .on_conflict(renewed)
        .exec_without_returning(txn)
        .await
        .map(drop)
}
