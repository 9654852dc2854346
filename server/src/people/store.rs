//! The queries of people.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Related, Select,
    SelectTwo, Set,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use super::model::{Affiliation, NamedEmployer, PRIVACY_NOTICE, PRIVACY_NOTICE_VERSION, Readiness};
use crate::{
    clock::Clock,
    db::{
        IDS_AT_ONCE, Transaction,
        entity::{affiliation, guest, notice_acceptance, person},
        lock::{Locked, Versioned},
    },
    http::Lang,
    ids::{AffiliationId, OrganisationId, PersonId},
    mail::Email,
    organisations::{self, Organisation, OrganisationLock, OrganisationStatus},
    text::{fold, is_of_one_script},
};

/// A person's given and family name, as certificates show it.
///
/// # Errors
/// The database fails, or there is no such person.
pub async fn full_name(db: &impl ConnectionTrait, person_id: PersonId) -> Result<String, DbErr> {
    let (given, family) = names(db, person_id).await?;
    Ok(format!("{given} {family}").trim().to_owned())
}

/// Given and family name; empty until they are entered.
pub(super) async fn names(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<(String, String), DbErr> {
    let person = person::Entity::find_by_id(person_id)
        .one(db)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("person".to_owned()))?;
    Ok((person.given_name, person.family_name))
}

pub use person::Model as PersonRow;

pub(super) use guest::Model as GuestRow;

/// Proof that a transaction holds the lock of a person.
pub type PersonLock<'txn> = Locked<'txn, Person>;

/// The row of a person, which represents everything recorded about them. Its lock serialises the writes about
/// one person, and its version is incremented by each, so that pages cached before are not shown afterwards.
pub enum Person {}

impl Versioned for Person {
    type Id = PersonId;

    const NAME: &'static str = "person";
    const NEXT_VERSION: &'static str = "UPDATE person SET record_version = record_version + 1 \
         WHERE id = ? RETURNING record_version";
}

pub(super) async fn set_names(
    person: &PersonLock<'_>,
    (given, family): (&str, &str),
) -> Result<(), DbErr> {
    person::Entity::update_many()
        .col_expr(person::Column::GivenName, Expr::value(given))
        .col_expr(person::Column::FamilyName, Expr::value(family))
        .col_expr(
            person::Column::NameFolded,
            Expr::value(folded_name(given, family)),
        )
        .col_expr(
            person::Column::HasMixedScripts,
            Expr::value(has_mixed_scripts(given, family)),
        )
        .filter(person::Column::Id.eq(person.id()))
        .exec(person.txn())
        .await
        .map(drop)
}

/// See [`super::readiness`].
pub(super) async fn readiness(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Readiness, DbErr> {
    let (given, family) = names(db, person_id).await?;
    let current = current_affiliation(db, person_id).await?;
    Ok(Readiness {
        has_name: !given.is_empty() || !family.is_empty(),
        has_organisation: current.is_some_and(|(_, at)| at.status != OrganisationStatus::Rejected),
        has_privacy: privacy_acceptance(db, person_id).await?.is_some(),
    })
}

/// When the person accepted the current privacy notice.
pub(super) async fn privacy_acceptance(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let accepted = notice_acceptance::Entity::find()
        .filter(notice_acceptance::Column::PersonId.eq(person_id))
        .filter(notice_acceptance::Column::Notice.eq(PRIVACY_NOTICE))
        .filter(notice_acceptance::Column::Version.eq(PRIVACY_NOTICE_VERSION))
        .one(db)
        .await?;
    Ok(accepted.map(|row| row.accepted_at))
}

/// Records an acceptance, unless there is one.
pub(super) async fn accept_privacy(
    person: &PersonLock<'_>,
    clock: &Clock,
    lang: Lang,
) -> Result<(), DbErr> {
    let row = notice_acceptance::ActiveModel {
        id: Set(clock.new_id()),
        person_id: Set(person.id()),
        notice: Set(PRIVACY_NOTICE.to_owned()),
        version: Set(PRIVACY_NOTICE_VERSION.to_owned()),
        locale: Set(lang.as_str().to_owned()),
        accepted_at: Set(clock.now()),
    };
    let once = OnConflict::columns([
        notice_acceptance::Column::PersonId,
        notice_acceptance::Column::Notice,
        notice_acceptance::Column::Version,
    ])
    .do_nothing()
    .to_owned();
    notice_acceptance::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(person.txn())
        .await
        .map(drop)
}

/// The person's current employer, with the id of the affiliation.
pub(super) async fn current_affiliation(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Option<(affiliation::Model, Organisation)>, DbErr> {
    let rows = affiliation::Entity::find()
        .filter(affiliation::Column::PersonId.eq(person_id))
        .filter(affiliation::Column::Until.is_null());
    let found = organisations::joined(rows).one(db).await?;
    Ok(found.and_then(|(affiliation, organisation)| Some((affiliation, organisation?.into()))))
}

/// The person's employers, newest first.
pub(super) async fn affiliations(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Vec<Affiliation>, DbErr> {
    let rows = affiliation::Entity::find()
        .filter(affiliation::Column::PersonId.eq(person_id))
        .order_by_desc(affiliation::Column::Id);
    let found = organisations::joined(rows).all(db).await?;
    Ok(found
        .into_iter()
        .filter_map(|(affiliation, organisation)| {
            Some(Affiliation {
                organisation: organisation?.into(),
                since: affiliation.since,
                until: affiliation.until,
            })
        })
        .collect())
}

pub(super) async fn end_affiliation(
    person: &PersonLock<'_>,
    id: AffiliationId,
    until: NaiveDate,
) -> Result<(), DbErr> {
    affiliation::Entity::update_many()
        .col_expr(affiliation::Column::Until, Expr::value(until))
        .filter(affiliation::Column::Id.eq(id))
        .filter(affiliation::Column::PersonId.eq(person.id()))
        .exec(person.txn())
        .await
        .map(drop)
}

pub(super) async fn begin_affiliation(
    person: &PersonLock<'_>,
    clock: &Clock,
    organisation: &OrganisationLock<'_>,
    since: NaiveDate,
) -> Result<(), DbErr> {
    affiliation::ActiveModel {
        id: Set(clock.new_id()),
        person_id: Set(person.id()),
        organisation_id: Set(organisation.id()),
        since: Set(since),
        until: Set(None),
        created_at: Set(clock.now()),
    }
    .insert(person.txn())
    .await
    .map(drop)
}

/// How many people currently work for an organisation.
pub(super) async fn count_people(
    db: &impl ConnectionTrait,
    organisation_id: OrganisationId,
) -> Result<u64, DbErr> {
    affiliation::Entity::find()
        .filter(affiliation::Column::OrganisationId.eq(organisation_id))
        .filter(affiliation::Column::Until.is_null())
        .count(db)
        .await
}

/// The people who currently work for an organisation.
pub(super) async fn working_at(
    db: &impl ConnectionTrait,
    organisation_id: OrganisationId,
) -> Result<BTreeSet<PersonId>, DbErr> {
    let people: Vec<PersonId> = affiliation::Entity::find()
        .select_only()
        .column(affiliation::Column::PersonId)
        .filter(affiliation::Column::OrganisationId.eq(organisation_id))
        .filter(affiliation::Column::Until.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(people.into_iter().collect())
}

/// The people who have ever named an organisation as their employer.
pub(super) async fn have_named(
    db: &impl ConnectionTrait,
    organisation_id: OrganisationId,
) -> Result<BTreeSet<PersonId>, DbErr> {
    let people: Vec<PersonId> = affiliation::Entity::find()
        .select_only()
        .column(affiliation::Column::PersonId)
        .distinct()
        .filter(affiliation::Column::OrganisationId.eq(organisation_id))
        .into_tuple()
        .all(db)
        .await?;
    Ok(people.into_iter().collect())
}

/// The employers that a person has named, in the order in which they named them.
pub(super) async fn named_employers(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Vec<NamedEmployer>, DbErr> {
    let rows = affiliation::Entity::find()
        .filter(affiliation::Column::PersonId.eq(person_id))
        .order_by_asc(affiliation::Column::CreatedAt)
        .order_by_asc(affiliation::Column::Id);
    let found = organisations::joined(rows).all(db).await?;
    Ok(found
        .into_iter()
        .filter_map(|(affiliation, organisation)| {
            Some(NamedEmployer {
                organisation: organisation?.into(),
                named_at: affiliation.created_at,
                is_current: affiliation.until.is_none(),
            })
        })
        .collect())
}

/// See [`super::move_affiliations`].
pub(super) async fn move_affiliations(
    people: &[PersonLock<'_>],
    from: OrganisationId,
    into: OrganisationId,
) -> Result<Vec<AffiliationId>, DbErr> {
    let mut moved = Vec::new();
    for person in people {
        let rows = affiliation::Entity::update_many()
            .col_expr(affiliation::Column::OrganisationId, Expr::value(into))
            .filter(affiliation::Column::OrganisationId.eq(from))
            .filter(affiliation::Column::PersonId.eq(person.id()))
            .exec_with_returning(person.txn())
            .await?;
        moved.extend(rows.into_iter().map(|row| row.id));
    }
    Ok(moved)
}

/// See [`super::affiliations_at`].
pub(super) async fn affiliations_at(
    db: &impl ConnectionTrait,
    ids: &[AffiliationId],
    organisation_id: OrganisationId,
) -> Result<Vec<(AffiliationId, PersonId)>, DbErr> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_AT_ONCE) {
        let rows: Vec<(AffiliationId, PersonId)> = affiliation::Entity::find()
            .select_only()
            .column(affiliation::Column::Id)
            .column(affiliation::Column::PersonId)
            .filter(affiliation::Column::Id.is_in(some.iter().copied()))
            .filter(affiliation::Column::OrganisationId.eq(organisation_id))
            .order_by_asc(affiliation::Column::Id)
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows);
    }
    Ok(found)
}

/// See [`super::return_affiliations`].
pub(super) async fn set_organisation(
    people: &[PersonLock<'_>],
    ids: &[AffiliationId],
    organisation_id: OrganisationId,
) -> Result<(), DbErr> {
    let Some(txn) = people.first().map(PersonLock::txn) else {
        return Ok(());
    };
    for some in ids.chunks(IDS_AT_ONCE) {
        affiliation::Entity::update_many()
            .col_expr(
                affiliation::Column::OrganisationId,
                Expr::value(organisation_id),
            )
            .filter(affiliation::Column::Id.is_in(some.iter().copied()))
            .exec(txn)
            .await?;
    }
    Ok(())
}

/// Adds a person.
pub(super) async fn insert(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    (given, family): (&str, &str),
) -> Result<PersonId, DbErr> {
    let id = clock.new_id();
    person::ActiveModel {
        id: Set(id),
        given_name: Set(given.to_owned()),
        family_name: Set(family.to_owned()),
        name_folded: Set(folded_name(given, family)),
        has_mixed_scripts: Set(has_mixed_scripts(given, family)),
        record_version: Set(0),
        created_at: Set(clock.now()),
    }
    .insert(txn)
    .await?;
    Ok(id)
}

fn folded_name(given: &str, family: &str) -> String {
    fold(&format!("{given} {family}"))
}

fn has_mixed_scripts(given: &str, family: &str) -> bool {
    !is_of_one_script(&format!("{given} {family}"))
}

/// Joins each row with its person, for a query of another area that would otherwise need one query for each
/// row.
pub fn joined<E>(rows: Select<E>) -> SelectTwo<E, person::Entity>
where
    E: EntityTrait + Related<person::Entity>,
{
    rows.find_also_related(person::Entity)
}

/// Each person's id, names, folded name, and whether the name has letters of several alphabets: a fragment of
/// SQL for another area's hand-written query that lists rows with their people.
pub const NAMES_SQL: &str = "SELECT id AS named_person_id, given_name, family_name, name_folded, \
     has_mixed_scripts FROM person";

/// Each person's id, given name (or the only name) and record version: a fragment of SQL for the query of every
/// request, which would otherwise need a second one.
pub const SIGNED_IN_SQL: &str = "SELECT id AS signed_in_person_id, \
     CASE WHEN given_name = '' THEN family_name ELSE given_name END AS given_name, \
     record_version FROM person";

/// The condition that a person's name contains a folded word (see [`crate::text::search_words`]), for a query
/// of [`joined`] rows.
#[must_use]
pub fn name_holds(word: &str) -> Expr {
    person::Column::NameFolded.contains(word)
}

/// The condition that a person's name has letters of several alphabets, for a query of [`joined`] rows.
#[must_use]
pub fn name_is_mixed() -> Expr {
    person::Column::HasMixedScripts.eq(true)
}

/// The guest with an address.
pub(super) async fn guest_of(
    db: &impl ConnectionTrait,
    email: &Email,
) -> Result<Option<GuestRow>, DbErr> {
    guest::Entity::find()
        .filter(guest::Column::Email.eq(email.as_str()))
        .one(db)
        .await
}

/// Makes a person a guest; `false` if the address belongs to another.
pub(super) async fn insert_guest(
    txn: &Transaction,
    clock: &Clock,
    person_id: PersonId,
    email: &Email,
    lang: Lang,
) -> Result<bool, DbErr> {
    let row = guest::ActiveModel {
        person_id: Set(person_id),
        email: Set(email.as_str().to_owned()),
        email_confirmed_at: Set(None),
        locale: Set(lang.as_str().to_owned()),
        created_at: Set(clock.now()),
    };
    let inserted = guest::Entity::insert(row)
        .on_conflict(
            OnConflict::column(guest::Column::Email)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(txn)
        .await?;
    Ok(inserted > 0)
}

/// Deletes a person who was added in this transaction and has no records.
pub(super) async fn delete_unknown(txn: &Transaction, person_id: PersonId) -> Result<(), DbErr> {
    person::Entity::delete_by_id(person_id)
        .exec(txn)
        .await
        .map(drop)
}

/// Records that a guest's address is confirmed, unless it was before; `false` if there is no such guest.
pub(super) async fn confirm_guest(
    person: &PersonLock<'_>,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let confirmed = Expr::col(guest::Column::EmailConfirmedAt).if_null(Expr::value(now));
    let updated = guest::Entity::update_many()
        .col_expr(guest::Column::EmailConfirmedAt, confirmed)
        .filter(guest::Column::PersonId.eq(person.id()))
        .exec(person.txn())
        .await?;
    Ok(updated.rows_affected > 0)
}

/// What a person is as a guest.
pub(super) async fn guest(person: &PersonLock<'_>) -> Result<Option<GuestRow>, DbErr> {
    guest::Entity::find_by_id(person.id())
        .one(person.txn())
        .await
}

pub(super) async fn delete_guest(person: &PersonLock<'_>) -> Result<(), DbErr> {
    guest::Entity::delete_by_id(person.id())
        .exec(person.txn())
        .await
        .map(drop)
}

/// The confirmed addresses of guests, with their languages.
pub(super) async fn guest_addresses(
    db: &impl ConnectionTrait,
    people: &BTreeSet<PersonId>,
) -> Result<Vec<(PersonId, String, Lang)>, DbErr> {
    let rows = guest::Entity::find()
        .filter(guest::Column::PersonId.is_in(people.iter().copied()))
        .filter(guest::Column::EmailConfirmedAt.is_not_null())
        .order_by_asc(guest::Column::PersonId)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let lang = Lang::from_tag(&row.locale).unwrap_or(Lang::Lv);
            (row.person_id, row.email, lang)
        })
        .collect())
}
