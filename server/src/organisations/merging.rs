//! Merging two records of one organisation, and undoing it.

use std::sync::Arc;

use sea_orm::DbErr;
use serde_json::json;

use super::{
    model::{Dependants, Merge, Organisation, OrganisationStatus, Returned},
    service::OnChange,
    store::{self, MergeRow, OrganisationLock},
};
use crate::{
    audit,
    clock::Clock,
    db::{Db, Transaction},
    ids::{AccountId, MergeId, OrganisationId},
};

/// Which of two organisations goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merging {
    /// This one goes on.
    pub kept: OrganisationId,
    /// This one leads to it.
    pub merged: OrganisationId,
}

/// Why organisations were not merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// There is no such organisation.
    #[error("no such organisation")]
    NoOrganisation,
    /// It is the same one.
    #[error("one organisation")]
    Same,
    /// One of them was rejected or merged.
    #[error("one of them is rejected or merged")]
    NotStanding,
    /// The one that would go on is not approved and the other is: its people would no longer count.
    #[error("the people of the approved one would no longer count")]
    WouldNotCount,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Why a merge was not undone.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is no such merge.
    #[error("no such merge")]
    NoMerge,
    /// It has been undone already.
    #[error("undone already")]
    Undone,
    /// The organisation that went on was merged into another one: that merge has to be undone first.
    #[error("merged on into another one")]
    MergedOn,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Whether two organisations can be merged so.
///
/// # Errors
/// See [`MergeError`].
pub(super) fn check(kept: &Organisation, merged: &Organisation) -> Result<(), MergeError> {
    use OrganisationStatus::{Approved, Merged, Proposed, Rejected};
    if kept.id == merged.id {
        return Err(MergeError::Same);
    }
    match (kept.status, merged.status) {
        (Rejected | Merged, _) | (_, Rejected | Merged) => Err(MergeError::NotStanding),
        (Proposed, Approved) => Err(MergeError::WouldNotCount),
        (Approved, _) | (Proposed, Proposed) => Ok(()),
    }
}

/// Merges an organisation into another one: whoever named it has named that one, from the beginning, and their facts
/// count as those of that one's people. Its name and its number lead to that one. What is moved is recorded, so that
/// it can be undone.
///
/// # Errors
/// See [`MergeError`].
#[tracing::instrument(name = "organisations.merge", skip_all)]
pub async fn merge(
    clock: &Clock,
    db: &Db,
    on_change: &Arc<dyn OnChange>,
    actor_account_id: AccountId,
    merging: Merging,
) -> Result<Dependants, MergeError> {
    let (clock, on_change) = (clock.clone(), Arc::clone(on_change));
    if merging.kept == merging.merged {
        return Err(MergeError::Same);
    }
    db.write(async move |txn| {
        let [kept, merged] = lock_both(txn, [merging.kept, merging.merged]).await?;
        let (into, before) = (
            Organisation::from(kept.row().clone()),
            Organisation::from(merged.row().clone()),
        );
        check(&into, &before)?;
        let id: MergeId = clock.new_id();
        store::insert_merge(&merged, kept.id(), (id, clock.now()), actor_account_id).await?;
        store::set_status(&merged, OrganisationStatus::Merged).await?;
        let moved = on_change.merged(txn, &clock, &before, &into, id).await?;
        let entry = audit::AuditEntry {
            actor_account_id: Some(actor_account_id),
            action: "organisation.merged",
            subject_kind: "organisation",
            subject_id: before.id.to_string(),
            detail: json!({
                "into": into.id,
                "merge": id,
                "people": moved.people,
                "facts": moved.facts,
            }),
        };
        audit::record(txn, clock.now(), entry).await?;
        Ok(moved)
    })
    .await
}

/// Locks two organisations in the order that avoids deadlocks; returns them in the order asked.
async fn lock_both(
    txn: &Transaction,
    ids: [OrganisationId; 2],
) -> Result<[OrganisationLock<'_>; 2], MergeError> {
    let lock = async |id| {
        store::lock(txn, id)
            .await?
            .ok_or(MergeError::NoOrganisation)
    };
    let [one, other] = ids;
    if one < other {
        let one = lock(one).await?;
        Ok([one, lock(other).await?])
    } else {
        let other = lock(other).await?;
        Ok([lock(one).await?, other])
    }
}

/// Undoes a merge: everything that it moved is moved back, and what the people who come back have done since counts
/// for their organisation, too. What was changed after the merge stays as it is.
///
/// # Errors
/// See [`UndoError`].
#[tracing::instrument(name = "organisations.undo_merge", skip_all, fields(merge.id = %id))]
pub async fn undo(
    clock: &Clock,
    db: &Db,
    on_change: &Arc<dyn OnChange>,
    actor_account_id: AccountId,
    id: MergeId,
) -> Result<Returned, UndoError> {
    let (clock, on_change) = (clock.clone(), Arc::clone(on_change));
    db.write(async move |txn| {
        let merge = store::merge(txn, id).await?.ok_or(UndoError::NoMerge)?;
        let [kept, merged] = lock_both(txn, [merge.kept_id, merge.merged_id])
            .await
            .map_err(|error| match error {
                MergeError::Database(error) => UndoError::Database(error),
                _ => UndoError::NoMerge,
            })?;
        can_undo(&merge, kept.status())?;
        if !store::end_merge(txn, (id, clock.now()), actor_account_id).await? {
            return Err(UndoError::Undone);
        }
        store::set_status(&merged, merge.status_before).await?;
        let restored = Organisation {
            status: merge.status_before,
            ..merged.row().clone().into()
        };
        let returned = on_change
            .unmerged(txn, &clock, (kept.id(), &restored), &merge.into())
            .await?;
        let entry = audit::AuditEntry {
            actor_account_id: Some(actor_account_id),
            action: "organisation.merge-undone",
            subject_kind: "organisation",
            subject_id: restored.id.to_string(),
            detail: json!({
                "from": kept.id(),
                "merge": id,
                "people": returned.people,
                "facts": returned.facts,
                "changed": returned.changed,
            }),
        };
        audit::record(txn, clock.now(), entry).await?;
        Ok(returned)
    })
    .await
}

fn can_undo(merge: &MergeRow, kept: OrganisationStatus) -> Result<(), UndoError> {
    if merge.undone_at.is_some() {
        return Err(UndoError::Undone);
    }
    if kept == OrganisationStatus::Merged {
        return Err(UndoError::MergedOn);
    }
    Ok(())
}

/// A merge in force, with both organisations and what undoing it would give back.
#[derive(Debug, Clone)]
pub(crate) struct MergeRecord {
    /// The merge.
    pub merge: Merge,
    /// The one that goes on.
    pub kept: Organisation,
    /// The one that leads to it.
    pub merged: Organisation,
    /// What undoing gives back.
    pub returned: Returned,
}

/// A merge, with what undoing it would give back; `None` if there is none of this id.
///
/// # Errors
/// It cannot be undone: see [`UndoError`].
#[tracing::instrument(name = "organisations.merge_record", skip_all, fields(merge.id = %id))]
pub(super) async fn merge_record(
    db: &Db,
    on_change: &dyn OnChange,
    id: MergeId,
) -> Result<MergeRecord, UndoError> {
    let row = store::merge(db.read(), id)
        .await?
        .ok_or(UndoError::NoMerge)?;
    let find = async |id| {
        let found = store::by_id(db.read(), id).await?;
        found.map(Organisation::from).ok_or(UndoError::NoMerge)
    };
    let (kept, merged) = (find(row.kept_id).await?, find(row.merged_id).await?);
    can_undo(&row, kept.status)?;
    let merge = Merge::from(row);
    Ok(MergeRecord {
        returned: on_change.returnable(db, kept.id, &merge).await?,
        merge,
        kept,
        merged,
    })
}

/// An organisation with what depends on it, as one of two that may be merged.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// The organisation.
    pub organisation: Organisation,
    /// What would move.
    pub dependants: Dependants,
}

/// An organisation with what depends on it.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "organisations.candidate", skip_all)]
pub(super) async fn candidate(
    db: &Db,
    on_change: &dyn OnChange,
    id: OrganisationId,
) -> Result<Option<Candidate>, DbErr> {
    let Some(row) = store::by_id(db.read(), id).await? else {
        return Ok(None);
    };
    Ok(Some(Candidate {
        dependants: on_change.dependants(db, id).await?,
        organisation: row.into(),
    }))
}

/// The organisations of the register that an organisation may be merged with and that match a search, at most
/// `store::MOST_CANDIDATES`.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "organisations.candidates", skip_all)]
pub(super) async fn candidates(
    db: &Db,
    id: OrganisationId,
    search: &str,
) -> Result<Vec<Organisation>, DbErr> {
    let mut found = store::standing(db.read(), search).await?;
    found.retain(|other| other.id != id);
    Ok(found)
}
