//! The list of accounts for administrators.

use sea_orm::DbErr;

use crate::{
    accounts::{list::AccountsQuery, model::AccountSummary, store},
    db::Db,
    list::{Extent, FoundRows, Query},
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

/// How many accounts match a search.
///
/// # Errors
/// The database fails.
pub async fn count(db: &Db, search: &str) -> Result<u64, DbErr> {
    let query = AccountsQuery {
        list: Query::searching(search),
        role: None,
        is_confirmed: None,
    };
    Ok(list(db, &query, query.list.extent()).await?.total)
}
