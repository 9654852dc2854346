//! An answer to a question inside a lesson. Append-only: the newest one counts.

use sea_orm::entity::prelude::*;

use crate::ids::{EnrolmentId, PracticeAnswerId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "practice_answer")]
pub struct Model {
    /// UUID v7: newer answers have greater ids.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PracticeAnswerId,
    /// In which enrolment.
    pub enrolment_id: EnrolmentId,
    /// In which lesson.
    pub lesson_id: String,
    /// To which question.
    pub question_id: String,
    /// Which wording was answered: the question's revision hash.
    pub revision: String,
    /// What was answered, as the compiler's `Response`.
    #[sea_orm(column_type = "JsonBinary")]
    pub response: Json,
    /// The mark, from 0 to 1.
    pub fraction: f64,
    /// When.
    pub answered_at: DateTimeUtc,
    /// When its author deleted it: what was answered is gone, that it was stays.
    pub deleted_at: Option<DateTimeUtc>,
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
}

impl Related<super::enrolment::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Enrolment.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
