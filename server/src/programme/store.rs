//! The queries of the programme.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select, Value,
    sea_query::{Expr, OnConflict},
};

use super::{
    list::{CountedOrder, CountedQuery},
    model::{Count, CountedPerson, Fact},
};
use crate::{
    db::{IDS_AT_ONCE, entity::indicator_fact, hand_written},
    ids::{FactId, OrganisationId, PersonId, SourceId},
    list::{Extent, FoundRows, Query, latvian_order_sql},
    organisations::{self, NamedOrganisation, Organisation, OrganisationStatus},
    people::{self, PersonLock},
    source::Source,
};

pub(super) use indicator_fact::Model as FactRow;

/// The facts of a person that are in force, whatever the status of the organisation, oldest first.
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

/// Whether a record has a fact, for any indicator.
pub(super) async fn has_fact(db: &impl ConnectionTrait, source: &Source) -> Result<bool, DbErr> {
    let found = indicator_fact::Entity::find()
        .filter(indicator_fact::Column::SourceKind.eq(source.kind.as_str()))
        .filter(indicator_fact::Column::SourceId.eq(source.id))
        .limit(1)
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Inserts a fact, unless the same one is in force already.
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

/// Marks a fact as superseded; the row stays.
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

/// The facts in force of an organisation's people.
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

/// How many facts in force count for an organisation.
pub(super) async fn count_facts_of(
    db: &impl ConnectionTrait,
    organisation_id: OrganisationId,
) -> Result<u64, DbErr> {
    indicator_fact::Entity::find()
        .filter(indicator_fact::Column::OrganisationId.eq(organisation_id))
        .filter(indicator_fact::Column::SupersededBy.is_null())
        .count(db)
        .await
}

/// Facts by their ids, in force or not, in the order of their ids.
pub(super) async fn facts_by_ids(
    db: &impl ConnectionTrait,
    ids: &[FactId],
) -> Result<Vec<FactRow>, DbErr> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_AT_ONCE) {
        let rows = indicator_fact::Entity::find()
            .filter(indicator_fact::Column::Id.is_in(some.iter().copied()))
            .order_by_asc(indicator_fact::Column::Id)
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// The facts in force that a record proves.
pub(super) async fn facts_of_source(
    db: &impl ConnectionTrait,
    source: &Source,
) -> Result<Vec<FactRow>, DbErr> {
    indicator_fact::Entity::find()
        .filter(indicator_fact::Column::SourceKind.eq(source.kind.as_str()))
        .filter(indicator_fact::Column::SourceId.eq(source.id))
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

/// The facts that a fact replaced, oldest first.
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

/// Every fact in force of organisations that were not rejected: [`count`] is tested against these.
#[cfg(test)]
pub(super) async fn holding_facts(db: &impl ConnectionTrait) -> Result<Vec<Fact>, DbErr> {
    read_facts(db, holding()).await
}

/// The facts in force of a person, of organisations that were not rejected.
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
            if status == OrganisationStatus::Rejected {
                return None;
            }
            Some(Fact {
                source: source_of(&fact),
                id: fact.id,
                indicator_id: fact.indicator_id,
                person_id: fact.person_id,
                organisation_id: fact.organisation_id?,
                is_organisation_approved: status == OrganisationStatus::Approved,
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

/// How many people have a fact that waits for an employer.
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

/// The facts by which an indicator's people count, or would count if their organisations were approved,
/// numbered by person: each fact's rank among those of the group with the same status, and among the
/// indicator's. Its parameters are [`qualifying_values`].
fn qualifying_sql(group: &[&str]) -> String {
    let organisations = organisations::STATUSES_SQL;
    let places = vec!["?"; group.len()].join(", ");
    format!(
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
         OR (status <> ? AND is_counted = 0 AND indicator_id = ? AND place_here = 1)"
    )
}

fn qualifying_values(indicator_id: &str, group: &[&str]) -> Vec<Value> {
    let mut values = vec![
        approved(),
        indicator_id.into(),
        OrganisationStatus::Rejected.to_value().into(),
    ];
    values.extend(group.iter().map(|id| Value::from(*id)));
    values.extend([approved(), approved(), indicator_id.into()]);
    values
}

fn approved() -> Value {
    OrganisationStatus::Approved.to_value().into()
}

#[derive(FromQueryResult)]
struct QualifyingRow {
    id: FactId,
    indicator_id: String,
    person_id: PersonId,
    organisation_id: OrganisationId,
    status: OrganisationStatus,
    source_kind: String,
    source_id: SourceId,
    occurred_at: DateTime<Utc>,
}

impl From<QualifyingRow> for Fact {
    fn from(row: QualifyingRow) -> Self {
        Self {
            id: row.id,
            indicator_id: row.indicator_id,
            person_id: row.person_id,
            organisation_id: row.organisation_id,
            is_organisation_approved: row.status == OrganisationStatus::Approved,
            source: Source {
                kind: row.source_kind.into(),
                id: row.source_id,
            },
            occurred_at: row.occurred_at,
        }
    }
}

/// Counts an indicator of a group (a list of ids) in the database: the same rule as
/// [`model::count`](super::model::count), which counts facts in memory. One query, with one row for each
/// person of this indicator.
pub(super) async fn count(
    db: &impl ConnectionTrait,
    indicator_id: &str,
    group: &[&str],
) -> Result<Count, DbErr> {
    let sql = format!("{} ORDER BY occurred_at, id", qualifying_sql(group));
    let values = qualifying_values(indicator_id, group);
    let rows = QualifyingRow::find_by_statement(hand_written(db, &sql, values))
        .all(db)
        .await?;
    let mut count = Count::default();
    for fact in rows.into_iter().map(Fact::from) {
        if !fact.is_organisation_approved {
            count.waiting.push(fact);
        } else if fact.indicator_id == indicator_id {
            count.counted.push(fact);
        } else {
            count.counted_elsewhere += 1;
        }
    }
    Ok(count)
}

#[derive(FromQueryResult)]
struct CountedRow {
    id: FactId,
    indicator_id: String,
    source_kind: String,
    source_id: SourceId,
    occurred_at: DateTime<Utc>,
    given_name: String,
    family_name: String,
}

#[derive(FromQueryResult)]
struct CountedRowOfOrganisation {
    #[sea_orm(nested)]
    counted: CountedRow,
    #[sea_orm(nested)]
    organisation: NamedOrganisation,
}

impl CountedRow {
    fn of(self, organisation: Option<Organisation>) -> CountedPerson {
        CountedPerson {
            fact_id: self.id,
            indicator_id: self.indicator_id,
            source: Source {
                kind: self.source_kind.into(),
                id: self.source_id,
            },
            occurred_at: self.occurred_at,
            given_name: self.given_name,
            family_name: self.family_name,
            organisation,
        }
    }
}

/// The people of an indicator that match a query: those who count, and those who wait.
pub(super) async fn counted_people(
    db: &impl ConnectionTrait,
    (indicator_id, group): (&str, &[&str]),
    query: &CountedQuery,
    extent: Extent,
) -> Result<FoundRows<CountedPerson>, DbErr> {
    let (facts, people, organisations) = (
        qualifying_sql(group),
        people::NAMES_SQL,
        organisations::NAMED_SQL,
    );
    let mut sql = format!(
        "SELECT f.id, f.indicator_id, f.source_kind, f.source_id, f.occurred_at, \
         p.given_name, p.family_name, o.organisation_id, o.organisation_name, o.registration_number, \
         o.organisation_kind, o.organisation_status \
         FROM ({facts}) f JOIN ({people}) p ON p.named_person_id = f.person_id \
         JOIN ({organisations}) o ON o.organisation_id = f.organisation_id \
         WHERE f.indicator_id = ?"
    );
    let mut values = qualifying_values(indicator_id, group);
    values.push(indicator_id.into());
    if let Some(is_counted) = query.is_counted {
        sql.push_str(if is_counted {
            " AND f.status = ?"
        } else {
            " AND f.status <> ?"
        });
        values.push(approved());
    }
    if let Some(kind) = query.kind {
        sql.push_str(" AND o.organisation_kind = ?");
        values.push(kind.to_value().into());
    }
    if people::lists_mixed_names(&query.list) {
        sql.push_str(" AND p.has_mixed_scripts");
    }
    for word in query.list.words() {
        // Words consist of letters and digits, so none is a wildcard.
        sql.push_str(" AND (p.name_folded LIKE ? OR o.name_folded LIKE ?)");
        let pattern = format!("%{word}%");
        values.extend([pattern.clone().into(), pattern.into()]);
    }
    sql.push_str(&in_order(
        query.list.order(),
        query.list.is_descending(),
        Some("o.organisation_name"),
    ));
    let rows = CountedRowOfOrganisation::find_by_statement(hand_written(db, &sql, values));
    let found = extent.of(rows, db).await?;
    Ok(found.map(|row| row.counted.of(Some(row.organisation.into()))))
}

/// The `ORDER BY` for facts `f`, people `p`, and a column with an organisation's name, if there is one.
fn in_order(order: CountedOrder, is_descending: bool, organisation: Option<&str>) -> String {
    let direction = if is_descending { " DESC" } else { "" };
    // An only name is sorted where family names are.
    let family = latvian_order_sql(
        "(CASE WHEN p.family_name = '' THEN p.given_name ELSE p.family_name END)",
    );
    let given = latvian_order_sql("p.given_name");
    let organisation = organisation.map(latvian_order_sql);
    let by: Vec<String> = match order {
        CountedOrder::Date => Vec::new(),
        CountedOrder::Name => vec![family, given],
        CountedOrder::Organisation => organisation.into_iter().chain([family, given]).collect(),
    };
    let last = ["f.occurred_at".to_owned(), "f.id".to_owned()];
    let by: Vec<_> = by
        .into_iter()
        .chain(last)
        .map(|by| format!("{by}{direction}"))
        .collect();
    format!(" ORDER BY {}", by.join(", "))
}

/// The people who have a fact that waits for an employer, with the first such fact of each.
pub(super) async fn unnamed_people(
    db: &impl ConnectionTrait,
    query: &Query<CountedOrder>,
    extent: Extent,
) -> Result<FoundRows<CountedPerson>, DbErr> {
    let people = people::NAMES_SQL;
    let mut sql = format!(
        "SELECT f.id, f.indicator_id, f.source_kind, f.source_id, f.occurred_at, p.given_name, p.family_name \
         FROM (SELECT w.*, ROW_NUMBER() OVER \
         (PARTITION BY w.person_id ORDER BY w.occurred_at, w.id) AS place FROM indicator_fact w \
         WHERE w.organisation_id IS NULL AND w.superseded_by IS NULL) f \
         JOIN ({people}) p ON p.named_person_id = f.person_id WHERE f.place = 1"
    );
    if people::lists_mixed_names(query) {
        sql.push_str(" AND p.has_mixed_scripts");
    }
    let mut values = Vec::new();
    for word in query.words() {
        sql.push_str(" AND p.name_folded LIKE ?");
        values.push(Value::from(format!("%{word}%")));
    }
    sql.push_str(&in_order(query.order(), query.is_descending(), None));
    let rows = CountedRow::find_by_statement(hand_written(db, &sql, values));
    let found = extent.of(rows, db).await?;
    Ok(found.map(|row| row.of(None)))
}
