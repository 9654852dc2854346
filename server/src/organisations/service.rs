//! The use cases of the register; each has its own transaction.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use futures::future::LocalBoxFuture;
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::{
    forms::{OrganisationInput, Reason, RegistrationNumber, digits},
    list::RegisterQuery,
    model::{
        Dependants, Merge, Organisation, OrganisationStatus, Returned, kind_slug, status_slug,
    },
    store::{self, MergeRow, OrganisationLock},
};
use crate::{
    audit,
    clock::Clock,
    db::{Db, Transaction},
    ids::{AccountId, MergeId, OrganisationId, PersonId},
    jobs::Notifier,
    list::{Extent, FoundRows},
    text::fold,
};

/// The most organisations that a search shows to a person.
pub(super) const OFFERED: u64 = 20;

/// A change of an organisation by a manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrganisationChange {
    /// Approved.
    Approved,
    /// Rejected.
    Rejected(Reason),
    /// Its kind was corrected: it had been wrong from the beginning.
    KindCorrected,
}

/// What other areas know about organisations, and how they react to a change or a merge. Implemented on top of the
/// areas, so that the register does not depend on them.
pub trait OnChange: Send + Sync {
    /// How many people currently work for an organisation.
    fn people_at<'a>(
        &'a self,
        db: &'a Db,
        organisation_id: OrganisationId,
    ) -> LocalBoxFuture<'a, Result<u64, DbErr>>;

    /// Called in the transaction of the change, after it was written; the organisation's row is locked.
    fn changed<'a>(
        &'a self,
        txn: &'a Transaction,
        clock: &'a Clock,
        before: &'a Organisation,
        change: &'a OrganisationChange,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>>;

    /// What depends on an organisation, and would move with a merge.
    fn dependants<'a>(
        &'a self,
        db: &'a Db,
        organisation_id: OrganisationId,
    ) -> LocalBoxFuture<'a, Result<Dependants, DbErr>>;

    /// Called in the transaction of a merge, after it was written: moves what depends on `from` to `into`, and records
    /// what was moved ([`super::note_moved`]). Both organisations' rows are locked.
    fn merged<'a>(
        &'a self,
        txn: &'a Transaction,
        clock: &'a Clock,
        from: &'a Organisation,
        into: &'a Organisation,
        merge_id: MergeId,
    ) -> LocalBoxFuture<'a, Result<Dependants, DbErr>>;

    /// What undoing a merge into `kept` would give back.
    fn returnable<'a>(
        &'a self,
        db: &'a Db,
        kept: OrganisationId,
        merge: &'a Merge,
    ) -> LocalBoxFuture<'a, Result<Returned, DbErr>>;

    /// Called in the transaction in which a merge is undone, after it was written: moves back what the merge has moved
    /// from `restored` to `kept`. Both organisations' rows are locked.
    fn unmerged<'a>(
        &'a self,
        txn: &'a Transaction,
        clock: &'a Clock,
        organisations: (OrganisationId, &'a Organisation),
        merge: &'a Merge,
    ) -> LocalBoxFuture<'a, Result<Returned, DbErr>>;
}

/// The approved organisations that match a search, at most `OFFERED`, and how many match.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "organisations.search", skip_all)]
pub async fn search(db: &Db, query: &str) -> Result<(Vec<Organisation>, u64), DbErr> {
    store::approved(db.read(), query, OFFERED).await
}

/// An organisation in the register's list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    /// The organisation.
    pub organisation: Organisation,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
}

/// The organisations that match a query of the register.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "organisations.register", skip_all)]
pub(super) async fn register(
    db: &Db,
    query: &RegisterQuery,
    extent: Extent,
) -> Result<FoundRows<Listed>, DbErr> {
    Ok(store::list(db.read(), query, extent).await?.map(listed))
}

fn listed(row: store::Row) -> Listed {
    Listed {
        created_at: row.created_at,
        organisation: row.into(),
    }
}

/// Another organisation in a merge in force, and the merge.
#[derive(Debug, Clone)]
pub(crate) struct MergedWith {
    /// The merge.
    pub merge: Merge,
    /// The other one.
    pub organisation: Organisation,
}

/// The organisations merged into one, the newest first; and the one that it was merged into itself.
///
/// # Errors
/// The database fails.
async fn merges_of(
    db: &Db,
    id: OrganisationId,
) -> Result<(Vec<MergedWith>, Option<MergedWith>), DbErr> {
    let of = async |row: MergeRow, other: OrganisationId| {
        let organisation = store::by_id(db.read(), other).await?;
        Ok::<_, DbErr>(organisation.map(|organisation| MergedWith {
            merge: row.into(),
            organisation: organisation.into(),
        }))
    };
    let mut merged = Vec::new();
    for row in store::merges_into(db.read(), id).await? {
        let other = row.merged_id;
        merged.extend(of(row, other).await?);
    }
    let into = match store::merge_of(db.read(), id).await? {
        Some(row) => {
            let other = row.kept_id;
            of(row, other).await?
        }
        None => None,
    };
    Ok((merged, into))
}

/// An organisation with the information for a manager's decision.
#[derive(Debug, Clone)]
pub(crate) struct OrganisationRecord {
    /// The organisation.
    pub organisation: Organisation,
    /// How many people work for it now.
    pub people: u64,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
    /// When it was decided on.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was rejected.
    pub decision_reason: Option<String>,
    /// Approved organisations with similar names, which may be the same organisation.
    pub alike: Vec<Organisation>,
    /// Those that were merged into it, the newest first.
    pub merged: Vec<MergedWith>,
    /// The one that it was merged into.
    pub merged_into: Option<MergedWith>,
}

/// An organisation by its id, with the information for a manager's decision.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "organisations.record", skip_all)]
pub(super) async fn record(
    db: &Db,
    on_change: &dyn OnChange,
    id: OrganisationId,
) -> Result<Option<OrganisationRecord>, DbErr> {
    let Some(row) = store::by_id(db.read(), id).await? else {
        return Ok(None);
    };
    let people = on_change.people_at(db, id).await?;
    let alike = if row.status == OrganisationStatus::Proposed {
        let (mut alike, _) = store::approved(db.read(), &row.name, OFFERED).await?;
        alike.retain(|other| other.id != id);
        alike
    } else {
        Vec::new()
    };
    let (merged, merged_into) = merges_of(db, id).await?;
    Ok(Some(OrganisationRecord {
        merged,
        merged_into,
        people,
        created_at: row.created_at,
        decided_at: row.decided_at,
        decision_reason: row.decision_reason.clone(),
        organisation: row.into(),
        alike,
    }))
}

/// Why an organisation was not changed.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// There is no such organisation.
    #[error("no such organisation")]
    NoOrganisation,
    /// Another organisation has the registration number.
    #[error("the registration number is another's")]
    NumberTaken,
    /// It has been decided on already, with this result.
    #[error("decided already")]
    Decided,
    /// It was merged into another one.
    #[error("merged into another one")]
    Merged,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Corrects name, kind and registration number.
///
/// # Errors
/// See `RegisterError`.
#[tracing::instrument(name = "organisations.correct", skip_all)]
pub async fn correct(
    clock: &Clock,
    db: &Db,
    on_change: &Arc<dyn OnChange>,
    actor_account_id: AccountId,
    id: OrganisationId,
    input: OrganisationInput,
) -> Result<(), RegisterError> {
    let (clock, on_change) = (clock.clone(), Arc::clone(on_change));
    db.write(async move |txn| {
            let organisation = unmerged(locked(txn, id).await?)?;
        let before = organisation.row();
            if let Some(number) = &input.registration_number {
                let holder = store::by_number(txn, number.as_str()).await?;
                if holder.is_some_and(|holder| holder.id != id) {
                    return Err(RegisterError::NumberTaken);
                }
            }
            match store::correct(&organisation, &input).await {
                Err(error) if crate::db::is_unique_violation(&error) => return Err(RegisterError::NumberTaken),
                result => result?,
            }
            let detail = json!({
                "before": facts(&before.name, before.registration_number.as_deref(), kind_slug(before.kind)),
                "after": facts(
                    input.name.as_str(),
                    input.registration_number.as_ref().map(RegistrationNumber::as_str),
                    kind_slug(input.kind),
                ),
            });
            if before.kind != input.kind {
                on_change.changed(txn, &clock, &before.clone().into(), &OrganisationChange::KindCorrected).await?;
            }
            note(txn, &clock, actor_account_id, "organisation.corrected", id, detail).await
        })
    .await
}

/// Approves a proposed (or rejected) organisation.
///
/// # Errors
/// See `RegisterError`.
#[tracing::instrument(name = "organisations.approve", skip_all)]
pub async fn approve(
    clock: &Clock,
    db: &Db,
    on_change: &Arc<dyn OnChange>,
    actor_account_id: AccountId,
    id: OrganisationId,
) -> Result<(), RegisterError> {
    let (clock, on_change) = (clock.clone(), Arc::clone(on_change));
    db.write(async move |txn| {
        let organisation = unmerged(locked(txn, id).await?)?;
        let before = organisation.row();
        if before.status == OrganisationStatus::Approved {
            return Err(RegisterError::Decided);
        }
        store::decide(
            &organisation,
            clock.now(),
            OrganisationStatus::Approved,
            actor_account_id,
            None,
        )
        .await?;
        let detail = json!({ "before": status_slug(before.status) });
        on_change
            .changed(
                txn,
                &clock,
                &before.clone().into(),
                &OrganisationChange::Approved,
            )
            .await?;
        note(
            txn,
            &clock,
            actor_account_id,
            "organisation.approved",
            id,
            detail,
        )
        .await
    })
    .await
}

/// Rejects an organisation. The people who named it are informed by mail and asked to choose another. If they
/// have already named another one, their completions count for that one.
///
/// # Errors
/// See [`RegisterError`].
#[tracing::instrument(name = "organisations.reject", skip_all)]
pub(super) async fn reject(
    clock: &Clock,
    db: &Db,
    on_change: &Arc<dyn OnChange>,
    jobs: &Notifier,
    (actor_account_id, id): (AccountId, OrganisationId),
    reason: Reason,
) -> Result<(), RegisterError> {
    let (clock, on_change) = (clock.clone(), Arc::clone(on_change));
    db.write(async move |txn| {
        let organisation = unmerged(locked(txn, id).await?)?;
        let before = organisation.row();
        if before.status == OrganisationStatus::Rejected {
            return Err(RegisterError::Decided);
        }
        store::decide(
            &organisation,
            clock.now(),
            OrganisationStatus::Rejected,
            actor_account_id,
            Some(reason.as_str()),
        )
        .await?;
        let detail = json!({ "before": status_slug(before.status), "reason": reason.as_str() });
        on_change
            .changed(
                txn,
                &clock,
                &before.clone().into(),
                &OrganisationChange::Rejected(reason),
            )
            .await?;
        note(
            txn,
            &clock,
            actor_account_id,
            "organisation.rejected",
            id,
            detail,
        )
        .await
    })
    .await?;
    jobs.wake();
    Ok(())
}

/// The result of approving several organisations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Approved {
    /// How many were approved now.
    pub approved: usize,
    /// How many had been approved before.
    pub before: usize,
}

/// Approves several organisations, each in its own transaction; unknown ids are ignored.
///
/// # Errors
/// The database fails; the organisations approved before that stay approved.
#[tracing::instrument(name = "organisations.approve_all", skip_all)]
pub(super) async fn approve_all(
    clock: &Clock,
    db: &Db,
    on_change: &Arc<dyn OnChange>,
    actor_account_id: AccountId,
    ids: &[OrganisationId],
) -> Result<Approved, RegisterError> {
    let mut done = Approved::default();
    for id in ids {
        match approve(clock, db, on_change, actor_account_id, *id).await {
            Ok(()) => done.approved += 1,
            Err(RegisterError::Decided) => done.before += 1,
            Err(RegisterError::NoOrganisation | RegisterError::Merged) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Adds an approved organisation in the caller's transaction; `None` if its registration number is in the
/// register already. For imports and the demonstration.
///
/// # Errors
/// The database fails.
pub async fn add_approved(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    input: &OrganisationInput,
) -> Result<Option<OrganisationId>, DbErr> {
    store::insert(txn, clock, input, OrganisationStatus::Approved, None).await
}

/// Finds an organisation by its registration number, or proposes it, for whoever registers for an event without an account: nobody is recorded as its proposer.
///
/// # Errors
/// The database fails.
pub async fn propose(
    txn: &Transaction,
    clock: &Clock,
    input: &OrganisationInput,
) -> Result<Option<OrganisationId>, DbErr> {
    let status = OrganisationStatus::Proposed;
    if let Some(id) = store::insert(txn, clock, input, status, None).await? {
        return Ok(Some(id));
    }
    let number = input.registration_number.as_ref();
    let known = store::by_number(txn, number.map_or("", RegistrationNumber::as_str)).await?;
    let gone = [OrganisationStatus::Rejected, OrganisationStatus::Merged];
    Ok(known
        .filter(|known| !gone.contains(&known.status))
        .map(|known| known.id))
}

/// Finds an organisation by its registration number, or proposes it, in the caller's transaction. `None` if
/// the one with this number was rejected.
///
/// # Errors
/// The database fails.
pub async fn find_or_propose<'txn>(
    txn: &'txn Transaction,
    clock: &Clock,
    input: &OrganisationInput,
    proposed_by: PersonId,
) -> Result<Option<OrganisationLock<'txn>>, DbErr> {
    let added = store::insert(
        txn,
        clock,
        input,
        OrganisationStatus::Proposed,
        Some(proposed_by),
    )
    .await?;
    let id = if let Some(id) = added {
        id
    } else {
        let number = input
            .registration_number
            .as_ref()
            .map_or("", RegistrationNumber::as_str);
        match store::by_number(txn, number).await? {
            Some(known) => known.id,
            None => return Ok(None),
        }
    };
    let found = lock(txn, id).await?;
    let gone = [OrganisationStatus::Rejected, OrganisationStatus::Merged];
    Ok(found.filter(|found| !gone.contains(&found.status())))
}

/// Locks an organisation until the transaction ends, so that it is neither decided on nor corrected in the
/// meantime; of a merged one, that which goes on. To be called before locking any person.
///
/// # Errors
/// The database fails.
pub async fn lock(
    txn: &Transaction,
    id: OrganisationId,
) -> Result<Option<OrganisationLock<'_>>, DbErr> {
    let id = store::goes_on_as(txn, id).await?;
    store::lock(txn, id).await
}

/// The organisation of the register with a registration number as typed, approved or still to be decided on; of a
/// merged one, that which goes on.
///
/// # Errors
/// The database fails.
pub async fn with_number(
    db: &impl ConnectionTrait,
    typed: &str,
) -> Result<Option<Organisation>, DbErr> {
    let number = digits(typed);
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let Some(row) = store::by_number(db, &number).await? else {
        return Ok(None);
    };
    let id = store::goes_on_as(db, row.id).await?;
    let gone = [OrganisationStatus::Rejected, OrganisationStatus::Merged];
    let found = find(db, id).await?;
    Ok(found.filter(|found| !gone.contains(&found.status)))
}

/// The approved organisations that texts name, as whoever registers for an event names theirs: by the whole name, or
/// by the registration number. A text that two organisations have as their name is left out; an organisation that was
/// merged into another one leads to that.
///
/// # Errors
/// The database fails.
pub async fn by_names(
    db: &impl ConnectionTrait,
    texts: &BTreeSet<String>,
) -> Result<BTreeMap<String, OrganisationId>, DbErr> {
    let names: BTreeSet<String> = texts.iter().map(|text| fold(text)).collect();
    let numbers: BTreeSet<String> = texts.iter().map(|text| digits(text)).collect();
    let mut known: BTreeMap<String, BTreeSet<OrganisationId>> = BTreeMap::new();
    for row in store::named_exactly(db, names, numbers).await? {
        let named = match row.status {
            OrganisationStatus::Approved => Some(row.id),
            OrganisationStatus::Merged => {
                let id = store::goes_on_as(db, row.id).await?;
                let goes_on = find(db, id).await?;
                let is_approved = |status| status == OrganisationStatus::Approved;
                goes_on.filter(|one| is_approved(one.status)).map(|_| id)
            }
            _ => None,
        };
        if let Some(id) = named {
            let texts = [Some(row.name_folded), row.registration_number];
            for text in texts.into_iter().flatten() {
                known.entry(text).or_default().insert(id);
            }
        }
    }
    let only = |key: &str| match known.get(key) {
        Some(ids) if ids.len() == 1 => ids.first().copied(),
        _ => None,
    };
    let found = texts.iter().filter_map(|text| {
        let id = only(&fold(text)).or_else(|| only(&digits(text)))?;
        Some((text.clone(), id))
    });
    Ok(found.collect())
}

/// An organisation by its id.
///
/// # Errors
/// The database fails.
pub async fn find(
    db: &impl ConnectionTrait,
    id: OrganisationId,
) -> Result<Option<Organisation>, DbErr> {
    Ok(store::by_id(db, id).await?.map(Organisation::from))
}

/// Organisations by their ids, in no particular order.
///
/// # Errors
/// The database fails.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    ids: BTreeSet<OrganisationId>,
) -> Result<Vec<Organisation>, DbErr> {
    store::by_ids(db, ids).await
}

/// Why an organisation was rejected; `None` for any other status.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "organisations.decision_reason", skip_all)]
pub async fn decision_reason(db: &Db, id: OrganisationId) -> Result<Option<String>, DbErr> {
    let row = store::by_id(db.read(), id).await?;
    Ok(row.and_then(|row| row.decision_reason))
}

/// How many organisations wait for a decision.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "organisations.count_proposed", skip_all)]
pub async fn count_proposed(db: &Db) -> Result<u64, DbErr> {
    store::count_proposed(db.read()).await
}

async fn locked(
    txn: &Transaction,
    id: OrganisationId,
) -> Result<OrganisationLock<'_>, RegisterError> {
    store::lock(txn, id)
        .await?
        .ok_or(RegisterError::NoOrganisation)
}

fn unmerged(organisation: OrganisationLock<'_>) -> Result<OrganisationLock<'_>, RegisterError> {
    if organisation.status() == OrganisationStatus::Merged {
        return Err(RegisterError::Merged);
    }
    Ok(organisation)
}

async fn note(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    actor_account_id: AccountId,
    action: &'static str,
    id: OrganisationId,
    detail: serde_json::Value,
) -> Result<(), RegisterError> {
    let entry = audit::AuditEntry {
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
