//! That a rule of retention was applied, and how much it deleted.

use sea_orm::entity::prelude::*;

use crate::ids::RetentionRunId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "retention_run")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RetentionRunId,
    /// The rule's name.
    pub rule: String,
    /// What was not needed since then was deleted.
    pub before: DateTimeUtc,
    /// How many rows.
    pub deleted: i64,
    /// When.
    pub ran_at: DateTimeUtc,
}

/// The relations; none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
