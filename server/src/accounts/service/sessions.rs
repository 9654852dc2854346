//! The sessions of an account: listed, and ended by their owner or by an administrator.

use sea_orm::DbErr;
use serde_json::json;

use crate::{
    accounts::{
        State,
        model::{AccountSummary, SessionSummary},
        session,
    },
    audit::{self, AuditEntry},
    ids::{AccountId, SessionId},
};

/// The sessions of an account that can still be used, the last used first. `token` is that of the request.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.sessions", skip_all, fields(account.id = %account.id))]
pub(crate) async fn sessions(
    state: &State,
    account: &AccountSummary,
    token: Option<&str>,
) -> Result<Vec<SessionSummary>, DbErr> {
    let rules = (&state.rules, account.roles);
    session::list(state.db.read(), rules, state.clock.now(), account.id, token).await
}

/// Which sessions to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ending {
    /// One.
    One(SessionId),
    /// All but the one with this token.
    Others(String),
    /// All.
    All,
}

/// Ends sessions of an account; returns whether there were any.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.end_sessions", skip_all, fields(account.id = %account_id))]
pub(crate) async fn end_sessions(
    state: &State,
    actor_account_id: AccountId,
    account_id: AccountId,
    which: Ending,
) -> Result<bool, DbErr> {
    let now = state.clock.now();
    state
        .db
        .write(async move |txn| {
            let count = match which {
                Ending::One(id) => u64::from(session::end_one(txn, account_id, id).await?),
                Ending::Others(token) => session::end_others(txn, account_id, &token).await?,
                Ending::All => session::end_all(txn, account_id).await?,
            };
            if count == 0 {
                return Ok(false);
            }
            let entry = AuditEntry {
                actor_account_id: Some(actor_account_id),
                action: "account.sessions-ended",
                subject_kind: "account",
                subject_id: account_id.to_string(),
                detail: json!({ "count": count }),
            };
            audit::record(txn, now, entry).await?;
            Ok(true)
        })
        .await
}
