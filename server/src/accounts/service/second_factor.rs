//! The second factor: set up, asked for, removed.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::{
    account::{known, owner_of},
    mails::language,
    sign_in::{Browser, SignedIn, begin_session},
};
use crate::{
    accounts::{
        State, privacy,
        store::{self, AccountRow},
        totp::{self, TypedCode},
    },
    audit::{self, AuditEntry},
    clock::Clock,
    crypt::{self, CryptError, FieldKeys},
    db::{Db, Transaction},
    http::{
        Error,
        address::{self, Address as _},
    },
    ids::AccountId,
    mail::{self, Composer},
};

/// How many wrong codes are looked at before there is a pause. Who gets this far knows the password.
const FREE_FAILURES: i32 = 5;

/// The longest pause.
const LONGEST_PAUSE_MINUTES: i64 = 60;

/// Where the secret of an account stands, for its encryption.
fn place(account_id: AccountId) -> String {
    crypt::place("second_factor", "secret", account_id)
}

fn encryption(error: CryptError) -> DbErr {
    DbErr::Custom(error.to_string())
}

/// Why a code was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeProblem {
    /// It is wrong, or was used before.
    Wrong,
    /// Too many were wrong: none is looked at until then.
    Paused(DateTime<Utc>),
    /// There is no second factor (any more).
    None,
}

/// Why something about a second factor was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FactorError {
    /// The password is another.
    #[error("wrong password")]
    WrongPassword,
    /// See [`CodeProblem`].
    #[error("a code that is not accepted")]
    Code(CodeProblem),
    /// The database fails, or too many guesses wait.
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<DbErr> for FactorError {
    fn from(error: DbErr) -> Self {
        Self::Other(error.into())
    }
}

/// The state of a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// There is none.
    None,
    /// It is set up, with so many recovery codes left.
    On {
        /// Since when.
        since: DateTime<Utc>,
        /// How many recovery codes can still be used.
        codes_left: u64,
    },
}

/// The state of the second factor of an account.
///
/// # Errors
/// The database fails.
pub(crate) async fn standing(db: &Db, account_id: AccountId) -> Result<Standing, DbErr> {
    let found = store::find_factor(db.read(), account_id).await?;
    Ok(match found.and_then(|factor| factor.confirmed_at) {
        None => Standing::None,
        Some(since) => Standing::On {
            since,
            codes_left: store::count_recovery_codes(db.read(), account_id).await?,
        },
    })
}

/// Begins to set up a second factor: makes a secret that [`setting_up`] shows. Needs the password.
///
/// # Errors
/// See [`FactorError`].
#[tracing::instrument(name = "accounts.begin_second_factor", skip_all, fields(account.id = %account_id))]
pub(crate) async fn begin(
    state: &State,
    account_id: AccountId,
    password: String,
    address: IpAddr,
) -> Result<(), FactorError> {
    if !privacy::is_own_password(state, account_id, password, address).await? {
        return Err(FactorError::WrongPassword);
    }
    let sealed = state
        .field_keys
        .seal(&place(account_id), &totp::new_secret())
        .map_err(encryption)?;
    let now = state.clock.now();
    state
        .db
        .write::<_, DbErr>(async move |txn| {
            known(store::lock_by_id(txn, account_id).await?)?;
            store::begin_factor(txn, now, account_id, sealed).await
        })
        .await?;
    Ok(())
}

/// The secret of a second factor that is being set up; `None` if none is.
///
/// # Errors
/// The database fails, or the secret cannot be decrypted.
pub(crate) async fn setting_up(
    state: &State,
    account_id: AccountId,
) -> Result<Option<String>, DbErr> {
    let found = store::find_factor(state.db.read(), account_id).await?;
    let Some(factor) = found.filter(|factor| factor.confirmed_at.is_none()) else {
        return Ok(None);
    };
    let secret = state.field_keys.open(&place(account_id), &factor.secret);
    secret.map(Some).map_err(encryption)
}

/// Completes the set-up with the first code of the app: from now on it is asked for. Returns the recovery codes,
/// which are shown this once.
///
/// # Errors
/// See [`FactorError`].
#[tracing::instrument(name = "accounts.confirm_second_factor", skip_all, fields(account.id = %account_id))]
pub(crate) async fn confirm_factor(
    state: &State,
    account_id: AccountId,
    code: &str,
) -> Result<Vec<String>, FactorError> {
    let TypedCode::App(code) = TypedCode::read(code) else {
        return Err(FactorError::Code(CodeProblem::Wrong));
    };
    let (clock, keys, composer) = (
        state.clock.clone(),
        state.field_keys.clone(),
        state.composer.clone(),
    );
    let codes = totp::new_recovery_codes();
    let shown = codes.clone();
    state
        .db
        .write::<_, FactorError>(async move |txn| {
            let now = clock.now();
            let account = known(store::lock_by_id(txn, account_id).await?)?;
            let found = store::lock_factor(txn, account_id).await?;
            let Some(factor) = found.filter(|factor| factor.confirmed_at.is_none()) else {
                return Err(FactorError::Code(CodeProblem::None));
            };
            let secret = keys
                .open(&place(account_id), &factor.secret)
                .map_err(encryption)?;
            let Some(step) = totp::step_of(&secret, &code, now) else {
                return Err(FactorError::Code(CodeProblem::Wrong));
            };
            store::confirm_factor(txn, now, account_id, step).await?;
            replace_codes(txn, &clock, account_id, &codes).await?;
            tell(txn, &clock, &composer, &account, "second-factor-on").await?;
            let done = entry(account_id, account_id, "second-factor.set-up");
            audit::record(txn, now, done).await?;
            Ok(())
        })
        .await?;
    state.jobs.wake();
    Ok(shown)
}

/// Makes new recovery codes; those before no longer work. Needs the password.
///
/// # Errors
/// See [`FactorError`].
#[tracing::instrument(name = "accounts.new_recovery_codes", skip_all, fields(account.id = %account_id))]
pub(crate) async fn new_codes(
    state: &State,
    account_id: AccountId,
    password: String,
    address: IpAddr,
) -> Result<Vec<String>, FactorError> {
    if !privacy::is_own_password(state, account_id, password, address).await? {
        return Err(FactorError::WrongPassword);
    }
    let (clock, codes) = (state.clock.clone(), totp::new_recovery_codes());
    let shown = codes.clone();
    state
        .db
        .write::<_, FactorError>(async move |txn| {
            let found = store::lock_factor(txn, account_id).await?;
            if found.is_none_or(|factor| factor.confirmed_at.is_none()) {
                return Err(FactorError::Code(CodeProblem::None));
            }
            replace_codes(txn, &clock, account_id, &codes).await?;
            let done = entry(account_id, account_id, "second-factor.codes-replaced");
            audit::record(txn, clock.now(), done).await?;
            Ok(())
        })
        .await?;
    Ok(shown)
}

async fn replace_codes(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    account_id: AccountId,
    codes: &[String],
) -> Result<(), DbErr> {
    let hashes = codes.iter().filter_map(|code| match TypedCode::read(code) {
        TypedCode::Recovery(hash) => Some(hash),
        TypedCode::App(_) => None,
    });
    store::replace_recovery_codes(txn, clock, account_id, hashes.collect()).await
}

/// Removes one's own second factor. Needs the password and a code.
///
/// # Errors
/// See [`FactorError`].
#[tracing::instrument(name = "accounts.remove_own_second_factor", skip_all, fields(account.id = %account_id))]
pub(crate) async fn remove_own(
    state: &State,
    account_id: AccountId,
    (password, code): (String, String),
    address: IpAddr,
) -> Result<(), FactorError> {
    if !privacy::is_own_password(state, account_id, password, address).await? {
        return Err(FactorError::WrongPassword);
    }
    let (clock, keys, composer) = (
        state.clock.clone(),
        state.field_keys.clone(),
        state.composer.clone(),
    );
    let checked = state
        .db
        .write::<_, DbErr>(async move |txn| {
            let account = known(store::lock_by_id(txn, account_id).await?)?;
            let checked = use_code(txn, &clock, (&keys, &composer), &account, &code).await?;
            if checked.is_ok() {
                remove(txn, &clock, &composer, (Some(account_id), &account)).await?;
            }
            Ok(checked)
        })
        .await?;
    state.jobs.wake();
    checked.map_err(FactorError::Code)
}

/// Removes the second factor of somebody who has lost everything; they are told by mail. `actor` is the
/// administrator, or `None` for the command line. `false` if there was none.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.remove_second_factor", skip_all, fields(account.id = %account_id))]
pub(crate) async fn remove_of(
    (clock, db, composer): (&Clock, &Db, &Composer),
    actor: Option<AccountId>,
    account_id: AccountId,
) -> Result<bool, DbErr> {
    let (clock, composer) = (clock.clone(), composer.clone());
    db.write(async move |txn| {
        let account = known(store::lock_by_id(txn, account_id).await?)?;
        remove(txn, &clock, &composer, (actor, &account)).await
    })
    .await
}

/// The same by the account's address, for the command line: `None` if there is no such account.
///
/// # Errors
/// The database fails.
pub async fn remove_second_factor_of(
    (clock, db, composer): (&Clock, &Db, &Composer),
    email: &str,
) -> Result<Option<bool>, DbErr> {
    let Some(email) = mail::Email::parse(email) else {
        return Ok(None);
    };
    match store::find_by_email(db.read(), &email).await? {
        None => Ok(None),
        Some(account) => remove_of((clock, db, composer), None, account.id)
            .await
            .map(Some),
    }
}

async fn remove(
    txn: &Transaction,
    clock: &Clock,
    composer: &Composer,
    (actor, account): (Option<AccountId>, &AccountRow),
) -> Result<bool, DbErr> {
    if !store::delete_factor(txn, account.id).await? {
        return Ok(false);
    }
    tell(txn, clock, composer, account, "second-factor-off").await?;
    let done = AuditEntry {
        actor_account_id: actor,
        ..entry(account.id, account.id, "second-factor.removed")
    };
    audit::record(txn, clock.now(), done).await?;
    Ok(true)
}

/// Checks a code and uses it up. After some wrong ones there is a pause, doubled each time; at its beginning the
/// owner is told, because somebody knows their password.
async fn use_code(
    txn: &Transaction,
    clock: &Clock,
    (keys, composer): (&FieldKeys, &Composer),
    account: &AccountRow,
    code: &str,
) -> Result<Result<(), CodeProblem>, DbErr> {
    let now = clock.now();
    let found = store::lock_factor(txn, account.id).await?;
    let Some(factor) = found.filter(|factor| factor.confirmed_at.is_some()) else {
        return Ok(Err(CodeProblem::None));
    };
    if let Some(until) = factor.locked_until.filter(|until| now < *until) {
        return Ok(Err(CodeProblem::Paused(until)));
    }
    let is_right = match TypedCode::read(code) {
        TypedCode::App(code) => {
            let secret = keys
                .open(&place(account.id), &factor.secret)
                .map_err(encryption)?;
            match totp::step_of(&secret, &code, now).filter(|step| *step > factor.last_step) {
                Some(step) => {
                    store::use_step(txn, account.id, step).await?;
                    true
                }
                None => false,
            }
        }
        TypedCode::Recovery(hash) => store::use_recovery_code(txn, now, account.id, &hash).await?,
    };
    if is_right {
        store::note_failures(txn, account.id, 0, None).await?;
        return Ok(Ok(()));
    }
    let failures = factor.failures.saturating_add(1);
    let until = pause(failures).map(|pause| now + pause);
    store::note_failures(txn, account.id, failures, until).await?;
    if failures == FREE_FAILURES {
        tell(txn, clock, composer, account, "second-factor-guessed").await?;
    }
    Ok(Err(CodeProblem::Wrong))
}

/// The pause after so many wrong codes in a row.
fn pause(failures: i32) -> Option<TimeDelta> {
    let over = u32::try_from(failures - FREE_FAILURES).ok()?;
    let minutes = 1_i64 << over.min(6);
    Some(TimeDelta::minutes(minutes.min(LONGEST_PAUSE_MINUTES)))
}

/// Signs in somebody whose password was right, with the code of their second factor.
///
/// # Errors
/// See [`FactorError`].
#[tracing::instrument(name = "accounts.enter_code", skip_all, fields(account.id = %account.id))]
pub(crate) async fn enter_code(
    state: &State,
    account: AccountRow,
    code: String,
    browser: Browser,
) -> Result<SignedIn, FactorError> {
    let (clock, keys, composer) = (
        state.clock.clone(),
        state.field_keys.clone(),
        state.composer.clone(),
    );
    let person_id = owner_of(&account)?;
    let password_hash = account.password_hash.clone().unwrap_or_default();
    let account_id = account.id;
    let begun = state
        .db
        .write::<_, DbErr>(async move |txn| {
            let checked = use_code(txn, &clock, (&keys, &composer), &account, &code).await?;
            Ok(match checked {
                Ok(()) => Ok(begin_session(txn, &clock, account.id, browser).await?),
                Err(problem) => Err(problem),
            })
        })
        .await?;
    state.jobs.wake();
    Ok(SignedIn {
        session: begun.map_err(FactorError::Code)?,
        account_id,
        person_id,
        password_hash,
    })
}

/// The account whose password was right, if that is still so.
///
/// # Errors
/// The database fails.
pub(crate) async fn half_signed_in(
    state: &State,
    account_id: AccountId,
) -> Result<Option<AccountRow>, DbErr> {
    let found = store::find_by_id(state.db.read(), account_id).await?;
    Ok(found.filter(|account| account.disabled_at.is_none()))
}

async fn tell(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    composer: &Composer,
    account: &AccountRow,
    kind: &str,
) -> Result<(), DbErr> {
    let lang = language(account);
    let key = format!("{kind}:{}:{}", account.id, clock.now().timestamp_micros());
    let link = composer.link(&address::MyAccount.url(lang));
    let mail = composer.mail(lang, kind, &account.email, key, &[("link", link.into())]);
    mail::enqueue(txn, clock, mail.for_security())
        .await
        .map(drop)
}

fn entry(actor: AccountId, account_id: AccountId, action: &'static str) -> AuditEntry {
    AuditEntry {
        actor_account_id: Some(actor),
        action,
        subject_kind: "account",
        subject_id: account_id.to_string(),
        detail: json!({}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_doubled_up_to_an_hour() {
        let minutes = |failures| pause(failures).map(|pause| pause.num_minutes());
        assert_eq!(
            [1, 4, 5, 6, 8, 10, 11, 12, i32::MAX].map(minutes),
            [
                None,
                None,
                Some(1),
                Some(2),
                Some(8),
                Some(32),
                Some(60),
                Some(60),
                Some(60)
            ]
        );
    }
}
