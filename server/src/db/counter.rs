//! Consecutive numbers without gaps.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait};

use super::Transaction;
use super::entity::serial_counter::{ActiveModel, Column, Entity};

/// The next number of `series`; the first is 1. The row stays locked until the transaction ends. So a number
/// given to a transaction that is rolled back is given again, and no two transactions get the same.
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
