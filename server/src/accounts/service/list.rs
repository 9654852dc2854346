//! The list of accounts that administrators search.

use sea_orm::DbErr;

use crate::{
    accounts::{model::AccountSummary, store},
    db::Db,
    mail,
    text::{MOST_WORDS, fold},
};

/// How many accounts are on a page of the list.
pub const PAGE_SIZE: u64 = 25;

/// A page of the accounts that fit a search, and how many fit in all. Pages count from 1.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.list", skip_all)]
pub async fn list(db: &Db, query: &str, page: u64) -> Result<(Vec<AccountSummary>, u64), DbErr> {
    let words: Vec<_> = query
        .to_lowercase()
        .split_whitespace()
        .take(MOST_WORDS)
        .map(|word| (mail::as_stored(word), fold(word)))
        .collect();
    store::accounts(db.read(), &words, page.saturating_sub(1), PAGE_SIZE).await
}
