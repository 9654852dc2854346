//! Making, listing and revoking tokens.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;
use serde_json::json;

use crate::{
    accounts::{self, token_hash},
    api::{
        forms::NewToken,
        model::{MOST_TOKENS, MadeToken, TOKEN_PREFIX, Token, scope_slug},
        store,
    },
    audit::{self, AuditEntry},
    clock::Clock,
    db::{Db, Transaction},
    ids::{AccountId, ApiTokenId},
    principal::{Role, Roles},
    random,
};

/// Why a token was not made.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// There is no account that somebody can sign in to, or it is neither an organiser's nor a manager's.
    #[error("the account is neither an organiser's nor a manager's")]
    NotAllowed,
    /// So many tokens of the account work already.
    #[error("{0} tokens of the account work already; revoke one first")]
    TooMany(u64),
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Whether these roles allow a token.
pub(in crate::api) fn may_have_tokens(roles: Roles) -> bool {
    roles.has(Role::Organiser) || roles.has(Role::Manager)
}

/// Makes a token for an account; `actor` is who asked for it, `None` for the command line. The token itself is in
/// the result and nowhere else.
///
/// # Errors
/// See [`TokenError`].
#[tracing::instrument(name = "api.create_token", skip_all, fields(account.id = %account_id))]
pub async fn create_token(
    (clock, db): (&Clock, &Db),
    actor: Option<AccountId>,
    account_id: AccountId,
    new: NewToken,
) -> Result<MadeToken, TokenError> {
    let secret = format!("{TOKEN_PREFIX}{}", random::token());
    let (clock, hash) = (clock.clone(), token_hash(&secret));
    let token = db
        .write::<_, TokenError>(async move |txn| {
            // Locked, so that the role is not taken at the same time.
            let roles = accounts::lock_roles(txn, account_id).await?;
            if !roles.is_some_and(may_have_tokens) {
                return Err(TokenError::NotAllowed);
            }
            let now = clock.now();
            if store::count_working(txn, account_id, now).await? >= MOST_TOKENS {
                return Err(TokenError::TooMany(MOST_TOKENS));
            }
            let token = store::insert(txn, &clock, account_id, hash, &new).await?;
            let scopes: Vec<_> = token
                .scopes
                .iter()
                .map(|scope| scope_slug(*scope))
                .collect();
            let entry = AuditEntry {
                detail: json!({ "account": account_id, "scopes": scopes }),
                ..entry(actor, "api-token.created", token.id)
            };
            audit::record(txn, now, entry).await?;
            Ok(token)
        })
        .await?;
    Ok(MadeToken { secret, token })
}

fn entry(actor: Option<AccountId>, action: &'static str, id: ApiTokenId) -> AuditEntry {
    AuditEntry {
        actor_account_id: actor,
        action,
        subject_kind: "api_token",
        subject_id: id.to_string(),
        detail: json!({}),
    }
}

/// The tokens of an account, the newest first, with those that work no more.
///
/// # Errors
/// The database fails.
pub async fn tokens_of(db: &Db, account_id: AccountId) -> Result<Vec<Token>, DbErr> {
    store::of_account(db.read(), account_id).await
}

/// A token of one's own; `None` if it is another's.
pub(in crate::api) async fn own_token(
    db: &Db,
    account_id: AccountId,
    id: ApiTokenId,
) -> Result<Option<Token>, DbErr> {
    let found = store::find(db.read(), id).await?;
    Ok(found.filter(|token| token.account_id == account_id))
}

/// Why a token was not revoked.
#[derive(Debug, thiserror::Error)]
pub(in crate::api) enum NotRevoked {
    /// There is none of this id, or it is another's.
    #[error("no such token")]
    NoToken,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Revokes a token of one's own; revoked before, nothing changes.
///
/// # Errors
/// See [`NotRevoked`].
#[tracing::instrument(name = "api.revoke_token", skip_all, fields(account.id = %account_id))]
pub(in crate::api) async fn revoke_own(
    clock: &Clock,
    db: &Db,
    account_id: AccountId,
    id: ApiTokenId,
) -> Result<(), NotRevoked> {
    if own_token(db, account_id, id).await?.is_none() {
        return Err(NotRevoked::NoToken);
    }
    revoke(clock, db, Some(account_id), id).await?;
    Ok(())
}

/// Revokes any token, from the command line; `None` if there is none of this id, `Some(false)` if it was revoked
/// before.
///
/// # Errors
/// The database fails.
pub async fn revoke_any(clock: &Clock, db: &Db, id: ApiTokenId) -> Result<Option<bool>, DbErr> {
    if store::find(db.read(), id).await?.is_none() {
        return Ok(None);
    }
    revoke(clock, db, None, id).await.map(Some)
}

async fn revoke(
    clock: &Clock,
    db: &Db,
    actor: Option<AccountId>,
    id: ApiTokenId,
) -> Result<bool, DbErr> {
    let now = clock.now();
    db.write(async move |txn| {
        let is_revoked = store::revoke(txn, now, id).await?;
        if is_revoked {
            audit::record(txn, now, entry(actor, "api-token.revoked", id)).await?;
        }
        Ok(is_revoked)
    })
    .await
}

/// Revokes every token of an account that has lost what they rest on, in the transaction in which it lost it:
/// neither a role that comes back nor a reopened account makes them work again.
///
/// # Errors
/// The database fails.
pub async fn end_tokens(
    txn: &Transaction,
    now: DateTime<Utc>,
    account_id: AccountId,
    roles: Roles,
) -> Result<(), DbErr> {
    if may_have_tokens(roles) {
        return Ok(());
    }
    for id in store::revoke_all(txn, now, account_id).await? {
        audit::record(txn, now, entry(None, "api-token.revoked", id)).await?;
    }
    Ok(())
}
