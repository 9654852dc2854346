//! The queries of the programme.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::model::Fact;
use crate::{
    db::entity::{completion, indicator_fact},
    organisations::{self, Status},
    people::PersonLock,
};

pub(super) use indicator_fact::Model as FactRow;

/// The completions of a person for which no fact was ever recorded, with their times, oldest first.
pub(super) async fn completions_without_fact(
    db: &impl ConnectionTrait,
    person_id: Uuid,
) -> Result<Vec<(Uuid, chrono::DateTime<chrono::Utc>)>, DbErr> {
    let with_fact = indicator_fact::Entity::find()
        .select_only()
        .column(indicator_fact::Column::SourceId)
        .filter(indicator_fact::Column::PersonId.eq(person_id))
        .filter(indicator_fact::Column::SourceKind.eq(indicator_fact::SourceKind::Completion))
        .into_query();
    completion::Entity::find()
        .select_only()
        .column(completion::Column::Id)
        .column(completion::Column::CompletedAt)
        .filter(completion::Column::PersonId.eq(person_id))
        .filter(completion::Column::Id.not_in_subquery(with_fact))
        .order_by_asc(completion::Column::CompletedAt)
        .order_by_asc(completion::Column::Id)
        .into_tuple()
        .all(db)
        .await
}

/// The facts of a person that hold, whatever became of the organisation, oldest first.
pub(super) async fn facts_of_person(
    db: &impl ConnectionTrait,
    person_id: Uuid,
) -> Result<Vec<FactRow>, DbErr> {
    indicator_fact::Entity::find()
        .filter(indicator_fact::Column::PersonId.eq(person_id))
        .filter(indicator_fact::Column::SupersededBy.is_null())
        .order_by_asc(indicator_fact::Column::OccurredAt)
        .order_by_asc(indicator_fact::Column::Id)
        .all(db)
        .await
}

/// Whether a record is counted already, by whatever indicator.
pub(super) async fn has_fact(
    db: &impl ConnectionTrait,
    source_kind: indicator_fact::SourceKind,
    source_id: Uuid,
) -> Result<bool, DbErr> {
    let found = indicator_fact::Entity::find()
        .filter(indicator_fact::Column::SourceKind.eq(source_kind))
        .filter(indicator_fact::Column::SourceId.eq(source_id))
        .limit(1)
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Inserts a fact; where the same holds already, nothing.
pub(super) async fn insert_fact(person: &PersonLock<'_>, row: FactRow) -> Result<(), DbErr> {
    let row = FactRow {
        person_id: person.id(),
        ..row
    };
    indicator_fact::Entity::insert(indicator_fact::ActiveModel::from(row))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(person.txn())
        .await
        .map(drop)
}

/// Says that a fact no longer holds; the row stays.
pub(super) async fn supersede(
    person: &PersonLock<'_>,
    fact_id: Uuid,
    by: Uuid,
    reason: &str,
) -> Result<(), DbErr> {
    indicator_fact::Entity::update_many()
        .col_expr(indicator_fact::Column::SupersededBy, Expr::value(by))
        .col_expr(indicator_fact::Column::Reason, Expr::value(reason))
        .filter(indicator_fact::Column::Id.eq(fact_id))
        .filter(indicator_fact::Column::PersonId.eq(person.id()))
        .exec(person.txn())
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

pub(super) async fn find_fact(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<FactRow>, DbErr> {
    indicator_fact::Entity::find_by_id(id).one(db).await
}

/// The facts that a fact corrects, oldest first.
pub(super) async fn superseded_by(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Vec<FactRow>, DbErr> {
    indicator_fact::Entity::find()
        .filter(indicator_fact::Column::SupersededBy.eq(id))
        .order_by_asc(indicator_fact::Column::Id)
        .all(db)
        .await
}

/// Every fact that holds, of organisations that were not turned down.
pub(super) async fn holding_facts(db: &impl ConnectionTrait) -> Result<Vec<Fact>, DbErr> {
    read_facts(db, holding()).await
}

/// The same of one person.
pub(super) async fn holding_facts_of(
    db: &impl ConnectionTrait,
    person_id: Uuid,
) -> Result<Vec<Fact>, DbErr> {
    let of_person = holding().filter(indicator_fact::Column::PersonId.eq(person_id));
    read_facts(db, of_person).await
}

fn holding() -> Select<indicator_fact::Entity> {
    indicator_fact::Entity::find().filter(indicator_fact::Column::SupersededBy.is_null())
}

async fn read_facts(
    db: &impl ConnectionTrait,
    query: Select<indicator_fact::Entity>,
) -> Result<Vec<Fact>, DbErr> {
    let rows = organisations::joined(query).all(db).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(fact, organisation)| {
            let status = organisation?.status;
            (status != Status::Rejected).then(|| Fact {
                id: fact.id,
                indicator_id: fact.indicator_id,
                person_id: fact.person_id,
                organisation_id: fact.organisation_id,
                is_organisation_approved: status == Status::Approved,
                source_id: fact.source_id,
                occurred_at: fact.occurred_at,
            })
        })
        .collect())
}
