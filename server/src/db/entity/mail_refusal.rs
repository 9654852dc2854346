//! An address that does not take mails: a server refused one for good, or an administrator saw one come back.

use sea_orm::entity::prelude::*;

use crate::ids::AccountId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_refusal")]
pub struct Model {
    /// The address, as accounts have it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub address: String,
    /// Since when.
    pub refused_at: DateTimeUtc,
    /// The answer of the mail server; `None` if an administrator said so.
    pub answer: Option<String>,
    /// The administrator who said so.
    pub reported_by: Option<AccountId>,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
