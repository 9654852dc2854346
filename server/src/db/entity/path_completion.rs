//! That a person has completed a learning path, and by which courses. Written once.

use sea_orm::entity::prelude::*;

use crate::ids::{PathCompletionId, PathEnrolmentId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "path_completion")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PathCompletionId,
    /// Of which enrolment; one completion each.
    pub path_enrolment_id: PathEnrolmentId,
    /// Who.
    pub person_id: PersonId,
    /// Which path.
    pub path_id: String,
    /// Its title at that time: `{lv, en}`.
    #[sea_orm(column_type = "JsonBinary")]
    pub path_title: Json,
    /// Academic hours of 45 minutes of the courses that completed it.
    pub hours: f64,
    /// The steps of that time, each with the course by which it was done.
    #[sea_orm(column_type = "JsonBinary")]
    pub trace: Json,
    /// When the last of these courses was completed.
    pub completed_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `path_enrolment_id`.
    #[sea_orm(
        belongs_to = "super::path_enrolment::Entity",
        from = "Column::PathEnrolmentId",
        to = "super::path_enrolment::Column::Id"
    )]
    Enrolment,
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::path_enrolment::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Enrolment.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
