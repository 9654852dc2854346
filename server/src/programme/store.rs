//! The queries of the programme.

use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult,
    JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _, RelationTrait as _,
    sea_query::Expr,
};
use uuid::Uuid;

use super::model::Fact;
use crate::db::entity::{affiliation, indicator_fact, organisation, person};

pub(super) use indicator_fact::Model as FactRow;

/// The organisation that a person works for now.
pub(super) async fn current_organisation(
    db: &impl ConnectionTrait,
    person_id: Uuid,
) -> Result<Option<organisation::Model>, DbErr> {
    let found = affiliation::Entity::find()
        .filter(affiliation::Column::PersonId.eq(person_id))
        .filter(affiliation::Column::Until.is_null())
        .find_also_related(organisation::Entity)
        .one(db)
        .await?;
    Ok(found.and_then(|(_, organisation)| organisation))
}

pub(super) async fn organisation(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<organisation::Model>, DbErr> {
    organisation::Entity::find_by_id(id).one(db).await
}

pub(super) async fn insert_fact(txn: &impl ConnectionTrait, row: FactRow) -> Result<(), DbErr> {
    indicator_fact::Entity::insert(indicator_fact::ActiveModel::from(row))
        .exec_without_returning(txn)
        .await
        .map(drop)
}

/// Says that a fact no longer holds; the row stays.
pub(super) async fn supersede(
    txn: &impl ConnectionTrait,
    fact_id: Uuid,
    by: Uuid,
    reason: &str,
) -> Result<(), DbErr> {
    indicator_fact::Entity::update_many()
        .col_expr(indicator_fact::Column::SupersededBy, Expr::value(by))
        .col_expr(indicator_fact::Column::Reason, Expr::value(reason))
        .filter(indicator_fact::Column::Id.eq(fact_id))
        .exec(txn)
        .await
        .map(drop)
}

/// The facts of an organisation's people that hold.
pub(super) async fn facts_of_organisation(
    db: &impl ConnectionTrait,
    organisation_id: Uuid,
) -> Result<Vec<FactRow>, DbErr> {
    indicator_fact::Entity::find()
        .filter(indicator_fact::Column::OrganisationId.eq(organisation_id))
        .filter(indicator_fact::Column::SupersededBy.is_null())
        .order_by_asc(indicator_fact::Column::Id)
        .all(db)
        .await
}

#[derive(FromQueryResult)]
struct HoldingFact {
    id: Uuid,
    indicator_id: String,
    person_id: Uuid,
    organisation_id: Uuid,
    status: organisation::Status,
    source_id: Uuid,
    occurred_at: chrono::DateTime<chrono::Utc>,
}

/// Every fact that holds.
pub(super) async fn holding_facts(db: &impl ConnectionTrait) -> Result<Vec<Fact>, DbErr> {
    let rows = indicator_fact::Entity::find()
        .join(
            JoinType::InnerJoin,
            indicator_fact::Relation::Organisation.def(),
        )
        .column(organisation::Column::Status)
        .filter(indicator_fact::Column::SupersededBy.is_null())
        .filter(organisation::Column::Status.ne(organisation::Status::Rejected.to_value()))
        .into_model::<HoldingFact>()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Fact {
            id: row.id,
            indicator_id: row.indicator_id,
            person_id: row.person_id,
            organisation_id: row.organisation_id,
            is_organisation_approved: row.status == organisation::Status::Approved,
            source_id: row.source_id,
            occurred_at: row.occurred_at,
        })
        .collect())
}

/// The people and organisations behind facts, for showing them.
pub(super) async fn people(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<Vec<person::Model>, DbErr> {
    person::Entity::find()
        .filter(person::Column::Id.is_in(ids))
        .all(db)
        .await
}

pub(super) async fn organisations(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
) -> Result<Vec<organisation::Model>, DbErr> {
    organisation::Entity::find()
        .filter(organisation::Column::Id.is_in(ids))
        .all(db)
        .await
}
