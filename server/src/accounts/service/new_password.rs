//! Setting a password with a link from a mail: the first one, which also confirms the address, or a new one.

use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::{
    account::known,
    failure::Failure,
    guests::owner,
    links::{LinkError, check_link, use_link},
    mails::{Answering, language},
    sign_in::{Browser, Entrance, SignedIn},
};
use crate::{
    accounts::{
        State,
        model::Email,
        password,
        session::{self, token_hash},
        store::{self, AccountRow, Purpose},
    },
    audit,
    clock::Clock,
    http::{
        Lang, Next,
        address::{self, Address as _},
        limits::HashingTurn,
    },
    ids::{JobId, PersonId},
    mail::{self, Composer},
};

/// Sends a link for setting a password. If the address has no account, the mail says so. Returns the id of
/// the mail, or of an earlier one when enough were sent already. `next` is the page that the person wanted to open.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.send_reset", skip_all)]
pub(crate) async fn send_reset(
    state: &State,
    email: Email,
    lang: Lang,
    next: Next,
) -> Result<Option<JobId>, DbErr> {
    let State {
        clock, composer, ..
    } = state.clone();
    let mail_id = state
        .db
        .write::<_, DbErr>(async move |txn| {
            let answering = Answering {
                txn,
                clock: &clock,
                composer: &composer,
                lang,
                next: &next,
            };
            match store::lock_by_email(txn, &email).await? {
                Some(account) => answering.reset(&account).await,
                None => answering.no_account(&email).await,
            }
        })
        .await?;
    state.jobs.wake();
    Ok(mail_id)
}

/// Sets the password with a link from a registration, which confirms the address, and signs the owner in.
///
/// Each of several such links works once: all of them were sent to the same mailbox, whoever asked for them,
/// and an owner should not be told that theirs is invalid. The last password counts, and all sessions begun
/// with an earlier one end.
///
/// # Errors
/// See [`LinkError`].
#[tracing::instrument(name = "accounts.confirm", skip_all)]
pub(crate) async fn confirm(
    state: &State,
    token: &str,
    password: String,
    lang: Lang,
    browser: Browser,
) -> Result<(PersonId, Entrance), LinkError> {
    let (hash, new_hash) = prepare(state, Purpose::ConfirmEmail, token, password).await?;
    let State {
        clock,
        composer,
        on_address,
        ..
    } = state.clone();
    let entrance = state
        .db
        .write::<_, LinkError>(async move |txn| {
            let now = clock.now();
            let account_id = use_link(txn, now, Purpose::ConfirmEmail, &hash).await?;
            let account = known(store::lock_by_id(txn, account_id).await?)?;
            let person_id = owner(txn, &clock, &account, &*on_address).await?;
            set(txn, &clock, &composer, &account, (&hash, &new_hash)).await?;
            if account.email_confirmed_at.is_none() {
                store::set_language(txn, account_id, lang).await?;
            }
            if let Some(previous) = browser.previous_session {
                session::end(txn, &previous).await?;
            }
            if store::has_second_factor(txn, account_id).await? {
                return Ok((person_id, Entrance::CodeNeeded(account_id, new_hash)));
            }
            let signed_in = SignedIn {
                session: session::begin(txn, &clock, account_id, &browser.device).await?,
                account_id,
                person_id,
                password_hash: new_hash,
            };
            Ok((person_id, Entrance::SignedIn(signed_in)))
        })
        .await?;
    state.jobs.wake();
    Ok(entrance)
}

/// Sets a new password with a link, ends all sessions of the account, invalidates its other links, and
/// informs the owner by mail.
///
/// # Errors
/// See [`LinkError`].
#[tracing::instrument(name = "accounts.reset_password", skip_all)]
pub(crate) async fn reset_password(
    state: &State,
    token: &str,
    password: String,
) -> Result<(), LinkError> {
    let (hash, new_hash) = prepare(state, Purpose::ResetPassword, token, password).await?;
    let State {
        clock,
        composer,
        on_address,
        ..
    } = state.clone();
    state
        .db
        .write::<_, LinkError>(async move |txn| {
            let now = clock.now();
            let account_id = use_link(txn, now, Purpose::ResetPassword, &hash).await?;
            let account = known(store::lock_by_id(txn, account_id).await?)?;
            owner(txn, &clock, &account, &*on_address).await?;
            set(txn, &clock, &composer, &account, (&hash, &new_hash)).await?;
            // The reason for a new password may be that somebody else reads the mails.
            store::use_all_tokens(txn, now, Some(account_id)).await?;
            Ok(())
        })
        .await?;
    state.jobs.wake();
    Ok(())
}

/// Checks the link, then hashes the password; returns the hashes of the token and of the password.
async fn prepare(
    state: &State,
    purpose: Purpose,
    token: &str,
    password: String,
) -> Result<(String, String), LinkError> {
    check_link(state, purpose, token).await?;
    let hash = token_hash(token);
    // Repeated submissions of the same link wait for one another and delay nobody else.
    let start = hash.get(..16).unwrap_or_default();
    let turn = HashingTurn {
        network: u64::from_str_radix(start, 16).unwrap_or_default(),
        account: 0,
    };
    let new_hash = password::hash_in_turn(password, turn)
        .await
        .map_err(Failure::from)?;
    Ok((hash, new_hash))
}

/// Sets the password. If there was one before, the owner is informed by mail and the audit log records it.
async fn set(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    composer: &Composer,
    account: &AccountRow,
    (token_hash, new_hash): (&str, &str),
) -> Result<(), DbErr> {
    let now = clock.now();
    store::set_password(txn, now, account.id, new_hash).await?;
    // Their link arrived.
    mail::accept(txn, &account.email).await?;
    session::end_all(txn, account.id).await?;
    if account.email_confirmed_at.is_none() {
        return Ok(());
    }
    let lang = language(account);
    let mail = composer.mail(
        lang,
        "password-changed",
        &account.email,
        format!("password-changed:{token_hash}"),
        &[("link", composer.link(&address::Forgotten.url(lang)).into())],
    );
    mail::enqueue(txn, clock, mail.for_security()).await?;
    let entry = audit::AuditEntry {
        actor_account_id: Some(account.id),
        action: "account.password-reset",
        subject_kind: "account",
        subject_id: account.id.to_string(),
        detail: json!({}),
    };
    audit::record(txn, now, entry).await
}
