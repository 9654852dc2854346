//! Closing and reopening accounts. The person, their record, their certificates and what counts of them stay.

use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::mails::language;
use crate::{
    accounts::{
        State,
        forms::ClosingReason,
        model::{Roles, is_erased},
        session,
        store::{self, AccountRow},
    },
    audit::{self, AuditEntry},
    clock::Clock,
    http::address::{self, Address as _},
    ids::AccountId,
    mail::{self, Composer},
};

/// Why an account was neither closed nor reopened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClosingError {
    /// There is no such account, or it was erased.
    #[error("no such account")]
    NoAccount,
    /// Nobody closes the account with which they are signed in.
    #[error("one's own account")]
    Own,
    /// Nobody else could administer the installation.
    #[error("the last administrator")]
    LastAdministrator,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Closes an account: its sessions end, its links become invalid, nobody can sign in with it, and its owner is
/// told by mail. Closing it again changes nothing.
///
/// # Errors
/// See [`ClosingError`].
#[tracing::instrument(name = "accounts.close", skip_all, fields(account.id = %account_id))]
pub(crate) async fn close(
    state: &State,
    actor_account_id: AccountId,
    account_id: AccountId,
    reason: ClosingReason,
) -> Result<(), ClosingError> {
    if account_id == actor_account_id {
        return Err(ClosingError::Own);
    }
    let State {
        clock,
        composer,
        on_rights_lost,
        ..
    } = state.clone();
    state
        .db
        .write(async move |txn| {
            let now = clock.now();
            let account = lock(txn, account_id).await?;
            if account.disabled_at.is_some() {
                return Ok(());
            }
            store::set_closed(txn, account_id, Some((now, reason.as_str()))).await?;
            session::end_all(txn, account_id).await?;
            store::use_all_tokens(txn, now, Some(account_id)).await?;
            on_rights_lost
                .rights_lost(txn, now, account_id, Roles::default())
                .await?;
            let lang = language(&account);
            let args = [
                ("reason", reason.as_str().into()),
                ("link", composer.link(&address::Contact.url(lang)).into()),
            ];
            tell(txn, &clock, &composer, &account, ("account-closed", &args)).await?;
            let done = entry(actor_account_id, "account.closed", account_id);
            audit::record(txn, now, done).await?;
            // When two administrators close each other's account at the same time, the lock of the audit log
            // orders the two, and the second one finds no other administrator.
            if store::has_administrator(txn).await? {
                Ok(())
            } else {
                Err(ClosingError::LastAdministrator)
            }
        })
        .await?;
    state.jobs.wake();
    Ok(())
}

/// Reopens a closed account, with the password and the roles that it had, and tells its owner by mail. Reopening
/// one that is open changes nothing.
///
/// # Errors
/// See [`ClosingError`].
#[tracing::instrument(name = "accounts.reopen", skip_all, fields(account.id = %account_id))]
pub(crate) async fn reopen(
    state: &State,
    actor_account_id: AccountId,
    account_id: AccountId,
) -> Result<(), ClosingError> {
    let State {
        clock, composer, ..
    } = state.clone();
    state
        .db
        .write::<_, ClosingError>(async move |txn| {
            let now = clock.now();
            let account = lock(txn, account_id).await?;
            if account.disabled_at.is_none() {
                return Ok(());
            }
            store::set_closed(txn, account_id, None).await?;
            let lang = language(&account);
            let args = [("link", composer.link(&address::SignIn.url(lang)).into())];
            tell(
                txn,
                &clock,
                &composer,
                &account,
                ("account-reopened", &args),
            )
            .await?;
            let done = entry(actor_account_id, "account.reopened", account_id);
            audit::record(txn, now, done).await?;
            Ok(())
        })
        .await?;
    state.jobs.wake();
    Ok(())
}

async fn lock(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<AccountRow, ClosingError> {
    store::lock_by_id(txn, account_id)
        .await?
        .filter(|account| !is_erased(&account.email))
        .ok_or(ClosingError::NoAccount)
}

/// Writes to the owner. Whoever has not confirmed an address may not be its owner and is told nothing.
async fn tell(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    composer: &Composer,
    account: &AccountRow,
    (kind, args): (&str, &[(&str, crate::http::theme::Arg<'_>)]),
) -> Result<(), DbErr> {
    if account.email_confirmed_at.is_none() {
        return Ok(());
    }
    let key = format!("{kind}:{}:{}", account.id, clock.now().timestamp_micros());
    let mail = composer.mail(language(account), kind, &account.email, key, args);
    mail::enqueue(txn, clock, mail.for_security())
        .await
        .map(drop)
}

fn entry(actor: AccountId, action: &'static str, account_id: AccountId) -> AuditEntry {
    AuditEntry {
        actor_account_id: Some(actor),
        action,
        subject_kind: "account",
        subject_id: account_id.to_string(),
        detail: json!({}),
    }
}
