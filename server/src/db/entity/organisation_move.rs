//! A record of another area that a merge of organisations has moved, so that it can be moved back.

use sea_orm::entity::prelude::*;

use crate::ids::MergeId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_move")]
pub struct Model {
    /// The merge.
    #[sea_orm(primary_key, auto_increment = false)]
    pub merge_id: MergeId,
    /// The table of the record.
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_kind: String,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub record_id: Uuid,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
