//! Numbers without gaps.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait};

use super::Transaction;
use super::entity::serial_counter::{ActiveModel, Column, Entity};

/// The next number of `series`, the first being 1. The row stays locked until the write ends, so a number
/// given to a write that is undone is given again, and no two writes get the same.
///
/// # Errors
/// The statement failed.
pub async fn next(transaction: &Transaction, series: &str) -> Result<i64, DbErr> {
    let first = ActiveModel {
        series: Set(series.to_owned()),
        last: Set(1),
    };
    let one_more = OnConflict::column(Column::Series)
        .value(Column::Last, Expr::col((Entity, Column::Last)).add(1))
        .to_owned();
    let row = Entity::insert(first)
        .on_conflict(one_more)
        .exec_with_returning(transaction)
        .await?;
    Ok(row.last)
}
