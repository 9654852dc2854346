//! A fact that an indicator counts, with the record that proves it. Append-only: a correction supersedes it.

use sea_orm::entity::prelude::*;

use crate::ids::{FactId, OrganisationId, PersonId, SourceId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "indicator_fact")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FactId,
    /// Which indicator of `programme.toml`.
    pub indicator_id: String,
    /// Who is counted; an indicator counts a person once, whatever their facts.
    pub person_id: PersonId,
    /// For whom they worked then; `None` while that is not known.
    pub organisation_id: Option<OrganisationId>,
    /// The kind of the record that proves it, as named by the area to which the record belongs.
    pub source_kind: String,
    /// Which record proves it.
    pub source_id: SourceId,
    /// When it happened; decides the period in which it counts.
    pub occurred_at: DateTimeUtc,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
    /// The fact that corrects this one; `None` while it is in force. Not a foreign key: it is set before its
    /// successor is inserted, because only one fact of a source may be in force.
    pub superseded_by: Option<FactId>,
    /// Why it was superseded.
    pub reason: Option<String>,
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
    /// By `organisation_id`.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id"
    )]
    Organisation,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl Related<super::organisation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Organisation.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
