//! What an account may do now, for areas that let something else than a session act for it.

use chrono::{DateTime, Utc};
use futures::future::LocalBoxFuture;
use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    accounts::{
        model::{Email, Roles},
        store,
    },
    db::Transaction,
    ids::{AccountId, PersonId},
    principal::{Principal, SessionRules},
};

/// How other areas react when an account loses rights. Implemented on top of the areas.
pub trait OnRightsLost: Send + Sync {
    /// Called in the transaction in which an account is closed or loses a role, after that was written; `left` are the
    /// roles that it can still use.
    fn rights_lost<'a>(
        &'a self,
        txn: &'a Transaction,
        now: DateTime<Utc>,
        account_id: AccountId,
        left: Roles,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>>;
}

/// How other areas react when an address is confirmed. Implemented on top of the areas.
pub trait OnAddress: Send + Sync {
    /// Called in the transaction in which an address is confirmed as that of a person with an account, after that was
    /// written.
    fn confirmed<'a>(
        &'a self,
        txn: &'a Transaction,
        person_id: PersonId,
        email: &'a Email,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>>;
}

/// The account with an address; `None` if there is none.
///
/// # Errors
/// The database fails.
pub async fn account_of(
    db: &impl ConnectionTrait,
    email: &str,
) -> Result<Option<AccountId>, DbErr> {
    let Some(email) = Email::parse(email) else {
        return Ok(None);
    };
    Ok(store::find_by_email(db, &email).await?.map(|row| row.id))
}

/// The person behind an account; `None` if nobody can sign in to it.
///
/// # Errors
/// The database fails.
pub async fn person_of(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<Option<PersonId>, DbErr> {
    let principal = store::principal(db, account_id).await?;
    Ok(principal.map(|principal| principal.person_id))
}

/// The person behind an account with their roles as they are now; `None` if nobody can sign in to it.
///
/// # Errors
/// The database fails.
pub async fn principal_of(
    db: &impl ConnectionTrait,
    rules: &SessionRules,
    account_id: AccountId,
) -> Result<Option<Principal>, DbErr> {
    let Some(mut principal) = store::principal(db, account_id).await? else {
        return Ok(None);
    };
    principal.must_enrol = rules.needs_second_factor(principal.roles)
        && !store::has_second_factor(db, account_id).await?;
    Ok(Some(principal))
}

/// The roles of an account, which is locked until the transaction ends, so that none is taken meanwhile; `None` if
/// nobody can sign in to it.
///
/// # Errors
/// The database fails.
pub async fn lock_roles(txn: &Transaction, account_id: AccountId) -> Result<Option<Roles>, DbErr> {
    if store::lock_by_id(txn, account_id).await?.is_none() {
        return Ok(None);
    }
    let principal = store::principal(txn, account_id).await?;
    Ok(principal.map(|principal| principal.roles))
}
