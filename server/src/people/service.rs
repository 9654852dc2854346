//! The use cases of people and the register of organisations; each owns its transaction.

use std::{collections::BTreeSet, sync::Arc};

use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;
use uuid::Uuid;

use super::{
    model::{
        Affiliation, Organisation, OrganisationInput, PersonName, Readiness, Reason, Status,
        kind_slug, status_slug,
    },
    store::{self, OrganisationRow},
};
use crate::{
    audit,
    clock::Clock,
    db::Db,
    http::Lang,
    jobs::Notifier,
    mail::{self, Composer},
    programme::{self, Programme},
};

/// How many organisations are on a page of the register.
pub const PAGE_SIZE: u64 = 25;

/// How many organisations a person is offered at a time.
pub const OFFERED: u64 = 20;

/// Which steps a person has taken and which are missing before they may enrol.
///
/// # Errors
/// The database fails.
pub async fn readiness(db: &Db, person_id: Uuid) -> Result<Readiness, DbErr> {
    store::readiness(db.read(), person_id).await
}

/// Given and family name; empty until the person has said.
///
/// # Errors
/// The database fails.
pub async fn names(db: &Db, person_id: Uuid) -> Result<(String, String), DbErr> {
    store::names(db.read(), person_id).await
}

/// Sets how the person is called. Certificates issued before keep the name they have.
///
/// # Errors
/// The database fails.
pub async fn set_names(
    db: &Db,
    person_id: Uuid,
    given: PersonName,
    family: PersonName,
) -> Result<(), DbErr> {
    db.write(async move |txn| {
        store::touch(txn, person_id).await?;
        store::set_names(txn, person_id, &given, &family).await
    })
    .await
}

/// For whom the person works and has worked, the newest first.
///
/// # Errors
/// The database fails.
pub async fn affiliations(db: &Db, person_id: Uuid) -> Result<Vec<Affiliation>, DbErr> {
    store::affiliations(db.read(), person_id).await
}

/// The approved organisations that fit a search, [`OFFERED`] at most, and how many fit in all.
///
/// # Errors
/// The database fails.
pub async fn search(db: &Db, query: &str) -> Result<(Vec<Organisation>, u64), DbErr> {
    store::organisations(db.read(), query, Some(Status::Approved), 0, OFFERED).await
}

/// Why somebody's organisation was not set.
#[derive(Debug, thiserror::Error)]
pub enum ChooseError {
    /// There is no such organisation in the register.
    #[error("no such organisation")]
    NoOrganisation,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Says for whom the person works from today on; what they said before ends today. Saying the same
/// again changes nothing. What they completed while their organisation was unknown, or was one that was
/// turned down, counts for this one.
///
/// # Errors
/// See [`ChooseError`].
pub async fn choose(
    clock: &Clock,
    db: &Db,
    programme: &Arc<Programme>,
    person_id: Uuid,
    organisation_id: Uuid,
) -> Result<(), ChooseError> {
    let (clock, programme) = (clock.clone(), Arc::clone(programme));
    db.write(async move |txn| {
        store::touch(txn, person_id).await?;
        let found = store::organisation_by_id(txn, organisation_id).await?;
        if found.is_none_or(|found| found.status != Status::Approved) {
            return Err(ChooseError::NoOrganisation);
        }
        move_to(txn, &clock, person_id, organisation_id).await?;
        programme::reconsider(txn, &clock, &programme, [person_id]).await?;
        Ok(())
    })
    .await
}

/// Says that the person works for an organisation that is not in the register. It is proposed for
/// it, unless its registration number shows that it is there already.
///
/// # Errors
/// [`ChooseError::NoOrganisation`] when the number belongs to one that was turned down.
pub async fn propose(
    clock: &Clock,
    db: &Db,
    programme: &Arc<Programme>,
    person_id: Uuid,
    input: OrganisationInput,
) -> Result<(), ChooseError> {
    let (clock, programme) = (clock.clone(), Arc::clone(programme));
    db.write(async move |txn| {
        store::touch(txn, person_id).await?;
        let added =
            store::insert_organisation(txn, &clock, &input, Status::Proposed, Some(person_id))
                .await?;
        // The registration number is known already: then it is that organisation.
        let id = if let Some(id) = added {
            id
        } else {
            let number = input
                .registration_number
                .as_ref()
                .map_or("", |number| number.as_str());
            store::organisation_by_number(txn, number)
                .await?
                .filter(|known| known.status != Status::Rejected)
                .ok_or(ChooseError::NoOrganisation)?
                .id
        };
        move_to(txn, &clock, person_id, id).await?;
        programme::reconsider(txn, &clock, &programme, [person_id]).await?;
        Ok(())
    })
    .await
}

/// Says for whom a person works, in the caller's transaction; for the demonstration.
///
/// # Errors
/// The database fails.
pub async fn affiliate(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    person_id: Uuid,
    organisation_id: Uuid,
) -> Result<(), DbErr> {
    store::touch(txn, person_id).await?;
    move_to(txn, clock, person_id, organisation_id).await
}

async fn move_to(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    person_id: Uuid,
    organisation_id: Uuid,
) -> Result<(), DbErr> {
    let today = Lang::riga_date(clock.now());
    if let Some((current, _)) = store::current_affiliation(txn, person_id).await? {
        if current.organisation_id == organisation_id {
            return Ok(());
        }
        store::end_affiliation(txn, current.id, today).await?;
    }
    store::begin_affiliation(txn, clock, person_id, organisation_id, today).await
}

/// Notes that the person accepts the privacy notice in force.
///
/// # Errors
/// The database fails.
pub async fn accept_privacy(
    clock: &Clock,
    db: &Db,
    person_id: Uuid,
    lang: Lang,
) -> Result<(), DbErr> {
    let clock = clock.clone();
    db.write(async move |txn| {
        store::touch(txn, person_id).await?;
        store::accept_privacy(txn, &clock, person_id, lang).await
    })
    .await
}

/// The same in the caller's transaction; for the demonstration.
///
/// # Errors
/// The database fails.
pub async fn accept_privacy_in(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    person_id: Uuid,
    lang: Lang,
) -> Result<(), DbErr> {
    store::accept_privacy(txn, clock, person_id, lang).await
}

/// Whether the person accepted the notice in force, and when.
///
/// # Errors
/// The database fails.
pub async fn privacy_acceptance(
    db: &Db,
    person_id: Uuid,
) -> Result<Option<chrono::DateTime<chrono::Utc>>, DbErr> {
    store::privacy_acceptance(db.read(), person_id).await
}

/// A page of the register, how many organisations fit in all, and how many wait for a decision.
/// Pages count from 1.
///
/// # Errors
/// The database fails.
pub async fn register(
    db: &Db,
    query: &str,
    status: Option<Status>,
    page: u64,
) -> Result<(Vec<Organisation>, u64, u64), DbErr> {
    let (rows, total) =
        store::organisations(db.read(), query, status, page.saturating_sub(1), PAGE_SIZE).await?;
    Ok((rows, total, store::count_proposed(db.read()).await?))
}

/// An organisation with what a manager decides by.
#[derive(Debug, Clone)]
pub struct OrganisationRecord {
    /// The organisation.
    pub organisation: Organisation,
    /// How many people work for it now.
    pub people: u64,
    /// When it was recorded.
    pub created_at: chrono::DateTime<chrono::Utc>,
    /// When it was decided on.
    pub decided_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Why it was turned down.
    pub decision_reason: Option<String>,
    /// Organisations in the register whose name is like it: perhaps the same.
    pub alike: Vec<Organisation>,
}

/// An organisation by its id.
///
/// # Errors
/// The database fails.
pub async fn organisation(db: &Db, id: Uuid) -> Result<Option<OrganisationRecord>, DbErr> {
    let Some(row) = store::organisation_by_id(db.read(), id).await? else {
        return Ok(None);
    };
    let people = store::count_people(db.read(), id).await?;
    let alike = if row.status == Status::Proposed {
        let (mut alike, _) =
            store::organisations(db.read(), &row.name, Some(Status::Approved), 0, OFFERED).await?;
        alike.retain(|other| other.id != id);
        alike
    } else {
        Vec::new()
    };
    Ok(Some(OrganisationRecord {
        people,
        created_at: row.created_at,
        decided_at: row.decided_at,
        decision_reason: row.decision_reason.clone(),
        organisation: row.into(),
        alike,
    }))
}

/// Why an organisation's record was not changed.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// There is no such organisation.
    #[error("no such organisation")]
    NoOrganisation,
    /// Another organisation has the registration number.
    #[error("the registration number is another's")]
    NumberTaken,
    /// It is decided already, in this way.
    #[error("decided already")]
    Decided,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Corrects name, kind and registration number.
///
/// # Errors
/// See [`RegisterError`].
pub async fn correct(
    clock: &Clock,
    db: &Db,
    programme: &Arc<Programme>,
    actor_account_id: Uuid,
    id: Uuid,
    input: OrganisationInput,
) -> Result<(), RegisterError> {
    let (clock, programme) = (clock.clone(), Arc::clone(programme));
    db.write(async move |txn| {
            let before = locked(txn, id).await?;
            if let Some(number) = &input.registration_number {
                let holder = store::organisation_by_number(txn, number.as_str()).await?;
                if holder.is_some_and(|holder| holder.id != id) {
                    return Err(RegisterError::NumberTaken);
                }
            }
            match store::correct_organisation(txn, id, &input).await {
                Err(error) if crate::db::is_unique_violation(&error) => return Err(RegisterError::NumberTaken),
                result => result?,
            }
            let detail = json!({
                "before": facts(&before.name, before.registration_number.as_deref(), kind_slug(before.kind)),
                "after": facts(
                    input.name.as_str(),
                    input.registration_number.as_ref().map(super::model::RegistrationNumber::as_str),
                    kind_slug(input.kind),
                ),
            });
            if before.kind != input.kind {
                // What their people learnt counts where it belongs now, with the reason kept.
                programme::reassess_organisation(txn, &clock, &programme, id, programme::KIND_CORRECTED).await?;
            }
            note(txn, &clock, actor_account_id, "organisation.correct", id, detail).await
        })
    .await
}

/// Takes a proposed (or formerly rejected) organisation into the register.
///
/// # Errors
/// See [`RegisterError`].
pub async fn approve(
    clock: &Clock,
    db: &Db,
    actor_account_id: Uuid,
    id: Uuid,
) -> Result<(), RegisterError> {
    let clock = clock.clone();
    db.write(async move |txn| {
        let before = locked(txn, id).await?;
        if before.status == Status::Approved {
            return Err(RegisterError::Decided);
        }
        store::touch_people_at(txn, id, &BTreeSet::new()).await?;
        store::decide(
            txn,
            clock.now(),
            id,
            Status::Approved,
            actor_account_id,
            None,
        )
        .await?;
        let detail = json!({ "before": status_slug(before.status) });
        note(
            txn,
            &clock,
            actor_account_id,
            "organisation.approve",
            id,
            detail,
        )
        .await
    })
    .await
}

/// Turns an organisation down. Those who named it are told why and asked to choose another; what those
/// completed who have named another meanwhile counts for that one.
///
/// # Errors
/// See [`RegisterError`].
pub async fn reject(
    clock: &Clock,
    db: &Db,
    programme: &Arc<Programme>,
    (composer, jobs): (Composer, &Notifier),
    (actor_account_id, id): (Uuid, Uuid),
    reason: Reason,
) -> Result<(), RegisterError> {
    let (clock, programme) = (clock.clone(), Arc::clone(programme));
    db.write(async move |txn| {
        let before = locked(txn, id).await?;
        if before.status == Status::Rejected {
            return Err(RegisterError::Decided);
        }
        let now = clock.now();
        let counted = programme::people_counted_for(txn, id).await?;
        store::touch_people_at(txn, id, &counted).await?;
        store::decide(
            txn,
            now,
            id,
            Status::Rejected,
            actor_account_id,
            Some(reason.as_str()),
        )
        .await?;
        for (person_id, email, lang) in store::addresses_at(txn, id).await? {
            let args = [
                ("organisation", before.name.as_str().into()),
                ("reason", reason.as_str().into()),
                ("link", composer.link(lang, "me/organisation").into()),
            ];
            let key = format!("organisation-rejected:{id}:{person_id}:{}", now.timestamp());
            let mail = composer.mail(lang, "organisation-rejected", &email, key, &args);
            mail::enqueue(txn, &clock, mail).await?;
        }
        programme::reconsider(txn, &clock, &programme, counted).await?;
        let detail = json!({ "before": status_slug(before.status), "reason": reason.as_str() });
        note(
            txn,
            &clock,
            actor_account_id,
            "organisation.reject",
            id,
            detail,
        )
        .await
    })
    .await?;
    jobs.wake();
    Ok(())
}

/// Adds an approved organisation to the register, in the caller's transaction; `None` when its
/// registration number is there already. For imports and the demonstration.
///
/// # Errors
/// The database fails.
pub async fn add_approved(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    input: &OrganisationInput,
) -> Result<Option<Uuid>, DbErr> {
    store::insert_organisation(txn, clock, input, Status::Approved, None).await
}

async fn locked(txn: &impl ConnectionTrait, id: Uuid) -> Result<OrganisationRow, RegisterError> {
    store::lock_organisation(txn, id)
        .await?
        .ok_or(RegisterError::NoOrganisation)
}

async fn note(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    actor_account_id: Uuid,
    action: &'static str,
    id: Uuid,
    detail: serde_json::Value,
) -> Result<(), RegisterError> {
    let entry = audit::Entry {
        actor_account_id: Some(actor_account_id),
        action,
        subject_kind: "organisation",
        subject_id: id.to_string(),
        detail,
    };
    Ok(audit::record(txn, clock.now(), entry).await?)
}

fn facts(name: &str, number: Option<&str>, kind: &str) -> serde_json::Value {
    json!({ "name": name, "registration_number": number, "kind": kind })
}
