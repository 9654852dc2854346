//! A token with which programs of a person use the API.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, ApiTokenId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiTokenId,
    /// Whose account.
    pub account_id: AccountId,
    /// SHA-256 of the token, hex; the token itself is stored nowhere.
    pub token_hash: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may do: slugs with a space between them.
    pub scopes: String,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it expires.
    pub expires_at: DateTimeUtc,
    /// When a request was last made with it, to a minute.
    pub last_used_at: Option<DateTimeUtc>,
    /// When it was revoked: by its owner, or because the account was closed or lost its roles.
    pub revoked_at: Option<DateTimeUtc>,
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
