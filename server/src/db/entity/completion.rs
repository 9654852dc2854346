//! That a person has completed a course, and why it counts as completed. Written once.

use sea_orm::entity::prelude::*;

use crate::ids::{CompletionId, EnrolmentId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "completion")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CompletionId,
    /// Of which enrolment; one completion each.
    pub enrolment_id: EnrolmentId,
    /// Who.
    pub person_id: PersonId,
    /// Which course.
    pub course_id: String,
    /// Its title at that time: `{lv, en}`.
    #[sea_orm(column_type = "JsonBinary")]
    pub course_title: Json,
    /// Academic hours of 45 minutes.
    pub hours: f64,
    /// The completion rule's requirements and how each was met.
    #[sea_orm(column_type = "JsonBinary")]
    pub trace: Json,
    /// When the last condition was met.
    pub completed_at: DateTimeUtc,
    /// Content hash of the courses at that time.
    pub bundle_hash: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `enrolment_id`.
    #[sea_orm(
        belongs_to = "super::enrolment::Entity",
        from = "Column::EnrolmentId",
        to = "super::enrolment::Column::Id"
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

impl Related<super::enrolment::Entity> for Entity {
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
