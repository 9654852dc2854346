//! A person's enrolment in a learning path; the completion of the path refers to it.

use sea_orm::entity::prelude::*;

use crate::ids::{PathEnrolmentId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "path_enrolment")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PathEnrolmentId,
    /// Who is enrolled.
    pub person_id: PersonId,
    /// The path's `id`, which never changes; a person is enrolled in a path once, and once in a trial of it.
    pub path_id: String,
    /// The language of the certificate: `lv` or `en`.
    pub language: String,
    /// When.
    pub enrolled_at: DateTimeUtc,
    /// Whether the path had a step with drafts only, which were opened for trying out: its certificate is a
    /// sample.
    pub is_trial: bool,
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
