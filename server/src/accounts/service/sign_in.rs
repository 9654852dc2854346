//! Signing in and out.

use std::{net::IpAddr, sync::atomic::Ordering};

use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::{account::owner_of, failure::Failure};
use crate::{
    accounts::{
        State, known_browser,
        model::{Email, role_slug},
        password,
        session::{self, NewSession},
        store,
    },
    audit::{self, AuditEntry},
    clock::Clock,
    http::{Error, limits::Guess},
    ids::{AccountId, PersonId},
};

/// Why a sign-in failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignInError {
    /// There is no such account, or the password is wrong; the page does not tell which.
    #[error("wrong address or password")]
    Wrong,
    /// The password is right, and the account is closed.
    #[error("a closed account")]
    Closed,
    /// Too many attempts are waiting; see [`Limits::sign_in`](crate::http::limits::Limits::sign_in).
    #[error(transparent)]
    TooMany(Error),
    /// See [`Failure`].
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// The result of a sign-in.
#[derive(Debug)]
pub(crate) struct SignedIn {
    /// The session just begun.
    pub session: NewSession,
    /// With which account.
    pub account_id: AccountId,
    /// Who it is.
    pub person_id: PersonId,
    /// The hash of the account's password, for the token of a known browser.
    pub password_hash: String,
}

/// What a right password leads to.
#[derive(Debug)]
pub(crate) enum Entrance {
    /// A session.
    SignedIn(SignedIn),
    /// The question for the code of the second factor of this account with the hash of its password.
    CodeNeeded(AccountId, String),
}

/// The browser that is used to sign in.
#[derive(Debug, Clone)]
pub(crate) struct Browser {
    /// Its network address.
    pub address: IpAddr,
    /// Its cookie of earlier sign-ins ([`known_browser`](crate::accounts)); may be empty.
    pub known: String,
    /// The session that it had before.
    pub previous_session: Option<String>,
    /// What it is, see [`device`](crate::accounts).
    pub device: String,
}

/// Signs in. The session that the browser had before ends, because its token may be known to others.
///
/// Sign-in attempts are delayed after failures; see [`limits`](crate::http::limits). The delay comes before
/// the password is verified and does not depend on whether there is such an account.
///
/// # Errors
/// See [`SignInError`].
#[tracing::instrument(name = "accounts.sign_in", skip_all)]
pub(crate) async fn sign_in(
    state: &State,
    email: Option<Email>,
    password: String,
    browser: Browser,
) -> Result<(PersonId, Entrance), SignInError> {
    // No account can have an invalid address, so this cannot be used for guessing.
    let email = email.ok_or(SignInError::Wrong)?;
    let now = state.clock.now();
    let account = store::find_by_email(state.db.read(), &email)
        .await
        .map_err(Failure::from)?;
    // Before its address is confirmed, an account has no password.
    let account = account.filter(|account| account.email_confirmed_at.is_some());
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let mark = account
        .as_ref()
        .zip(hash.as_ref())
        .and_then(|(account, hash)| {
            known_browser::find(&state.secret, now, &browser.known, account.id, hash)
        });
    let guess = Guess {
        address: browser.address,
        email: email.as_str(),
        known_browser: mark,
    };
    let attempt = state
        .limits
        .sign_in(now, guess)
        .await
        .map_err(SignInError::TooMany)?;
    let fits = password::verify(password, hash.clone(), attempt.turn())
        .await
        .map_err(Failure::from)?;
    let (Some(account), Some(password_hash), true) = (account, hash, fits) else {
        state.failures.fetch_add(1, Ordering::Relaxed);
        return Err(SignInError::Wrong);
    };
    let person_id = owner_of(&account).map_err(Failure::from)?;
    attempt.succeeded();
    if account.disabled_at.is_some() {
        return Err(SignInError::Closed);
    }
    if store::has_second_factor(state.db.read(), account.id)
        .await
        .map_err(Failure::from)?
    {
        let needed = Entrance::CodeNeeded(account.id, password_hash);
        return Ok((person_id, needed));
    }
    let clock = state.clock.clone();
    let session = state
        .db
        .write::<_, DbErr>(async move |txn| begin_session(txn, &clock, account.id, browser).await)
        .await
        .map_err(Failure::from)?;
    let signed_in = SignedIn {
        session,
        account_id: account.id,
        person_id,
        password_hash,
    };
    Ok((person_id, Entrance::SignedIn(signed_in)))
}

/// Begins a session in a browser; the one that it had before ends.
pub(super) async fn begin_session(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    account_id: AccountId,
    browser: Browser,
) -> Result<NewSession, DbErr> {
    if let Some(previous) = browser.previous_session {
        session::end(txn, &previous).await?;
    }
    let session = session::begin(txn, clock, account_id, &browser.device).await?;
    audit::record(txn, clock.now(), entry(account_id, "account.signed-in")).await?;
    Ok(session)
}

/// Ends a session.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.sign_out", skip_all)]
pub(crate) async fn sign_out(state: &State, session: String) -> Result<(), DbErr> {
    let now = state.clock.now();
    state
        .db
        .write(async move |txn| {
            let owner = session::owner(txn, &session).await?;
            session::end(txn, &session).await?;
            match owner {
                Some(id) => audit::record(txn, now, entry(id, "account.signed-out")).await,
                None => Ok(()),
            }
        })
        .await
}

fn entry(account_id: AccountId, action: &'static str) -> AuditEntry {
    AuditEntry {
        actor_account_id: Some(account_id),
        action,
        subject_kind: "account",
        subject_id: account_id.to_string(),
        detail: json!({}),
    }
}

/// Records how many sign-ins failed since the last time; without addresses and accounts.
///
/// # Errors
/// The database fails.
pub async fn note_failures(state: &State) -> Result<(), DbErr> {
    let count = state.failures.swap(0, Ordering::Relaxed);
    if count == 0 {
        return Ok(());
    }
    let noted = AuditEntry {
        actor_account_id: None,
        action: "sign-in.failures-counted",
        subject_kind: "account",
        subject_id: String::new(),
        detail: json!({ "count": count }),
    };
    audit::note(&state.db, state.clock.now(), noted).await
}

/// Records who was refused pages for roles that they do not have, and how often, since the last time: one entry
/// for each account.
///
/// # Errors
/// The database fails.
pub async fn note_refusals(state: &State) -> Result<(), DbErr> {
    let refused = state.refusals.take();
    for (account_id, roles) in refused.accounts {
        let roles: serde_json::Map<_, _> = roles
            .into_iter()
            .map(|(role, count)| (role_slug(role).to_owned(), json!(count)))
            .collect();
        let noted = AuditEntry {
            detail: json!(roles),
            ..entry(account_id, "page.refused")
        };
        audit::note(&state.db, state.clock.now(), noted).await?;
    }
    if refused.others > 0 {
        let noted = AuditEntry {
            actor_account_id: None,
            action: "page.refused",
            subject_kind: "account",
            subject_id: String::new(),
            detail: json!({ "count": refused.others }),
        };
        audit::note(&state.db, state.clock.now(), noted).await?;
    }
    Ok(())
}
