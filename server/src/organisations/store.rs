//! The queries of the register.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _,
    Related, Select, SelectTwo, Set,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{
    forms::OrganisationInput,
    list::{RegisterOrder, RegisterQuery},
    model::{Merge, Organisation, OrganisationKind, OrganisationStatus},
};
use crate::{
    clock::Clock,
    db::{
        IDS_AT_ONCE, Transaction,
        entity::{organisation, organisation_merge, organisation_move},
    },
    ids::{AccountId, MergeId, OrganisationId, PersonId},
    list::{Extent, FoundRows, in_latvian_order},
    text::{fold, search_words},
};

pub(super) use crate::db::entity::{
    organisation::Model as Row, organisation_merge::Model as MergeRow,
};

pub(super) async fn by_id(
    db: &impl ConnectionTrait,
    id: OrganisationId,
) -> Result<Option<Row>, DbErr> {
    organisation::Entity::find_by_id(id).one(db).await
}

/// The organisation with a registration number.
pub(super) async fn by_number(
    db: &impl ConnectionTrait,
    number: &str,
) -> Result<Option<Row>, DbErr> {
    organisation::Entity::find()
        .filter(organisation::Column::RegistrationNumber.eq(number))
        .one(db)
        .await
}

/// The organisations with any of these folded names or registration numbers, whatever their status.
pub(super) async fn named_exactly(
    db: &impl ConnectionTrait,
    names: BTreeSet<String>,
    numbers: BTreeSet<String>,
) -> Result<Vec<Row>, DbErr> {
    let texts = [
        (organisation::Column::NameFolded, names),
        (organisation::Column::RegistrationNumber, numbers),
    ];
    let mut found: BTreeMap<OrganisationId, Row> = BTreeMap::new();
    for (column, texts) in texts {
        let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        for some in texts.chunks(IDS_AT_ONCE) {
            let rows = organisation::Entity::find()
                .filter(column.is_in(some))
                .all(db)
                .await?;
            found.extend(rows.into_iter().map(|row| (row.id, row)));
        }
    }
    Ok(found.into_values().collect())
}

/// The condition that every word is in the name, or the number starts with it, or it is in what leads to the
/// organisation by a merge.
fn named(words: &[String]) -> Condition {
    let mut fits = Condition::all();
    for word in words {
        let mut one = Condition::any().add(organisation::Column::NameFolded.contains(word));
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            one = one.add(organisation::Column::RegistrationNumber.starts_with(word));
        }
        let merged = in_force()
            .select_only()
            .column(organisation_merge::Column::KeptId)
            .filter(organisation_merge::Column::NamesFolded.contains(word));
        one = one.add(organisation::Column::Id.in_subquery(merged.into_query()));
        fits = fits.add(one);
    }
    fits
}

fn by_name(
    direction: sea_orm::Order,
    found: Select<organisation::Entity>,
) -> Select<organisation::Entity> {
    let name = in_latvian_order("organisation.name");
    found
        .order_by(name, direction.clone())
        .order_by(organisation::Column::Id, direction)
}

/// The organisations that match a query of the register.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    query: &RegisterQuery,
    extent: Extent,
) -> Result<FoundRows<Row>, DbErr> {
    let mut found = organisation::Entity::find().filter(named(&query.list.words()));
    found = match query.status {
        Some(status) => found.filter(organisation::Column::Status.eq(status)),
        // They are found under the organisation that goes on.
        None => found.filter(organisation::Column::Status.ne(OrganisationStatus::Merged)),
    };
    if let Some(kind) = query.kind {
        found = found.filter(organisation::Column::Kind.eq(kind));
    }
    let direction = query.list.direction();
    let found = match query.list.order() {
        RegisterOrder::Name => by_name(direction, found),
        RegisterOrder::Created => found
            .order_by(organisation::Column::CreatedAt, direction.clone())
            .order_by(organisation::Column::Id, direction),
    };
    extent.of(found, db).await
}

/// The approved organisations that match a search, by name, at most `most`; and how many match.
pub(super) async fn approved(
    db: &impl ConnectionTrait,
    search: &str,
    most: u64,
) -> Result<(Vec<Organisation>, u64), DbErr> {
    let found = organisation::Entity::find()
        .filter(named(&search_words(search)))
        .filter(organisation::Column::Status.eq(OrganisationStatus::Approved));
    let found = by_name(sea_orm::Order::Asc, found).paginate(db, most);
    let total = found.num_items().await?;
    let rows = found.fetch().await?;
    Ok((rows.into_iter().map(Organisation::from).collect(), total))
}

/// How many organisations wait for a decision.
pub(super) async fn count_proposed(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    organisation::Entity::find()
        .filter(organisation::Column::Status.eq(OrganisationStatus::Proposed))
        .count(db)
        .await
}

/// Adds an organisation; returns its id, or `None` if its registration number exists already.
pub(super) async fn insert(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    input: &OrganisationInput,
    status: OrganisationStatus,
    proposed_by: Option<PersonId>,
) -> Result<Option<OrganisationId>, DbErr> {
    let id = clock.new_id();
    let row = organisation::ActiveModel {
        id: Set(id),
        name: Set(input.name.as_str().to_owned()),
        name_folded: Set(fold(input.name.as_str())),
        registration_number: Set(number(input)),
        kind: Set(input.kind),
        status: Set(status),
        proposed_by: Set(proposed_by),
        decided_by: Set(None),
        decided_at: Set(None),
        decision_reason: Set(None),
        created_at: Set(clock.now()),
    };
    let inserted = organisation::Entity::insert(row)
        .on_conflict(
            OnConflict::column(organisation::Column::RegistrationNumber)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(txn)
        .await?;
    Ok((inserted > 0).then_some(id))
}

/// Proof that a transaction holds the lock of an organisation, with its record: it is neither decided on nor
/// corrected in the meantime.
pub struct OrganisationLock<'txn> {
    txn: &'txn Transaction,
    row: Row,
}

impl OrganisationLock<'_> {
    /// Which.
    #[must_use]
    pub const fn id(&self) -> OrganisationId {
        self.row.id
    }

    /// Its status in the register.
    #[must_use]
    pub const fn status(&self) -> OrganisationStatus {
        self.row.status
    }

    pub(super) const fn row(&self) -> &Row {
        &self.row
    }
}

/// Locks an organisation until the transaction ends, and reads it.
pub(super) async fn lock(
    txn: &Transaction,
    id: OrganisationId,
) -> Result<Option<OrganisationLock<'_>>, DbErr> {
    let locked = organisation::Entity::update_many()
        .col_expr(
            organisation::Column::CreatedAt,
            Expr::col(organisation::Column::CreatedAt),
        )
        .filter(organisation::Column::Id.eq(id))
        .exec_with_returning(txn)
        .await?;
    Ok(locked
        .into_iter()
        .next()
        .map(|row| OrganisationLock { txn, row }))
}

pub(super) async fn correct(
    organisation: &OrganisationLock<'_>,
    input: &OrganisationInput,
) -> Result<(), DbErr> {
    organisation::Entity::update_many()
        .col_expr(organisation::Column::Name, Expr::value(input.name.as_str()))
        .col_expr(
            organisation::Column::NameFolded,
            Expr::value(fold(input.name.as_str())),
        )
        .col_expr(
            organisation::Column::RegistrationNumber,
            Expr::value(number(input)),
        )
        .col_expr(organisation::Column::Kind, Expr::value(input.kind))
        .filter(organisation::Column::Id.eq(organisation.id()))
        .exec(organisation.txn)
        .await
        .map(drop)
}

pub(super) async fn decide(
    organisation: &OrganisationLock<'_>,
    now: DateTime<Utc>,
    status: OrganisationStatus,
    decided_by: AccountId,
    reason: Option<&str>,
) -> Result<(), DbErr> {
    organisation::Entity::update_many()
        .col_expr(organisation::Column::Status, Expr::value(status))
        .col_expr(organisation::Column::DecidedBy, Expr::value(decided_by))
        .col_expr(organisation::Column::DecidedAt, Expr::value(now))
        .col_expr(
            organisation::Column::DecisionReason,
            Expr::value(reason.map(str::to_owned)),
        )
        .filter(organisation::Column::Id.eq(organisation.id()))
        .exec(organisation.txn)
        .await
        .map(drop)
}

/// The merges that have not been undone.
fn in_force() -> Select<organisation_merge::Entity> {
    organisation_merge::Entity::find().filter(organisation_merge::Column::UndoneAt.is_null())
}

/// The most organisations offered for a merge.
const MOST_CANDIDATES: u64 = 20;

/// The organisations that are neither rejected nor merged and that match a search, by name.
pub(super) async fn standing(
    db: &impl ConnectionTrait,
    search: &str,
) -> Result<Vec<Organisation>, DbErr> {
    let gone = [OrganisationStatus::Rejected, OrganisationStatus::Merged];
    let found = organisation::Entity::find()
        .filter(named(&search_words(search)))
        .filter(organisation::Column::Status.is_not_in(gone));
    let found = by_name(sea_orm::Order::Asc, found).limit(MOST_CANDIDATES);
    Ok(found
        .all(db)
        .await?
        .into_iter()
        .map(Organisation::from)
        .collect())
}

/// A merge by its id.
pub(super) async fn merge(
    db: &impl ConnectionTrait,
    id: MergeId,
) -> Result<Option<MergeRow>, DbErr> {
    organisation_merge::Entity::find_by_id(id).one(db).await
}

/// The merges in force into an organisation, the newest first.
pub(super) async fn merges_into(
    db: &impl ConnectionTrait,
    kept: OrganisationId,
) -> Result<Vec<MergeRow>, DbErr> {
    in_force()
        .filter(organisation_merge::Column::KeptId.eq(kept))
        .order_by_desc(organisation_merge::Column::Id)
        .all(db)
        .await
}

/// The merge in force that leads on from an organisation.
pub(super) async fn merge_of(
    db: &impl ConnectionTrait,
    merged: OrganisationId,
) -> Result<Option<MergeRow>, DbErr> {
    in_force()
        .filter(organisation_merge::Column::MergedId.eq(merged))
        .one(db)
        .await
}

/// The organisation to which one leads by merges: itself, if it was not merged.
pub(super) async fn goes_on_as(
    db: &impl ConnectionTrait,
    id: OrganisationId,
) -> Result<OrganisationId, DbErr> {
    let mut id = id;
    // A merge never leads back: the one that goes on is not merged, and is locked.
    while let Some(merge) = merge_of(db, id).await? {
        id = merge.kept_id;
    }
    Ok(id)
}

/// Records a merge.
pub(super) async fn insert_merge(
    merged: &OrganisationLock<'_>,
    kept: OrganisationId,
    (id, now): (MergeId, DateTime<Utc>),
    merged_by: AccountId,
) -> Result<(), DbErr> {
    let row = merged.row();
    let number = row.registration_number.clone();
    let names: Vec<String> = [row.name_folded.clone()]
        .into_iter()
        .chain(number)
        .chain(
            merges_into(merged.txn, merged.id())
                .await?
                .into_iter()
                .map(|earlier| earlier.names_folded),
        )
        .collect();
    let row = organisation_merge::ActiveModel {
        id: Set(id),
        kept_id: Set(kept),
        merged_id: Set(merged.id()),
        status_before: Set(merged.row().status),
        names_folded: Set(names.join("\n")),
        merged_by: Set(merged_by),
        merged_at: Set(now),
        undone_by: Set(None),
        undone_at: Set(None),
    };
    organisation_merge::Entity::insert(row)
        .exec_without_returning(merged.txn)
        .await
        .map(drop)
}

/// Records that a merge was undone; `false` if it had been before.
pub(super) async fn end_merge(
    txn: &Transaction,
    (id, now): (MergeId, DateTime<Utc>),
    undone_by: AccountId,
) -> Result<bool, DbErr> {
    let ended = organisation_merge::Entity::update_many()
        .col_expr(organisation_merge::Column::UndoneAt, Expr::value(now))
        .col_expr(organisation_merge::Column::UndoneBy, Expr::value(undone_by))
        .filter(organisation_merge::Column::Id.eq(id))
        .filter(organisation_merge::Column::UndoneAt.is_null())
        .exec(txn)
        .await?;
    Ok(ended.rows_affected > 0)
}

/// Sets the status without a decision.
pub(super) async fn set_status(
    organisation: &OrganisationLock<'_>,
    status: OrganisationStatus,
) -> Result<(), DbErr> {
    organisation::Entity::update_many()
        .col_expr(organisation::Column::Status, Expr::value(status))
        .filter(organisation::Column::Id.eq(organisation.id()))
        .exec(organisation.txn)
        .await
        .map(drop)
}

/// Records which records of another area a merge has moved, by the name of their table.
///
/// # Errors
/// The database fails.
pub async fn note_moved(
    txn: &Transaction,
    merge_id: MergeId,
    record_kind: &str,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<(), DbErr> {
    let rows: Vec<_> = ids
        .into_iter()
        .map(|id| organisation_move::ActiveModel {
            merge_id: Set(merge_id),
            record_kind: Set(record_kind.to_owned()),
            record_id: Set(id),
        })
        .collect();
    for some in rows.chunks(IDS_AT_ONCE) {
        organisation_move::Entity::insert_many(some.iter().cloned())
            .exec_without_returning(txn)
            .await?;
    }
    Ok(())
}

/// The records of a table that a merge has moved.
///
/// # Errors
/// The database fails.
pub async fn moved(
    db: &impl ConnectionTrait,
    merge_id: MergeId,
    record_kind: &str,
) -> Result<Vec<Uuid>, DbErr> {
    organisation_move::Entity::find()
        .select_only()
        .column(organisation_move::Column::RecordId)
        .filter(organisation_move::Column::MergeId.eq(merge_id))
        .filter(organisation_move::Column::RecordKind.eq(record_kind))
        .order_by_asc(organisation_move::Column::RecordId)
        .into_tuple()
        .all(db)
        .await
}

/// Organisations by their ids, in no order.
pub(super) async fn by_ids(
    db: &impl ConnectionTrait,
    ids: BTreeSet<OrganisationId>,
) -> Result<Vec<Organisation>, DbErr> {
    let mut found = Vec::with_capacity(ids.len());
    let ids: Vec<OrganisationId> = ids.into_iter().collect();
    for some in ids.chunks(IDS_AT_ONCE) {
        let ids = some.iter().copied();
        let query = organisation::Entity::find().filter(organisation::Column::Id.is_in(ids));
        found.extend(query.all(db).await?.into_iter().map(Organisation::from));
    }
    Ok(found)
}

/// Each organisation's `id` and `status`: a fragment of SQL for another area's hand-written query that
/// counts.
pub const STATUSES_SQL: &str = "SELECT id, status FROM organisation";

/// Each organisation as a row of [`NamedOrganisation`], and `name_folded`: a fragment of SQL for another
/// area's hand-written query that lists rows with their organisations.
pub const NAMED_SQL: &str = "SELECT id AS organisation_id, name AS organisation_name, name_folded, \
     registration_number, kind AS organisation_kind, status AS organisation_status FROM organisation";

/// A row of [`NAMED_SQL`].
#[derive(Debug, FromQueryResult)]
pub struct NamedOrganisation {
    organisation_id: OrganisationId,
    organisation_name: String,
    registration_number: Option<String>,
    organisation_kind: OrganisationKind,
    organisation_status: OrganisationStatus,
}

impl From<NamedOrganisation> for Organisation {
    fn from(row: NamedOrganisation) -> Self {
        Self {
            id: row.organisation_id,
            name: row.organisation_name,
            registration_number: row.registration_number,
            kind: row.organisation_kind,
            status: row.organisation_status,
        }
    }
}

/// Joins each row with its organisation, for a query of another area that would otherwise need one query for
/// each row.
pub fn joined<E>(rows: Select<E>) -> SelectTwo<E, organisation::Entity>
where
    E: EntityTrait + Related<organisation::Entity>,
{
    rows.find_also_related(organisation::Entity)
}

/// Whether the name of a [`joined`] organisation contains a folded word.
#[must_use]
pub fn name_holds(word: &str) -> Expr {
    organisation::Column::NameFolded.contains(word)
}

/// The name of a [`joined`] organisation, to sort by; rows without an organisation come first.
#[must_use]
pub fn in_order_of_names() -> Expr {
    in_latvian_order("COALESCE(organisation.name, '')")
}

fn number(input: &OrganisationInput) -> Option<String> {
    input
        .registration_number
        .as_ref()
        .map(|number| number.as_str().to_owned())
}

impl From<Row> for Organisation {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            name: row.name,
            registration_number: row.registration_number,
            kind: row.kind,
            status: row.status,
        }
    }
}

impl From<MergeRow> for Merge {
    fn from(row: MergeRow) -> Self {
        Self {
            id: row.id,
            at: row.merged_at,
        }
    }
}
