//! The second factor of an account: the secret of an authenticator app (TOTP, RFC 6238).

use sea_orm::entity::prelude::*;

use crate::ids::AccountId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// The secret in Base32, encrypted ([`crate::crypt`]).
    pub secret: String,
    /// When it was shown to its owner.
    pub created_at: DateTimeUtc,
    /// When the first code of it was entered; from then on it is asked for.
    pub confirmed_at: Option<DateTimeUtc>,
    /// The newest step of 30 seconds whose code was used: no code works twice.
    pub last_step: i64,
    /// How many wrong codes there were since the last right one.
    pub failures: i32,
    /// Until when no code is looked at.
    pub locked_until: Option<DateTimeUtc>,
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
