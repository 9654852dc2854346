//! A one-time link sent by mail (or printed, for the first administrator).

use sea_orm::entity::prelude::*;

use crate::ids::AccountId;

/// What a one-time link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Purpose {
    /// Proves that the address is read by its owner.
    #[sea_orm(string_value = "confirm-email")]
    ConfirmEmail,
    /// Lets the owner set a new password.
    #[sea_orm(string_value = "reset-password")]
    ResetPassword,
    /// Proves that the new address of an account is read by its owner.
    #[sea_orm(string_value = "change-email")]
    ChangeEmail,
    /// Makes the account that uses it an administrator.
    #[sea_orm(string_value = "first-administrator")]
    FirstAdministrator,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "email_token")]
pub struct Model {
    /// SHA-256 of the token in the link, hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// What following the link does.
    pub purpose: Purpose,
    /// Whose link it is; `None` for the first administrator, who has no account yet.
    pub account_id: Option<AccountId>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// After this it no longer works.
    pub expires_at: DateTimeUtc,
    /// When it was followed; it works once.
    pub used_at: Option<DateTimeUtc>,
    /// The address that it was sent to, if it is to become that of the account.
    pub new_email: Option<String>,
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
