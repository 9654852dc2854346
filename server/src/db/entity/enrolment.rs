//! A person's enrolment in a course; progress, attempts and completion refer to it.

use sea_orm::entity::prelude::*;

use crate::ids::{EnrolmentId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EnrolmentId,
    /// Who is enrolled.
    pub person_id: PersonId,
    /// The course's `id`, which never changes; a person is enrolled in a course once, and in
    /// its drafts once.
    pub course_id: String,
    /// The language the course is taken in: `lv` or `en`.
    pub language: String,
    /// When.
    pub enrolled_at: DateTimeUtc,
    /// The lesson opened last, to resume at.
    pub last_lesson_id: Option<String>,
    /// Whether it is in a draft that was opened for trying out: its completion is never counted.
    pub is_trial: bool,
    /// The parts of the course as the person last saw them, so that they can be told what has changed since.
    #[sea_orm(column_type = "JsonBinary")]
    pub seen_parts: Json,
    /// Attempts at the course's test that managers allow beyond its rules.
    pub extra_attempts: i32,
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
