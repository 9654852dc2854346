//! That an organiser works on the events of a strand.

use sea_orm::entity::prelude::*;

use crate::ids::AccountId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "strand_grant")]
pub struct Model {
    /// Whose account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// Which strand of `programme.toml`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub strand: String,
    /// Who gave it; `None` for the program itself.
    pub granted_by: Option<AccountId>,
    /// When.
    pub granted_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
