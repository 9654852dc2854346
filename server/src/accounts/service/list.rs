//! The list of accounts that administrators search.

use sea_orm::DbErr;

use crate::{
    accounts::{list::AccountsQuery, model::AccountSummary, store},
    audit,
    clock::Clock,
    db::Db,
    ids::AccountId,
    list::{Extent, Found, Query},
};

/// The accounts that a query finds.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.list", skip_all)]
pub(crate) async fn list(db: &Db, query: &AccountsQuery) -> Result<Found<AccountSummary>, DbErr> {
    store::accounts(db.read(), query, query.list.extent()).await
}

/// How many accounts a search finds.
///
/// # Errors
/// The database fails.
pub async fn count(db: &Db, search: &str) -> Result<u64, DbErr> {
    let query = AccountsQuery {
        list: Query::searching(search),
        role: None,
        is_confirmed: None,
    };
    Ok(list(db, &query).await?.total)
}

/// All accounts that a query finds, for a file; that somebody took it away is noted in the audit log.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.export", skip_all)]
pub(crate) async fn export(
    clock: &Clock,
    db: &Db,
    actor_account_id: AccountId,
    query: &AccountsQuery,
) -> Result<Vec<AccountSummary>, DbErr> {
    let found = store::accounts(db.read(), query, Extent::All).await?;
    let entry = audit::Entry {
        actor_account_id: Some(actor_account_id),
        action: "account.list-exported",
        subject_kind: "register",
        subject_id: "accounts".to_owned(),
        detail: query.list.export_note(found.total),
    };
    audit::note(db, clock.now(), entry).await?;
    Ok(found.rows)
}
