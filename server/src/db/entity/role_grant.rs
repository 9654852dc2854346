//! A role given to an account, kept after it is taken away again.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, RoleGrantId};

/// What an account may do beyond learning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Role {
    /// Plans events, checks people in, issues certificates.
    #[sea_orm(string_value = "organiser")]
    Organiser,
    /// Sees indicators and the persons behind them.
    #[sea_orm(string_value = "manager")]
    Manager,
    /// Writes and previews courses.
    #[sea_orm(string_value = "author")]
    Author,
    /// Gives roles, approves organisations, reads the audit log.
    #[sea_orm(string_value = "admin")]
    Admin,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RoleGrantId,
    /// Who has the role.
    pub account_id: AccountId,
    /// Which role.
    pub role: Role,
    /// The account that gave it; `None` for the first administrator and the demo.
    pub granted_by: Option<AccountId>,
    /// When it was given.
    pub granted_at: DateTimeUtc,
    /// When it was taken away; `None` while it holds. An account holds a role at most once.
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
    /// By `granted_by`.
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::GrantedBy",
        to = "super::account::Column::Id"
    )]
    Grantor,
}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
