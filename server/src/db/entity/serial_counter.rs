//! The last number given in a series. Taken by `UPDATE … RETURNING`, whose row lock keeps the series without
//! gaps.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "serial_counter")]
pub struct Model {
    /// The series: a year, `2026`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub series: String,
    /// The last number given.
    pub last: i64,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
