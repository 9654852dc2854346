//! The use cases of privacy.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;
use serde_json::json;

use super::{
    Rules, State,
    model::{Applied, GRACE, Pending},
    store,
};
use crate::{
    audit::{self, AuditEntry},
    http::{
        Error, Lang,
        address::{self, Address as _},
    },
    ids::{AccountId, ErasureId, PersonId},
    mail,
    personal::{Erasing, Records, Subject},
};

/// Why an erasure is not accepted.
#[derive(Debug, thiserror::Error)]
pub(super) enum ErasureError {
    /// The password is another.
    #[error("wrong password")]
    WrongPassword,
    /// An area objects; the key of the message that says why.
    #[error("objection: {0}")]
    Objection(&'static str),
    /// Too many guesses, or the database fails.
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<DbErr> for ErasureError {
    fn from(error: DbErr) -> Self {
        Self::Other(error.into())
    }
}

fn entry(actor: Option<AccountId>, action: &'static str, person_id: PersonId) -> AuditEntry {
    AuditEntry {
        actor_account_id: actor,
        action,
        subject_kind: "person",
        subject_id: person_id.to_string(),
        detail: json!({}),
    }
}

/// Everything about a person; that it was read is recorded first.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "privacy.records", skip_all)]
pub(super) async fn records(
    state: &State,
    actor: AccountId,
    person_id: PersonId,
) -> Result<Vec<Records>, DbErr> {
    let noted = entry(Some(actor), "person.data-exported", person_id);
    audit::note(&state.db, state.clock.now(), noted).await?;
    let subject = state.registry.subject(&state.db, person_id).await?;
    let mut all = Vec::new();
    // What a person looks for first is at the end of the order in which areas erase.
    let areas: Vec<_> = state.registry.areas().collect();
    for area in areas.into_iter().rev() {
        all.extend(area.read(&state.db, &subject).await?);
    }
    all.retain(|records| !records.rows.is_empty());
    Ok(all)
}

/// The erasure that a person has asked for.
///
/// # Errors
/// The database fails.
pub(super) async fn pending(state: &State, person_id: PersonId) -> Result<Option<Pending>, DbErr> {
    let found = store::pending(state.db.read(), person_id).await?;
    Ok(found.map(|row| Pending { due_at: row.due_at }))
}

/// Asks for erasure after [`GRACE`], and writes to the person that it was asked for.
///
/// # Errors
/// See [`ErasureError`].
#[tracing::instrument(name = "privacy.request", skip_all)]
pub(super) async fn request(
    state: &State,
    (account_id, person_id): (AccountId, PersonId),
    password: String,
    address: IpAddr,
    lang: Lang,
) -> Result<(), ErasureError> {
    if !state.password.fits(account_id, password, address).await? {
        return Err(ErasureError::WrongPassword);
    }
    let subject = state.registry.subject(&state.db, person_id).await?;
    objection(state, &subject).await?;
    let State {
        clock, composer, ..
    } = state.clone();
    state
        .db
        .write::<_, DbErr>(async move |txn| {
            store::lock_person(txn, person_id).await?;
            if store::pending(txn, person_id).await?.is_some() {
                return Ok(());
            }
            let due_at = clock.now() + GRACE;
            let id = store::insert(txn, &clock, person_id, due_at).await?;
            for address in &subject.addresses {
                let date = lang.date(Lang::riga_date(due_at));
                let mail = composer.mail(
                    lang,
                    "erasure-requested",
                    address,
                    format!("erasure-requested:{id}:{address}"),
                    &[
                        ("date", date.into()),
                        ("link", composer.link(&address::MyData.url(lang)).into()),
                    ],
                );
                mail::enqueue(txn, &clock, mail.for_security()).await?;
            }
            let noted = entry(Some(account_id), "person.erasure-requested", person_id);
            audit::record(txn, clock.now(), noted).await
        })
        .await?;
    state.jobs.wake();
    Ok(())
}

async fn objection(state: &State, subject: &Subject) -> Result<(), ErasureError> {
    for area in state.registry.areas() {
        if let Some(key) = area.objection(&state.db, subject).await? {
            return Err(ErasureError::Objection(key));
        }
    }
    Ok(())
}

/// Takes the request back; `false` if there is none.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "privacy.withdraw", skip_all)]
pub(super) async fn withdraw(
    state: &State,
    account_id: AccountId,
    person_id: PersonId,
) -> Result<bool, DbErr> {
    let clock = state.clock.clone();
    state
        .db
        .write(async move |txn| {
            store::lock_person(txn, person_id).await?;
            let is_withdrawn = store::withdraw(txn, clock.now(), person_id).await?;
            if is_withdrawn {
                let noted = entry(Some(account_id), "person.erasure-withdrawn", person_id);
                audit::record(txn, clock.now(), noted).await?;
            }
            Ok(is_withdrawn)
        })
        .await
}

/// Carries out the erasures that are due, then writes the database anew, so that nothing is left in its unused
/// parts. Returns how many people were erased.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "privacy.erase_due", skip_all)]
pub async fn erase_due(state: &State) -> Result<usize, DbErr> {
    let mut erased = 0;
    for row in store::due(state.db.read(), state.clock.now()).await? {
        let subject = state.registry.subject(&state.db, row.person_id).await?;
        // They may have become the last administrator since they asked.
        if objection(state, &subject).await.is_err() {
            tracing::error!(person.id = %row.person_id, "an erasure is due and waits: this is the last administrator; make another one");
            continue;
        }
        erased += usize::from(erase(state, subject, row.id).await?);
    }
    if store::is_unscrubbed(state.db.read()).await? {
        let begun = state.clock.now();
        state.db.scrub().await?;
        let now = state.clock.now();
        state
            .db
            .write::<_, DbErr>(async move |txn| store::scrubbed(txn, begun, now).await)
            .await?;
    }
    Ok(erased)
}

async fn erase(state: &State, subject: Subject, id: ErasureId) -> Result<bool, DbErr> {
    let mut keeps_facts = false;
    for area in state.registry.areas() {
        keeps_facts |= area.has_facts(&state.db, &subject).await?;
    }
    let (registry, clock) = (state.registry.clone(), state.clock.clone());
    state
        .db
        .write(async move |txn| {
            let now = clock.now();
            let person_id = subject.person_id;
            store::lock_person(txn, person_id).await?;
            if !store::done(txn, now, id).await? {
                return Ok(false);
            }
            let erasing = Erasing {
                subject,
                keeps_facts,
                now,
            };
            for area in registry.areas() {
                area.erase(txn, &erasing).await?;
            }
            audit::record(txn, now, entry(None, "person.erased", person_id)).await?;
            Ok(true)
        })
        .await
}

/// Applies every rule of retention, each in a transaction of its own, and records what it deleted; only counts
/// if `is_dry`.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "privacy.apply_rules", skip_all)]
pub async fn apply_rules(rules: &Rules, is_dry: bool) -> Result<Vec<Applied>, DbErr> {
    let now = rules.clock.now();
    let each: Vec<_> = rules.registry.rules().copied().collect();
    let mut all = Vec::new();
    for rule in each {
        let days = rules.retention.get(rule.name).copied().unwrap_or(rule.days);
        let before = start(now, days);
        let (registry, clock) = (rules.registry.clone(), rules.clock.clone());
        let applied = rules
            .db
            .write::<_, DbErr>(async move |txn| {
                let mut rows = 0;
                for area in registry.areas() {
                    if area.rules().contains(&rule) {
                        rows += area.apply(txn, rule.name, before, is_dry).await?;
                    }
                }
                let applied = Applied {
                    rule: rule.name,
                    days,
                    rows,
                };
                if !is_dry {
                    store::note_run(txn, &clock, before, &applied).await?;
                }
                Ok(applied)
            })
            .await?;
        if applied.rows > 0 && !is_dry {
            tracing::info!(
                rule = applied.rule,
                rows = applied.rows,
                "deleted by a rule of retention"
            );
        }
        all.push(applied);
    }
    Ok(all)
}

fn start(now: DateTime<Utc>, days: u32) -> DateTime<Utc> {
    now - TimeDelta::days(i64::from(days))
}
