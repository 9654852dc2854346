//! The queries of the programme.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::model::Fact;
use crate::{
    db::entity::indicator_fact,
    organisations::{self, Status},
    people::PersonLock,
    source::Source,
};

pub(super) use indicator_fact::Model as FactRow;

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
pub(super) async fn has_fact(db: &impl ConnectionTrait, source: &Source) -> Result<bool, DbErr> {
    let found = indicator_fact::Entity::find()
        .filter(indicator_fact::Column::SourceKind.eq(source.kind.as_str()))
        .filter(indicator_fact::Column::SourceId.eq(source.id))
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
            if status == Status::Rejected {
                return None;
            }
            Some(Fact {
                source: source_of(&fact),
                id: fact.id,
                indicator_id: fact.indicator_id,
                person_id: fact.person_id,
                organisation_id: fact.organisation_id?,
                is_organisation_approved: status == Status::Approved,
                occurred_at: fact.occurred_at,
            })
        })
        .collect())
}

/// The record that proves a fact.
pub(super) fn source_of(fact: &FactRow) -> Source {
    Source {
        kind: fact.source_kind.clone().into(),
        id: fact.source_id,
    }
}

/// How many people have a fact that waits until it is known for whom they work.
pub(super) async fn count_unnamed(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    indicator_fact::Entity::find()
        .select_only()
        .column(indicator_fact::Column::PersonId)
        .distinct()
        .filter(indicator_fact::Column::OrganisationId.is_null())
        .filter(indicator_fact::Column::SupersededBy.is_null())
        .count(db)
        .await
}
