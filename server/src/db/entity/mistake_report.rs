//! A report of a mistake on a page, without the reporter's identity.

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
    /// The typed text.
    pub text: String,
    /// The text as it is searched; see [`crate::text::fold`].
    pub text_folded: String,
    /// The language of the form.
    pub locale: String,
    /// The time of the report.
    pub created_at: DateTimeUtc,
    /// When an author marked it as handled.
    pub handled_at: Option<DateTimeUtc>,
    /// The author who did.
    pub handled_by: Option<AccountId>,
}

/// The relations; none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
