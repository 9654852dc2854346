//! The queries of the programme.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult,
    JoinType, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    QueryTrait as _, RelationTrait as _, Select,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::model::{Fact, Naming};
use crate::db::entity::{affiliation, completion, indicator_fact, organisation, person};

pub(super) use indicator_fact::Model as FactRow;

/// What a person has said about where they work, in the order in which they said it.
pub(super) async fn namings(
    db: &impl ConnectionTrait,
    person_id: Uuid,
) -> Result<Vec<Naming>, DbErr> {
    let found = affiliation::Entity::find()
        .filter(affiliation::Column::PersonId.eq(person_id))
        .order_by_asc(affiliation::Column::CreatedAt)
        .order_by_asc(affiliation::Column::Id)
        .find_also_related(organisation::Entity)
        .all(db)
        .await?;
    Ok(found
        .into_iter()
        .filter_map(|(affiliation, organisation)| {
            Some(Naming {
                organisation: organisation?,
                named_at: affiliation.created_at,
                is_current: affiliation.until.is_none(),
            })
        })
        .collect())
}

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

pub(super) async fn organisation(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<organisation::Model>, DbErr> {
    organisation::Entity::find_by_id(id).one(db).await
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
pub(super) async fn insert_fact(txn: &impl ConnectionTrait, row: FactRow) -> Result<(), DbErr> {
    indicator_fact::Entity::insert(indicator_fact::ActiveModel::from(row))
        .on_conflict(OnConflict::new().do_nothing().to_owned())
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
    indicator_fact::Entity::find()
        .join(
            JoinType::InnerJoin,
            indicator_fact::Relation::Organisation.def(),
        )
        .column(organisation::Column::Status)
        .filter(indicator_fact::Column::SupersededBy.is_null())
        .filter(organisation::Column::Status.ne(organisation::Status::Rejected.to_value()))
}

async fn read_facts(
    db: &impl ConnectionTrait,
    query: Select<indicator_fact::Entity>,
) -> Result<Vec<Fact>, DbErr> {
    let rows = query.into_model::<HoldingFact>().all(db).await?;
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

pub(super) async fn person(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<person::Model>, DbErr> {
    person::Entity::find_by_id(id).one(db).await
}

pub(super) async fn waiting_organisations(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    organisation::Entity::find()
        .filter(organisation::Column::Status.eq(organisation::Status::Proposed.to_value()))
        .count(db)
        .await
}

/// How many ids one statement names: databases limit them.
const IDS_AT_ONCE: usize = 1_000;

/// The people behind facts, in no order.
pub(super) async fn people(
    db: &impl ConnectionTrait,
    ids: BTreeSet<Uuid>,
) -> Result<Vec<person::Model>, DbErr> {
    let mut found = Vec::with_capacity(ids.len());
    for some in Vec::from_iter(ids).chunks(IDS_AT_ONCE) {
        let query = person::Entity::find().filter(person::Column::Id.is_in(some.iter().copied()));
        found.extend(query.all(db).await?);
    }
    Ok(found)
}

/// The organisations behind facts, in no order.
pub(super) async fn organisations(
    db: &impl ConnectionTrait,
    ids: BTreeSet<Uuid>,
) -> Result<Vec<organisation::Model>, DbErr> {
    let mut found = Vec::with_capacity(ids.len());
    for some in Vec::from_iter(ids).chunks(IDS_AT_ONCE) {
        let ids = some.iter().copied();
        let query = organisation::Entity::find().filter(organisation::Column::Id.is_in(ids));
        found.extend(query.all(db).await?);
    }
    Ok(found)
}
