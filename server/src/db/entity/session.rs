//! A session of a signed-in browser. The row is deleted on sign-out.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, SessionId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// SHA-256 of the cookie's token, hex; the token itself is stored nowhere.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// Names the session on pages; UUID v7.
    pub id: SessionId,
    /// Who is signed in.
    pub account_id: AccountId,
    /// When they signed in.
    pub created_at: DateTimeUtc,
    /// When it expires.
    pub expires_at: DateTimeUtc,
    /// When a request was last made in it, to a minute.
    pub last_used_at: DateTimeUtc,
    /// The browser and the system, such as “Firefox, Windows”; empty if they are not known.
    pub device: String,
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
