//! The result of a submission, so that repeating it has one effect. Written in the same transaction.

use sea_orm::entity::prelude::*;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    /// The form's one-time key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Who submitted it: a key means nothing to another account.
    pub account_id: Uuid,
    /// What to answer again.
    #[sea_orm(column_type = "JsonBinary")]
    pub result: Json,
    /// When.
    pub created_at: DateTimeUtc,
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
