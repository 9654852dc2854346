//! The queries of what managers allow people in tests, and of the people who learn.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, RelationTrait as _, Value,
    sea_query::Expr,
};

use crate::{
    db::{
        entity::{
            attempt, enrolment,
            test_allowance::{ActiveModel, AllowanceKind, Column, Entity},
        },
        hand_written,
    },
    ids::{AccountId, AttemptId, EnrolmentId, PersonId, TestAllowanceId},
    learning::{list::LearnerOrder, model::LearnerSummary},
    list::{Extent, FoundRows, Query, latvian_order_sql},
    people::{self, PersonLock},
};

pub(in crate::learning) use crate::db::entity::test_allowance::Model as AllowanceRow;

/// What was ever allowed a person, the newest first.
pub(in crate::learning) async fn allowances_of(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Vec<AllowanceRow>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person_id))
        .order_by_desc(Column::Id)
        .all(db)
        .await
}

/// The extra time of a person in tests with a time limit, in percent; 0 if there is none.
pub(in crate::learning) async fn extra_time_percent(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<i32, DbErr> {
    let row = Entity::find()
        .filter(Column::PersonId.eq(person_id))
        .filter(Column::Kind.eq(AllowanceKind::Time))
        .filter(Column::WithdrawnAt.is_null())
        .order_by_desc(Column::Id)
        .one(db)
        .await?;
    Ok(row.map_or(0, |row| row.amount))
}

pub(in crate::learning) async fn insert_allowance(
    person: &PersonLock<'_>,
    row: AllowanceRow,
) -> Result<(), DbErr> {
    let row = AllowanceRow {
        person_id: person.id(),
        ..row
    };
    Entity::insert(ActiveModel::from(row))
        .exec_without_returning(person.txn())
        .await
        .map(drop)
}

/// Who takes something back, when, and the reason, encrypted.
pub(in crate::learning) struct Withdrawal {
    pub(in crate::learning) by: AccountId,
    pub(in crate::learning) at: DateTime<Utc>,
    pub(in crate::learning) reason: Option<String>,
}

/// Takes something back; `false` if it was before.
pub(in crate::learning) async fn withdraw_allowance(
    person: &PersonLock<'_>,
    id: TestAllowanceId,
    withdrawal: Withdrawal,
) -> Result<bool, DbErr> {
    let updated = Entity::update_many()
        .col_expr(Column::WithdrawnBy, Expr::value(withdrawal.by))
        .col_expr(Column::WithdrawnAt, Expr::value(withdrawal.at))
        .col_expr(Column::WithdrawnReason, Expr::value(withdrawal.reason))
        .filter(Column::Id.eq(id))
        .filter(Column::PersonId.eq(person.id()))
        .filter(Column::WithdrawnAt.is_null())
        .exec(person.txn())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Stores with an enrolment how many attempts are allowed beyond the rules: what holds in all.
pub(in crate::learning) async fn count_extra_attempts(
    person: &PersonLock<'_>,
    enrolment_id: EnrolmentId,
) -> Result<(), DbErr> {
    let held = Entity::find()
        .filter(Column::EnrolmentId.eq(enrolment_id))
        .filter(Column::Kind.eq(AllowanceKind::Attempts))
        .filter(Column::WithdrawnAt.is_null())
        .all(person.txn())
        .await?;
    let extra = held
        .iter()
        .fold(0_i32, |all, row| all.saturating_add(row.amount));
    enrolment::Entity::update_many()
        .col_expr(enrolment::Column::ExtraAttempts, Expr::value(extra))
        .filter(enrolment::Column::Id.eq(enrolment_id))
        .filter(enrolment::Column::PersonId.eq(person.id()))
        .exec(person.txn())
        .await
        .map(drop)
}

/// The open attempts of a person with a time limit.
pub(in crate::learning) async fn timed_attempts_of(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Vec<attempt::Model>, DbErr> {
    attempt::Entity::find()
        .join(JoinType::InnerJoin, attempt::Relation::Enrolment.def())
        .filter(enrolment::Column::PersonId.eq(person_id))
        .filter(attempt::Column::FinishedAt.is_null())
        .filter(attempt::Column::DeadlineAt.is_not_null())
        .order_by_asc(attempt::Column::Id)
        .all(db)
        .await
}

/// Gives an open attempt another deadline.
pub(in crate::learning) async fn extend_attempt(
    person: &PersonLock<'_>,
    attempt_id: AttemptId,
    deadline_at: DateTime<Utc>,
    extra_time_percent: i32,
) -> Result<(), DbErr> {
    attempt::Entity::update_many()
        .col_expr(attempt::Column::DeadlineAt, Expr::value(deadline_at))
        .col_expr(
            attempt::Column::ExtraTimePercent,
            Expr::value(extra_time_percent),
        )
        .filter(attempt::Column::Id.eq(attempt_id))
        .filter(attempt::Column::FinishedAt.is_null())
        .exec(person.txn())
        .await
        .map(drop)
}

/// The drawn questions of a person's attempts at a test.
pub(in crate::learning) async fn drawn_before(
    db: &impl ConnectionTrait,
    person_id: PersonId,
    (course_id, test_id, is_trial): (&str, &str, bool),
) -> Result<Vec<attempt::Model>, DbErr> {
    attempt::Entity::find()
        .join(JoinType::InnerJoin, attempt::Relation::Enrolment.def())
        .filter(enrolment::Column::PersonId.eq(person_id))
        .filter(enrolment::Column::CourseId.eq(course_id))
        .filter(enrolment::Column::IsTrial.eq(is_trial))
        .filter(attempt::Column::TestId.eq(test_id))
        .all(db)
        .await
}

#[derive(FromQueryResult)]
struct LearnerRow {
    person_id: PersonId,
    given_name: String,
    family_name: String,
    courses: i64,
    enrolled_at: DateTime<Utc>,
}

/// The people who are enrolled in a course.
pub(in crate::learning) async fn learners(
    db: &impl ConnectionTrait,
    query: &Query<LearnerOrder>,
    extent: Extent,
) -> Result<FoundRows<LearnerSummary>, DbErr> {
    let people = people::NAMES_SQL;
    let mut sql = format!(
        "SELECT p.named_person_id AS person_id, p.given_name, p.family_name, \
         e.courses, e.enrolled_at \
         FROM (SELECT person_id, CAST(COUNT(*) AS bigint) AS courses, \
         MAX(enrolled_at) AS enrolled_at FROM enrolment GROUP BY person_id) e \
         JOIN ({people}) p ON p.named_person_id = e.person_id WHERE 1 = 1"
    );
    if people::lists_mixed_names(query) {
        sql.push_str(" AND p.has_mixed_scripts");
    }
    let mut values = Vec::new();
    for word in query.words() {
        // Words consist of letters and digits, so none is a wildcard.
        sql.push_str(" AND p.name_folded LIKE ?");
        values.push(Value::from(format!("%{word}%")));
    }
    let direction = if query.is_descending() { " DESC" } else { "" };
    let by = match query.order() {
        LearnerOrder::Name => vec![
            latvian_order_sql("p.family_name"),
            latvian_order_sql("p.given_name"),
        ],
        LearnerOrder::Enrolled => vec!["e.enrolled_at".to_owned()],
    };
    let by: Vec<String> = by
        .into_iter()
        .chain(["p.named_person_id".to_owned()])
        .map(|by| format!("{by}{direction}"))
        .collect();
    sql.push_str(" ORDER BY ");
    sql.push_str(&by.join(", "));
    let rows = LearnerRow::find_by_statement(hand_written(db, &sql, values));
    let found = extent.of(rows, db).await?;
    Ok(found.map(|row| LearnerSummary {
        person_id: row.person_id,
        given_name: row.given_name,
        family_name: row.family_name,
        courses: usize::try_from(row.courses).unwrap_or_default(),
        enrolled_at: row.enrolled_at,
    }))
}
