//! Granting and revoking roles.

use std::sync::Arc;

use sea_orm::DbErr;
use serde_json::json;

use crate::{
    accounts::{
        State,
        model::{Role, role_slug},
        store,
    },
    audit,
    ids::AccountId,
};

/// Why a role was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RoleError {
    /// There is no such account.
    #[error("no such account")]
    NoAccount,
    /// Administrators cannot revoke their own administrator role, so that there is always one.
    #[error("one's own administrator role")]
    OwnAdmin,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Whether a role is granted or revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoleChange {
    /// Give it.
    Give,
    /// Take it away.
    Take,
}

/// Grants or revokes a role. Repeating it changes nothing.
///
/// # Errors
/// See [`RoleError`].
#[tracing::instrument(name = "accounts.change_role", skip_all, fields(account.id = %account_id))]
pub(crate) async fn change_role(
    state: &State,
    actor_account_id: AccountId,
    account_id: AccountId,
    role: Role,
    change: RoleChange,
) -> Result<(), RoleError> {
    if change == RoleChange::Take && role == Role::Admin && account_id == actor_account_id {
        return Err(RoleError::OwnAdmin);
    }
    let (clock, on_rights_lost) = (state.clock.clone(), Arc::clone(&state.on_rights_lost));
    state
        .db
        .write(async move |txn| {
            let now = clock.now();
            // Locked, so that nothing is made meanwhile that rests on the role.
            if store::lock_by_id(txn, account_id).await?.is_none() {
                return Err(RoleError::NoAccount);
            }
            let (has_changed, action) = match change {
                RoleChange::Give => (
                    store::give_role(txn, &clock, account_id, role, Some(actor_account_id)).await?,
                    "role.granted",
                ),
                RoleChange::Take => (
                    store::take_role(txn, now, account_id, role).await?,
                    "role.revoked",
                ),
            };
            if !has_changed {
                return Ok(());
            }
            if change == RoleChange::Take {
                let left = store::roles_of(txn, account_id).await?;
                on_rights_lost
                    .rights_lost(txn, now, account_id, left)
                    .await?;
            }
            let entry = audit::AuditEntry {
                actor_account_id: Some(actor_account_id),
                action,
                subject_kind: "account",
                subject_id: account_id.to_string(),
                detail: json!({ "role": role_slug(role) }),
            };
            audit::record(txn, now, entry).await?;
            // When two administrators revoke each other's role at the same time, the lock of the audit log orders
            // the two, and the second one finds no other administrator.
            if store::has_administrator(txn).await? {
                Ok(())
            } else {
                Err(RoleError::OwnAdmin)
            }
        })
        .await
}
