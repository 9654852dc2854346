//! The first administrator, made by the link that is printed at the start.

use chrono::TimeDelta;
use sea_orm::DbErr;
use serde_json::json;

use super::{
    account::known,
    failure::Failure,
    links::{LinkError, check_link},
    sign_in::{Browser, SignedIn},
};
use crate::{
    accounts::{
        State,
        forms::FirstAdministrator,
        model::{LinkProblem, Role},
        password,
        session::{self, token_hash},
        store::{self, NewAccount, Purpose, TokenRow},
    },
    audit,
    clock::Clock,
    db::Db,
    http::Lang,
    people, random,
};

/// A new token for the link that makes the first administrator. Earlier tokens become invalid. `None` if
/// there is an administrator already.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.first_administrator_token", skip_all)]
pub async fn first_administrator_token(clock: &Clock, db: &Db) -> Result<Option<String>, DbErr> {
    if store::has_administrator(db.read()).await? {
        return Ok(None);
    }
    let now = clock.now();
    db.write(async move |txn| {
        store::use_all_tokens(txn, now, None).await?;
        let token = random::token();
        let row = TokenRow {
            token_hash: token_hash(&token),
            purpose: Purpose::FirstAdministrator,
            account_id: None,
            created_at: now,
            // Valid until it is used, or until the server is started again.
            expires_at: now + TimeDelta::days(36_500),
            used_at: None,
            new_email: None,
        };
        store::insert_token(txn, row).await?;
        Ok(Some(token))
    })
    .await
}

/// Why the first administrator was not created.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FirstAdministratorError {
    /// The address already belongs to an account that its owner has confirmed.
    #[error("the address is taken")]
    Taken,
    /// See [`LinkError`].
    #[error(transparent)]
    Link(#[from] LinkError),
}

impl From<DbErr> for FirstAdministratorError {
    fn from(error: DbErr) -> Self {
        Self::Link(error.into())
    }
}

/// Creates the first administrator from the link printed at the start, and signs them in.
///
/// # Errors
/// See [`FirstAdministratorError`].
#[tracing::instrument(name = "accounts.make_first_administrator", skip_all)]
pub(crate) async fn make_first_administrator(
    state: &State,
    token: &str,
    input: FirstAdministrator,
    lang: Lang,
    browser: Browser,
) -> Result<SignedIn, FirstAdministratorError> {
    check_link(state, Purpose::FirstAdministrator, token).await?;
    let password_hash = password::hash(input.password)
        .await
        .map_err(|error| LinkError::from(Failure::from(error)))?;
    let (clock, hash) = (state.clock.clone(), token_hash(token));
    state
        .db
        .write(async move |txn| {
            let now = clock.now();
            if store::use_token(txn, now, Purpose::FirstAdministrator, &hash)
                .await?
                .is_none()
            {
                return Err(LinkError::Problem(LinkProblem::Used).into());
            }
            let (given, family) = (input.given_name.as_str(), input.family_name.as_str());
            let new = NewAccount {
                email: &input.email,
                lang,
            };
            store::insert(txn, &clock, new).await?;
            let account = known(store::lock_by_email(txn, &input.email).await?)?;
            let account_id = account.id;
            if account.email_confirmed_at.is_some() {
                return Err(FirstAdministratorError::Taken);
            }
            // Somebody else may have registered this address before; their links become invalid.
            store::use_all_tokens(txn, now, Some(account_id)).await?;
            let person_id = people::add(txn, &clock, (given, family)).await?;
            store::set_person(txn, account_id, person_id).await?;
            store::set_password(txn, now, account_id, &password_hash).await?;
            store::set_language(txn, account_id, lang).await?;
            store::give_role(txn, &clock, account_id, Role::Admin, None).await?;
            let entry = audit::AuditEntry {
                actor_account_id: Some(account_id),
                action: "account.first-administrator-created",
                subject_kind: "account",
                subject_id: account_id.to_string(),
                detail: json!({}),
            };
            let session = session::begin(txn, &clock, account_id, &browser.device).await?;
            audit::record(txn, now, entry).await?;
            Ok(SignedIn {
                session,
                account_id,
                person_id,
                password_hash,
            })
        })
        .await
}
