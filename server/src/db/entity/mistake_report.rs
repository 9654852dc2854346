//! What somebody found wrong on a page. Nothing says who.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, MistakeReportId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mistake_report")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MistakeReportId,
    /// The page's path with its language, without a query; empty when it is not known.
    pub page: String,
    /// What was typed.
    pub text: String,
    /// The same as it is searched for; see [`crate::text::fold`].
    pub text_folded: String,
    /// The language in which it was typed.
    pub locale: String,
    /// When.
    pub created_at: DateTimeUtc,
    /// When an author had seen to it.
    pub handled_at: Option<DateTimeUtc>,
    /// Which author.
    pub handled_by: Option<AccountId>,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
