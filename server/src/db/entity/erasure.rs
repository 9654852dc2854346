//! That a person asked for the erasure of their data, and what became of it. It stays, without anything else
//! about them.

use sea_orm::entity::prelude::*;

use crate::ids::{ErasureId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ErasureId,
    /// Whose data.
    pub person_id: PersonId,
    /// When they asked.
    pub requested_at: DateTimeUtc,
    /// From when on it is carried out.
    pub due_at: DateTimeUtc,
    /// When they took it back.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// When it was carried out.
    pub done_at: Option<DateTimeUtc>,
    /// When the database was written anew afterwards, so that nothing is left in unused parts of it.
    pub scrubbed_at: Option<DateTimeUtc>,
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
