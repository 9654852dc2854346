//! Who did what, append-only and hash-chained.

use sea_orm::entity::prelude::*;

use crate::ids::AccountId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// First is 1; without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    /// When.
    pub at: DateTimeUtc,
    /// Who; `None` for the system itself.
    pub actor_account_id: Option<AccountId>,
    /// What: `area.verb`.
    pub action: String,
    /// To what kind of record.
    pub subject_kind: String,
    /// To which record.
    pub subject_id: String,
    /// What else is worth knowing; no secrets. Databases keep neither the order of keys nor the
    /// spelling of numbers, so a hash covers a canonical form of it.
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: Json,
    /// The hash of the entry before, hex.
    pub previous_hash: String,
    /// The hash of this entry and the one before, hex.
    pub hash: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `actor_account_id`.
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::ActorAccountId",
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
