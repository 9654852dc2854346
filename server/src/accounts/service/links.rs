//! Links in mails: created, checked, used once.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::failure::Failure;
use crate::{
    accounts::{
        State,
        model::{Email, LinkOwner, LinkProblem},
        session::token_hash,
        store::{self, AccountRow, Purpose, TokenRow},
    },
    clock::Clock,
    ids::AccountId,
    people, random,
};

/// How long a link in a mail is valid.
pub(super) const LINK_LASTS: TimeDelta = TimeDelta::hours(24);

/// For how long after a link was used a second submission of its form counts as a repetition.
const SENT_TWICE_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// Why a link could not be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinkError {
    /// The link is not valid.
    #[error("a link that is {0:?}")]
    Problem(LinkProblem),
    /// See [`Failure`].
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for LinkError {
    fn from(error: DbErr) -> Self {
        Self::Failure(error.into())
    }
}

/// Checks a link without using it, and returns its account.
///
/// # Errors
/// Why the link cannot be used.
#[tracing::instrument(name = "accounts.check_link", skip_all)]
pub(crate) async fn check_link(
    state: &State,
    purpose: Purpose,
    token: &str,
) -> Result<LinkOwner, LinkError> {
    let found = store::find_token(state.db.read(), purpose, &token_hash(token)).await?;
    if let Some(problem) = problem(state.clock.now(), found.as_ref()) {
        return Err(LinkError::Problem(problem));
    }
    let account = match found.and_then(|token| token.account_id) {
        Some(id) => store::find_by_id(state.db.read(), id).await?,
        None => None,
    };
    let person_id = account.as_ref().and_then(|account| account.person_id);
    let words = match person_id {
        Some(person_id) => people::known_words(&state.db, person_id).await?,
        None => Vec::new(),
    };
    Ok(LinkOwner {
        words,
        is_confirmed: account
            .as_ref()
            .is_some_and(|account| account.email_confirmed_at.is_some()),
        email: account.map(|account| account.email).unwrap_or_default(),
    })
}

/// The account of a link that was used a short time ago; its form may have been sent twice.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.just_used", skip_all)]
pub(crate) async fn just_used(
    state: &State,
    purpose: Purpose,
    token: &str,
) -> Result<Option<AccountRow>, DbErr> {
    let found = store::find_token(state.db.read(), purpose, &token_hash(token)).await?;
    let now = state.clock.now();
    let account_id = found
        .filter(|token| token.used_at.is_some_and(|at| now < at + SENT_TWICE_WITHIN))
        .and_then(|token| token.account_id);
    match account_id {
        Some(id) => store::find_by_id(state.db.read(), id).await,
        None => Ok(None),
    }
}

/// Whether a used link belongs to this account.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.is_used_by", skip_all, fields(account.id = %account_id))]
pub(crate) async fn is_used_by(
    state: &State,
    purpose: Purpose,
    token: &str,
    account_id: AccountId,
) -> Result<bool, DbErr> {
    let found = store::find_token(state.db.read(), purpose, &token_hash(token)).await?;
    Ok(found.is_some_and(|token| token.account_id == Some(account_id) && token.used_at.is_some()))
}

/// Creates a link for an account; returns its token.
pub(super) async fn new_link(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    purpose: Purpose,
    account_id: AccountId,
) -> Result<String, DbErr> {
    insert(txn, clock, (purpose, account_id, None)).await
}

/// Creates a link that confirms the new address of an account; returns its token.
pub(super) async fn new_link_to(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    account_id: AccountId,
    new_email: &Email,
) -> Result<String, DbErr> {
    let purpose = Purpose::ChangeEmail;
    insert(
        txn,
        clock,
        (purpose, account_id, Some(new_email.as_str().to_owned())),
    )
    .await
}

async fn insert(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    (purpose, account_id, new_email): (Purpose, AccountId, Option<String>),
) -> Result<String, DbErr> {
    let (now, token) = (clock.now(), random::token());
    let row = TokenRow {
        token_hash: token_hash(&token),
        purpose,
        account_id: Some(account_id),
        created_at: now,
        expires_at: now + LINK_LASTS,
        used_at: None,
        new_email,
    };
    store::insert_token(txn, row).await?;
    Ok(token)
}

/// Marks a link as used; returns its account.
pub(super) async fn use_link(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    purpose: Purpose,
    hash: &str,
) -> Result<AccountId, LinkError> {
    let used = use_token_of(txn, now, purpose, hash).await?;
    used.account_id
        .ok_or(LinkError::Problem(LinkProblem::Unknown))
}

/// The same; returns the whole row.
pub(super) async fn use_token_of(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    purpose: Purpose,
    hash: &str,
) -> Result<TokenRow, LinkError> {
    if let Some(used) = store::use_token(txn, now, purpose, hash).await? {
        return Ok(used);
    }
    let found = store::find_token(txn, purpose, hash).await?;
    Err(LinkError::Problem(
        problem(now, found.as_ref()).unwrap_or(LinkProblem::Unknown),
    ))
}

fn problem(now: DateTime<Utc>, token: Option<&TokenRow>) -> Option<LinkProblem> {
    match token {
        None => Some(LinkProblem::Unknown),
        Some(token) if token.used_at.is_some() => Some(LinkProblem::Used),
        Some(token) if token.expires_at <= now => Some(LinkProblem::Expired),
        Some(_) => None,
    }
}
