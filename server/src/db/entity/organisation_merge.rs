//! A merge of two records of one organisation: the one goes on, the other leads to it.

use sea_orm::entity::prelude::*;

use super::organisation::OrganisationStatus;
use crate::ids::{AccountId, MergeId, OrganisationId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_merge")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MergeId,
    /// The organisation that goes on.
    pub kept_id: OrganisationId,
    /// The organisation that leads to it.
    pub merged_id: OrganisationId,
    /// The status that the merged one had before.
    pub status_before: OrganisationStatus,
    /// By what the merged one was found: its folded name, its number, and those of all that had been merged into it.
    pub names_folded: String,
    /// Who merged them.
    pub merged_by: AccountId,
    /// When.
    pub merged_at: DateTimeUtc,
    /// Who undid it.
    pub undone_by: Option<AccountId>,
    /// When it was undone.
    pub undone_at: Option<DateTimeUtc>,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
