//! The queries of people and organisations.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set, Statement,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::model::{
    Affiliation, Organisation, OrganisationInput, PRIVACY_NOTICE, PRIVACY_NOTICE_VERSION,
    PersonName, Readiness, Status, fold,
};
use crate::{
    clock::Clock,
    db::{
        entity::{account, affiliation, notice_acceptance, organisation, person},
        written,
    },
    http::Lang,
};

pub(super) use crate::db::entity::organisation::Model as OrganisationRow;

/// A person's given and family name, as certificates show it.
///
/// # Errors
/// The database fails, or there is no such person.
pub async fn full_name(db: &impl ConnectionTrait, person_id: Uuid) -> Result<String, DbErr> {
    let (given, family) = names(db, person_id).await?;
    Ok(format!("{given} {family}").trim().to_owned())
}

/// Given and family name; empty until the person has said.
pub(super) async fn names(
    db: &impl ConnectionTrait,
    person_id: Uuid,
) -> Result<(String, String), DbErr> {
    let person = person::Entity::find_by_id(person_id)
        .one(db)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("person".to_owned()))?;
    Ok((person.given_name, person.family_name))
}

/// Says that something about a person changes that pages show: those rendered before are no longer
/// shown. The first statement of every write about a person, so that they follow each other. Gives
/// the version that the write makes, one more than the last.
///
/// # Errors
/// The database fails, or there is no such person.
pub async fn touch(txn: &impl ConnectionTrait, person_id: Uuid) -> Result<i64, DbErr> {
    txn.query_one_raw(touching(txn, person_id))
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("person".to_owned()))?
        .try_get("", "learning_version")
}

/// The statement that touches a person, for [`Db::run`](crate::db::Db::run).
pub fn touching(db: &impl ConnectionTrait, person_id: Uuid) -> Statement {
    const TOUCH: &str = "UPDATE person SET learning_version = learning_version + 1 WHERE id = ? \
         RETURNING learning_version";
    written(db, TOUCH, [person_id.into()])
}

pub(super) async fn set_names(
    txn: &impl ConnectionTrait,
    person_id: Uuid,
    given: &PersonName,
    family: &PersonName,
) -> Result<(), DbErr> {
    person::Entity::update_many()
        .col_expr(person::Column::GivenName, Expr::value(given.as_str()))
        .col_expr(person::Column::FamilyName, Expr::value(family.as_str()))
        .filter(person::Column::Id.eq(person_id))
        .exec(txn)
        .await
        .map(drop)
}

/// See [`super::readiness`].
pub(super) async fn readiness(
    db: &impl ConnectionTrait,
    person_id: Uuid,
) -> Result<Readiness, DbErr> {
    let (given, family) = names(db, person_id).await?;
    let current = current_affiliation(db, person_id).await?;
    Ok(Readiness {
        has_name: !given.is_empty() && !family.is_empty(),
        has_organisation: current.is_some_and(|(_, at)| at.status != Status::Rejected),
        has_privacy: privacy_acceptance(db, person_id).await?.is_some(),
    })
}

/// When the person accepted the privacy notice in force.
pub(super) async fn privacy_acceptance(
    db: &impl ConnectionTrait,
    person_id: Uuid,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let accepted = notice_acceptance::Entity::find()
        .filter(notice_acceptance::Column::PersonId.eq(person_id))
        .filter(notice_acceptance::Column::Notice.eq(PRIVACY_NOTICE))
        .filter(notice_acceptance::Column::Version.eq(PRIVACY_NOTICE_VERSION))
        .one(db)
        .await?;
    Ok(accepted.map(|row| row.accepted_at))
}

/// Notes an acceptance; one made before stays as it is.
pub(super) async fn accept_privacy(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    person_id: Uuid,
    lang: Lang,
) -> Result<(), DbErr> {
    let row = notice_acceptance::ActiveModel {
        id: Set(clock.new_id()),
        person_id: Set(person_id),
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
        .exec_without_returning(txn)
        .await
        .map(drop)
}

/// For whom the person works now, with the row's id.
pub(super) async fn current_affiliation(
    db: &impl ConnectionTrait,
    person_id: Uuid,
) -> Result<Option<(affiliation::Model, OrganisationRow)>, DbErr> {
    let found = affiliation::Entity::find()
        .find_also_related(organisation::Entity)
        .filter(affiliation::Column::PersonId.eq(person_id))
        .filter(affiliation::Column::Until.is_null())
        .one(db)
        .await?;
    Ok(found.and_then(|(affiliation, organisation)| Some((affiliation, organisation?))))
}

/// For whom the person has worked, the newest first.
pub(super) async fn affiliations(
    db: &impl ConnectionTrait,
    person_id: Uuid,
) -> Result<Vec<Affiliation>, DbErr> {
    let found = affiliation::Entity::find()
        .find_also_related(organisation::Entity)
        .filter(affiliation::Column::PersonId.eq(person_id))
        .order_by_desc(affiliation::Column::Id)
        .all(db)
        .await?;
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
    txn: &impl ConnectionTrait,
    id: Uuid,
    until: NaiveDate,
) -> Result<(), DbErr> {
    affiliation::Entity::update_many()
        .col_expr(affiliation::Column::Until, Expr::value(until))
        .filter(affiliation::Column::Id.eq(id))
        .exec(txn)
        .await
        .map(drop)
}

pub(super) async fn begin_affiliation(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    person_id: Uuid,
    organisation_id: Uuid,
    since: NaiveDate,
) -> Result<(), DbErr> {
    affiliation::ActiveModel {
        id: Set(clock.new_id()),
        person_id: Set(person_id),
        organisation_id: Set(organisation_id),
        since: Set(since),
        until: Set(None),
        created_at: Set(clock.now()),
    }
    .insert(txn)
    .await
    .map(drop)
}

pub(super) async fn organisation_by_id(
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<OrganisationRow>, DbErr> {
    organisation::Entity::find_by_id(id).one(db).await
}

/// The organisation of a registration number.
pub(super) async fn organisation_by_number(
    db: &impl ConnectionTrait,
    number: &str,
) -> Result<Option<OrganisationRow>, DbErr> {
    organisation::Entity::find()
        .filter(organisation::Column::RegistrationNumber.eq(number))
        .one(db)
        .await
}

/// How many words of a query are looked for: each is a part of the statement, whose size the
/// database bounds.
const MOST_WORDS: usize = 20;

/// A page of the organisations of a status (of all, without one) whose name holds every word of a
/// query or whose number begins with it, by name; and how many fit in all. Pages count from 0;
/// past the end, the last.
pub(super) async fn organisations(
    db: &impl ConnectionTrait,
    query: &str,
    status: Option<Status>,
    page: u64,
    page_size: u64,
) -> Result<(Vec<Organisation>, u64), DbErr> {
    let mut fits = Condition::all();
    for word in fold(query).split_whitespace().take(MOST_WORDS) {
        // Folded words hold letters and digits only, so none needs escaping.
        let mut one = Condition::any().add(organisation::Column::NameFolded.contains(word));
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            one = one.add(organisation::Column::RegistrationNumber.starts_with(word));
        }
        fits = fits.add(one);
    }
    let found = organisation::Entity::find()
        .filter(fits)
        .filter(status.map_or_else(Condition::all, |status| {
            Condition::all().add(organisation::Column::Status.eq(status))
        }))
        .order_by_asc(organisation::Column::NameFolded)
        .order_by_asc(organisation::Column::Id)
        .paginate(db, page_size);
    let total = found.num_items().await?;
    // Past the end, the last page: an offset of any size would not fit.
    let page = Ord::min(page, total.saturating_sub(1) / Ord::max(page_size, 1));
    let rows = found.fetch_page(page).await?;
    Ok((rows.into_iter().map(Organisation::from).collect(), total))
}

/// How many organisations wait for a decision.
pub(super) async fn count_proposed(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    organisation::Entity::find()
        .filter(organisation::Column::Status.eq(Status::Proposed))
        .count(db)
        .await
}

/// How many people work for an organisation now.
pub(super) async fn count_people(
    db: &impl ConnectionTrait,
    organisation_id: Uuid,
) -> Result<u64, DbErr> {
    affiliation::Entity::find()
        .filter(affiliation::Column::OrganisationId.eq(organisation_id))
        .filter(affiliation::Column::Until.is_null())
        .count(db)
        .await
}

/// Adds an organisation; its id, or `None` when its registration number is there already.
pub(super) async fn insert_organisation(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    input: &OrganisationInput,
    status: Status,
    proposed_by: Option<Uuid>,
) -> Result<Option<Uuid>, DbErr> {
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

/// Locks an organisation until the transaction ends, and reads it.
pub(super) async fn lock_organisation(
    txn: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<OrganisationRow>, DbErr> {
    let locked = organisation::Entity::update_many()
        .col_expr(
            organisation::Column::CreatedAt,
            Expr::col(organisation::Column::CreatedAt),
        )
        .filter(organisation::Column::Id.eq(id))
        .exec_with_returning(txn)
        .await?;
    Ok(locked.into_iter().next())
}

pub(super) async fn correct_organisation(
    txn: &impl ConnectionTrait,
    id: Uuid,
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
        .filter(organisation::Column::Id.eq(id))
        .exec(txn)
        .await
        .map(drop)
}

pub(super) async fn decide(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    id: Uuid,
    status: Status,
    decided_by: Uuid,
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
        .filter(organisation::Column::Id.eq(id))
        .exec(txn)
        .await
        .map(drop)
}

/// The addresses, with their languages, of those who work for an organisation now.
pub(super) async fn addresses_at(
    db: &impl ConnectionTrait,
    organisation_id: Uuid,
) -> Result<Vec<(Uuid, String, Lang)>, DbErr> {
    let people: Vec<Uuid> = affiliation::Entity::find()
        .select_only()
        .column(affiliation::Column::PersonId)
        .filter(affiliation::Column::OrganisationId.eq(organisation_id))
        .filter(affiliation::Column::Until.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let accounts = account::Entity::find()
        .filter(account::Column::PersonId.is_in(people))
        .filter(account::Column::DisabledAt.is_null())
        .order_by_asc(account::Column::Id)
        .all(db)
        .await?;
    Ok(accounts
        .into_iter()
        .map(|row| {
            (
                row.person_id,
                row.email,
                Lang::from_tag(&row.locale).unwrap_or(Lang::Lv),
            )
        })
        .collect())
}

/// Locks everybody who works for an organisation, and others, and makes pages about them stale.
pub(super) async fn touch_people_at(
    txn: &impl ConnectionTrait,
    organisation_id: Uuid,
    others: &BTreeSet<Uuid>,
) -> Result<(), DbErr> {
    let people: Vec<Uuid> = affiliation::Entity::find()
        .select_only()
        .column(affiliation::Column::PersonId)
        .filter(affiliation::Column::OrganisationId.eq(organisation_id))
        .filter(affiliation::Column::Until.is_null())
        .into_tuple()
        .all(txn)
        .await?;
    // In one order everywhere, so that two writes do not wait for each other.
    let people: BTreeSet<Uuid> = people.into_iter().chain(others.iter().copied()).collect();
    for person_id in people {
        touch(txn, person_id).await?;
    }
    Ok(())
}

fn number(input: &OrganisationInput) -> Option<String> {
    input
        .registration_number
        .as_ref()
        .map(|number| number.as_str().to_owned())
}

impl From<OrganisationRow> for Organisation {
    fn from(row: OrganisationRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            registration_number: row.registration_number,
            kind: row.kind,
            status: row.status,
        }
    }
}
