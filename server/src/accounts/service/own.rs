//! What people change about their own account while they are signed in: language, password, e-mail address.

use std::{net::IpAddr, sync::Arc};

use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::{
    account::known,
    failure::Failure,
    links::{LinkError, new_link_to, use_token_of},
    mails::language,
};
use crate::{
    accounts::{
        State,
        forms::{NewEmail, PasswordChange},
        model::{Email, link_url},
        password, privacy, session,
        session::token_hash,
        store::{self, AccountRow, Purpose},
    },
    audit::{self, AuditEntry},
    clock::Clock,
    http::{
        Error, Lang,
        address::{self, Address as _},
    },
    ids::{AccountId, JobId},
    mail::{self, Composer},
};

/// Why something about one's own account was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OwnError {
    /// The present password is another.
    #[error("wrong password")]
    WrongPassword,
    /// Too many guesses, or the database fails.
    #[error(transparent)]
    Other(#[from] Error),
}

impl From<DbErr> for OwnError {
    fn from(error: DbErr) -> Self {
        Self::Other(error.into())
    }
}

impl From<Failure> for OwnError {
    fn from(failure: Failure) -> Self {
        Self::Other(failure.into())
    }
}

/// The address of one's own account, and other words of its owner that make a password easy to guess.
///
/// # Errors
/// The database fails.
pub(crate) async fn own_words(
    state: &State,
    account_id: AccountId,
) -> Result<(String, Vec<String>), DbErr> {
    let account = known(store::find_by_id(state.db.read(), account_id).await?)?;
    let words = match account.person_id {
        Some(person_id) => crate::people::known_words(&state.db, person_id).await?,
        None => Vec::new(),
    };
    Ok((account.email, words))
}

/// Sets the language of pages and mails.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.set_language", skip_all, fields(account.id = %account_id))]
pub(crate) async fn set_language(
    state: &State,
    account_id: AccountId,
    lang: Lang,
) -> Result<(), DbErr> {
    state
        .db
        .write(async move |txn| store::set_language(txn, account_id, lang).await)
        .await
}

/// Changes the password of somebody who knows the present one: all other sessions end, links that were mailed
/// become invalid, and the owner is told by mail. Returns the hash of the new password.
///
/// # Errors
/// See [`OwnError`].
#[tracing::instrument(name = "accounts.change_password", skip_all, fields(account.id = %account_id))]
pub(crate) async fn change_password(
    state: &State,
    account_id: AccountId,
    change: PasswordChange,
    (address, session): (IpAddr, String),
) -> Result<String, OwnError> {
    if !privacy::is_own_password(state, account_id, change.present, address).await? {
        return Err(OwnError::WrongPassword);
    }
    let new_hash = password::hash(change.new).await.map_err(Failure::from)?;
    let (hash, clock, composer) = (
        new_hash.clone(),
        state.clock.clone(),
        state.composer.clone(),
    );
    state
        .db
        .write::<_, DbErr>(async move |txn| {
            let now = clock.now();
            let account = known(store::lock_by_id(txn, account_id).await?)?;
            store::set_password(txn, now, account_id, &hash).await?;
            session::end_others(txn, account_id, &session).await?;
            store::use_all_tokens(txn, now, Some(account_id)).await?;
            let key = format!("password-changed:{account_id}:{}", now.timestamp_micros());
            let link = address::Forgotten.url(language(&account));
            tell(
                txn,
                &clock,
                &composer,
                &account,
                ("password-changed", key, &link),
            )
            .await?;
            audit::record(txn, now, entry(account_id, "account.password-changed")).await
        })
        .await?;
    state.jobs.wake();
    Ok(new_hash)
}

/// Asks for another address: a link is sent there. If the address belongs to another account, its owner is told
/// instead; the page says the same. Returns the id of the mail.
///
/// # Errors
/// See [`OwnError`].
#[tracing::instrument(name = "accounts.ask_for_new_email", skip_all, fields(account.id = %account_id))]
pub(crate) async fn ask_for_new_email(
    state: &State,
    account_id: AccountId,
    new: NewEmail,
    address: IpAddr,
) -> Result<Option<JobId>, OwnError> {
    if !privacy::is_own_password(state, account_id, new.password, address).await? {
        return Err(OwnError::WrongPassword);
    }
    let (clock, composer, email) = (state.clock.clone(), state.composer.clone(), new.email);
    let mail_id = state
        .db
        .write::<_, DbErr>(async move |txn| {
            let now = clock.now();
            let account = known(store::lock_by_id(txn, account_id).await?)?;
            let lang = language(&account);
            // Once a minute and address, as other mails that somebody asks for.
            let minute = now.timestamp().div_euclid(60);
            let address = token_hash(email.as_str());
            let key = format!("new-email:{account_id}:{address}:{minute}");
            if let Some((id, _)) = mail::queued(txn, [key.clone()]).await?.first() {
                return Ok(Some(*id));
            }
            let (kind, link) = if is_taken(txn, &email).await? {
                ("new-email-taken", address::SignIn.url(lang))
            } else {
                // Only the newest of such links works: a mistyped address must not keep one.
                store::use_tokens_for(txn, now, account_id, Purpose::ChangeEmail).await?;
                let token = new_link_to(txn, &clock, account_id, &email).await?;
                ("new-email", link_url(Purpose::ChangeEmail, &token, lang))
            };
            let args = [("link", composer.link(&link).into())];
            let mail = composer.mail(lang, kind, email.as_str(), key, &args);
            let id = mail::enqueue(txn, &clock, mail.for_security()).await?;
            audit::record(
                txn,
                now,
                entry(account_id, "account.email-change-requested"),
            )
            .await?;
            Ok(Some(id))
        })
        .await?;
    state.jobs.wake();
    Ok(mail_id)
}

/// Whether an address belongs to an account that its owner has confirmed, or to one with a role, which somebody
/// decided on.
async fn is_taken(txn: &impl ConnectionTrait, email: &Email) -> Result<bool, DbErr> {
    let Some(account) = store::find_by_email(txn, email).await? else {
        return Ok(false);
    };
    let is_used = account.email_confirmed_at.is_some() || account.person_id.is_some();
    Ok(is_used || store::has_role(txn, account.id).await?)
}

/// The address behind a link for a new address, if the link can be used.
///
/// # Errors
/// Why it cannot.
#[tracing::instrument(name = "accounts.check_new_email", skip_all)]
pub(crate) async fn check_new_email(state: &State, token: &str) -> Result<String, LinkError> {
    super::links::check_link(state, Purpose::ChangeEmail, token).await?;
    let found =
        store::find_token(state.db.read(), Purpose::ChangeEmail, &token_hash(token)).await?;
    Ok(found.and_then(|token| token.new_email).unwrap_or_default())
}

/// Why a new address was not confirmed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NewEmailError {
    /// Another account has confirmed the address in the meantime.
    #[error("the address is taken")]
    Taken,
    /// See [`LinkError`].
    #[error(transparent)]
    Link(#[from] LinkError),
}

impl From<DbErr> for NewEmailError {
    fn from(error: DbErr) -> Self {
        Self::Link(error.into())
    }
}

/// Makes the address that a link was sent to the account's, and tells the one before. The account, the person
/// and their record stay; links that were mailed to the old address become invalid. Returns whose account it is.
///
/// # Errors
/// See [`NewEmailError`].
#[tracing::instrument(name = "accounts.confirm_new_email", skip_all)]
pub(crate) async fn confirm_new_email(
    state: &State,
    token: &str,
) -> Result<AccountId, NewEmailError> {
    let (clock, composer, hash) = (
        state.clock.clone(),
        state.composer.clone(),
        token_hash(token),
    );
    let on_address = Arc::clone(&state.on_address);
    let account_id = state
        .db
        .write::<_, NewEmailError>(async move |txn| {
            let now = clock.now();
            let used = use_token_of(txn, now, Purpose::ChangeEmail, &hash).await?;
            let account_id = used
                .account_id
                .ok_or_else(|| DbErr::RecordNotFound("account".to_owned()))?;
            let email = used.new_email.as_deref().and_then(Email::parse);
            let email = email.ok_or_else(|| DbErr::RecordNotFound("address".to_owned()))?;
            let account = known(store::lock_by_id(txn, account_id).await?)?;
            if is_taken(txn, &email).await? {
                return Err(NewEmailError::Taken);
            }
            // Somebody may have begun to register it and not confirmed it.
            store::delete_unconfirmed(txn, &email).await?;
            store::add_former_email(txn, &clock, &account).await?;
            store::set_email(txn, now, account_id, &email).await?;
            if let Some(person_id) = account.person_id {
                on_address.confirmed(txn, person_id, &email).await?;
            }
            // Their link arrived.
            mail::accept(txn, email.as_str()).await?;
            store::use_all_tokens(txn, now, Some(account_id)).await?;
            let key = format!("email-changed:{hash}");
            let link = address::Contact.url(language(&account));
            // To the address that the account had until now.
            tell(
                txn,
                &clock,
                &composer,
                &account,
                ("email-changed", key, &link),
            )
            .await?;
            audit::record(txn, now, entry(account_id, "account.email-changed")).await?;
            Ok(account_id)
        })
        .await?;
    state.jobs.wake();
    Ok(account_id)
}

async fn tell(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    composer: &Composer,
    account: &AccountRow,
    (kind, key, link): (&str, String, &str),
) -> Result<(), DbErr> {
    let args = [("link", composer.link(link).into())];
    let mail = composer.mail(language(account), kind, &account.email, key, &args);
    mail::enqueue(txn, clock, mail.for_security())
        .await
        .map(drop)
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
