//! An address that an account had before: so that the mails that were sent there are found when the person asks
//! for a copy or for erasure.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, FormerEmailId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "former_email")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FormerEmailId,
    /// Whose address it was.
    pub account_id: AccountId,
    /// The address, in lower case.
    pub email: String,
    /// Until when it was that of the account.
    pub until: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `account_id`.
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::AccountId",
        to = "super::account::Column::Id"
    )]
    Account,
}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
