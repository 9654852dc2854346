//! The list of accounts for administrators.

use sea_orm::DbErr;

use crate::{
    accounts::{list::AccountsQuery, model::AccountSummary, store},
    db::Db,
    ids::AccountId,
    list::{Extent, FoundRows, Query},
    principal::Role,
};

/// The accounts that match a query.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.list", skip_all)]
pub(crate) async fn list(
    db: &Db,
    query: &AccountsQuery,
    extent: Extent,
) -> Result<FoundRows<AccountSummary>, DbErr> {
    store::accounts(db.read(), query, extent).await
}

/// One account, as the list shows it.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.one", skip_all, fields(account.id = %account_id))]
pub(crate) async fn one(db: &Db, account_id: AccountId) -> Result<Option<AccountSummary>, DbErr> {
    store::summary(db.read(), account_id).await
}

/// An account that has a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHolder {
    /// The account.
    pub account_id: AccountId,
    /// The name of its person; empty if unknown.
    pub name: String,
    /// Its address.
    pub email: String,
}

/// The accounts that have a role and can sign in, by their addresses.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.with_role", skip_all)]
pub async fn with_role(db: &Db, role: Role) -> Result<Vec<RoleHolder>, DbErr> {
    let query = AccountsQuery {
        list: Query::searching(""),
        role: Some(role),
        is_confirmed: None,
        is_closed: Some(false),
    };
    let found = list(db, &query, Extent::All).await?;
    let holder = |account: AccountSummary| RoleHolder {
        account_id: account.id,
        name: account.name,
        email: account.email,
    };
    Ok(found.rows.into_iter().map(holder).collect())
}

/// How many accounts match a search.
///
/// # Errors
/// The database fails.
pub async fn count(db: &Db, search: &str) -> Result<u64, DbErr> {
    let query = AccountsQuery {
        list: Query::searching(search),
        role: None,
        is_confirmed: None,
        is_closed: None,
    };
    Ok(list(db, &query, query.list.extent()).await?.total)
}
