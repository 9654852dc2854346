//! The queries of the programme.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, Value,
    sea_query::{Expr, OnConflict},
};

use super::model::{Count, Fact};
use crate::{
    db::{entity::indicator_fact, hand_written},
    ids::{FactId, OrganisationId, PersonId, SourceId},
    organisations::{self, Status},
    people::PersonLock,
    source::Source,
};

pub(super) use indicator_fact::Model as FactRow;

/// The facts of a person that hold, whatever became of the organisation, oldest first.
pub(super) async fn facts_of_person(
    db: &impl ConnectionTrait,
    person_id: PersonId,
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
    fact_id: FactId,
    by: FactId,
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
    organisation_id: OrganisationId,
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
    id: FactId,
) -> Result<Option<FactRow>, DbErr> {
    indicator_fact::Entity::find_by_id(id).one(db).await
}

/// The facts that a fact corrects, oldest first.
pub(super) async fn superseded_by(
    db: &impl ConnectionTrait,
    id: FactId,
) -> Result<Vec<FactRow>, DbErr> {
    indicator_fact::Entity::find()
        .filter(indicator_fact::Column::SupersededBy.eq(id))
        .order_by_asc(indicator_fact::Column::Id)
        .all(db)
        .await
}

/// Every fact that holds, of organisations that were not turned down: what [`count`] is tested against.
#[cfg(test)]
pub(super) async fn holding_facts(db: &impl ConnectionTrait) -> Result<Vec<Fact>, DbErr> {
    read_facts(db, holding()).await
}

/// The facts of a person that hold, of organisations that were not turned down.
pub(super) async fn holding_facts_of(
    db: &impl ConnectionTrait,
    person_id: PersonId,
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

#[derive(FromQueryResult)]
struct CountedRow {
    id: FactId,
    indicator_id: String,
    person_id: PersonId,
    organisation_id: OrganisationId,
    status: Status,
    source_kind: String,
    source_id: SourceId,
    occurred_at: DateTime<Utc>,
}

/// Counts an indicator of a group, whose ids are given, in the database: see [`model::count`](super::model::count),
/// which says the same of facts in memory. One query, whose rows are the people of this indicator.
pub(super) async fn count(
    db: &impl ConnectionTrait,
    indicator_id: &str,
    group: &[&str],
) -> Result<Count, DbErr> {
    let organisations = organisations::STATUSES_SQL;
    let places = vec!["?"; group.len()].join(", ");
    // By person, each fact's place among the group's of the same status, and among the indicator's.
    let sql = format!(
        "SELECT id, indicator_id, person_id, organisation_id, status, source_kind, source_id, occurred_at \
         FROM (SELECT f.id, f.indicator_id, f.person_id, f.organisation_id, o.status, \
         f.source_kind, f.source_id, f.occurred_at, \
         ROW_NUMBER() OVER (PARTITION BY f.person_id, o.status ORDER BY f.occurred_at, f.id) AS place, \
         ROW_NUMBER() OVER (PARTITION BY f.person_id, o.status, f.indicator_id \
         ORDER BY f.occurred_at, f.id) AS place_here, \
         MAX(CASE WHEN o.status = ? THEN 1 ELSE 0 END) OVER (PARTITION BY f.person_id) AS is_counted, \
         MAX(CASE WHEN f.indicator_id = ? THEN 1 ELSE 0 END) OVER (PARTITION BY f.person_id) AS is_here \
         FROM indicator_fact f JOIN ({organisations}) o ON o.id = f.organisation_id \
         WHERE f.superseded_by IS NULL AND o.status <> ? AND f.indicator_id IN ({places})) facts \
         WHERE (status = ? AND place = 1 AND is_here = 1) \
         OR (status <> ? AND is_counted = 0 AND indicator_id = ? AND place_here = 1) \
         ORDER BY occurred_at, id"
    );
    let approved = || Value::from(Status::Approved.to_value());
    let mut values = vec![
        approved(),
        indicator_id.into(),
        Status::Rejected.to_value().into(),
    ];
    values.extend(group.iter().map(|id| Value::from(*id)));
    values.extend([approved(), approved(), indicator_id.into()]);
    let rows = CountedRow::find_by_statement(hand_written(db, &sql, values))
        .all(db)
        .await?;
    let mut count = Count::default();
    for row in rows {
        let is_approved = row.status == Status::Approved;
        if is_approved && row.indicator_id != indicator_id {
            count.counted_elsewhere += 1;
            continue;
        }
        let fact = Fact {
            id: row.id,
            indicator_id: row.indicator_id,
            person_id: row.person_id,
            organisation_id: row.organisation_id,
            is_organisation_approved: is_approved,
            source: Source {
                kind: row.source_kind.into(),
                id: row.source_id,
            },
            occurred_at: row.occurred_at,
        };
        if is_approved {
            count.counted.push(fact);
        } else {
            count.waiting.push(fact);
        }
    }
    Ok(count)
}
