//! That a person has read and accepted one version of a notice.

use sea_orm::entity::prelude::*;

use crate::ids::{NoticeAcceptanceId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_acceptance")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NoticeAcceptanceId,
    /// Who.
    pub person_id: PersonId,
    /// Which notice: `privacy`.
    pub notice: String,
    /// Which version; a person accepts each once.
    pub version: String,
    /// The language it was read in.
    pub locale: String,
    /// When.
    pub accepted_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
