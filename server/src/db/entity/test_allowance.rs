//! What a manager allows a person in tests beyond the rules: more attempts, extra time. It is never changed, but
//! taken back.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, EnrolmentId, PersonId, TestAllowanceId};

/// What is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum AllowanceKind {
    /// More attempts at the test of a course.
    #[sea_orm(string_value = "attempts")]
    Attempts,
    /// More time in every test with a time limit.
    #[sea_orm(string_value = "time")]
    Time,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "test_allowance")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TestAllowanceId,
    /// Whom it is allowed.
    pub person_id: PersonId,
    /// In which enrolment; `None` for extra time.
    pub enrolment_id: Option<EnrolmentId>,
    /// What.
    pub kind: AllowanceKind,
    /// How many attempts; or how much more time, in percent of the limit.
    pub amount: i32,
    /// Why, encrypted; for managers.
    pub reason: String,
    /// The account that allowed it.
    pub given_by: AccountId,
    /// When.
    pub given_at: DateTimeUtc,
    /// The account that took it back.
    pub withdrawn_by: Option<AccountId>,
    /// When it was taken back; `None` while it holds.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Why it was taken back, encrypted.
    pub withdrawn_reason: Option<String>,
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
    /// By `enrolment_id`.
    #[sea_orm(
        belongs_to = "super::enrolment::Entity",
        from = "Column::EnrolmentId",
        to = "super::enrolment::Column::Id"
    )]
    Enrolment,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
