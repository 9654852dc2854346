//! One answer given, changed or cleared during an attempt. Append-only: the last one of a question counts.

use sea_orm::entity::prelude::*;

use crate::ids::AttemptId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt_step")]
pub struct Model {
    /// In which attempt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub attempt_id: AttemptId,
    /// First is 1; without gaps within an attempt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i32,
    /// To which of the attempt's questions.
    pub question_id: String,
    /// What was answered; `None`: the answer was cleared.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub response: Option<Json>,
    /// When.
    pub answered_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `attempt_id`.
    #[sea_orm(
        belongs_to = "super::attempt::Entity",
        from = "Column::AttemptId",
        to = "super::attempt::Column::Id"
    )]
    Attempt,
}

impl Related<super::attempt::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Attempt.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
