//! One attempt of a test. An enrolment has at most one unfinished attempt at a test.

use sea_orm::entity::prelude::*;

use crate::ids::{AttemptId, EnrolmentId};

/// One row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttemptId,
    /// In which enrolment.
    pub enrolment_id: EnrolmentId,
    /// Which test.
    pub test_id: String,
    /// First is 1; without gaps within an enrolment and test.
    pub number: i32,
    /// The language it is taken in.
    pub language: String,
    /// When it was started.
    pub started_at: DateTimeUtc,
    /// Answers after this are not taken; `None` without a time limit.
    pub deadline_at: Option<DateTimeUtc>,
    /// The extra time that is part of the deadline, in percent of the limit.
    pub extra_time_percent: i32,
    /// When it was handed in, or closed after its deadline.
    pub finished_at: Option<DateTimeUtc>,
    /// Points reached, once finished.
    pub points: Option<f64>,
    /// Points to reach, once finished.
    pub max_points: Option<f64>,
    /// Whether it reached the pass mark, once finished.
    pub passed: Option<bool>,
    /// The share of points needed, from 0 to 1, as it was at the start.
    pub pass_mark: f64,
    /// Content hash of the courses at the start.
    pub bundle_hash: String,
    /// The questions drawn, in the order shown: `[{question_id, revision, seed}]`.
    #[sea_orm(column_type = "JsonBinary")]
    pub questions: Json,
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
