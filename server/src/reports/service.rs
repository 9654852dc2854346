//! The use cases of reports; each owns its transaction.

use chrono::Duration;
use sea_orm::DbErr;

use super::{
    list::ReportsQuery,
    model::{Description, MistakeReport},
    store,
};
use crate::{
    clock::Clock,
    db::{Db, IDS_AT_ONCE},
    ids::{AccountId, MistakeReportId},
    list::Found,
};

/// How long a report is kept after an author has seen to it.
pub(super) const KEPT: Duration = Duration::days(365);

/// How many reports may come in an hour; more are not people who read pages.
const MOST_AN_HOUR: u64 = 200;

/// Why a report is not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReportError {
    /// Very many came just now.
    #[error("too many reports came within an hour")]
    TooMany,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Keeps a report for the authors. One that says the same of the same page as one that waits is not kept twice.
///
/// # Errors
/// [`ReportError::TooMany`], or the database fails.
#[tracing::instrument(name = "reports.add", skip_all)]
pub(super) async fn add(
    clock: &Clock,
    db: &Db,
    page: String,
    locale: &'static str,
    text: Description,
) -> Result<(), ReportError> {
    let clock = clock.clone();
    db.write(async move |txn| {
        if store::is_known(txn, &page, &text).await? {
            return Ok(());
        }
        if store::count_since(txn, clock.now() - Duration::hours(1)).await? >= MOST_AN_HOUR {
            return Err(ReportError::TooMany);
        }
        Ok(store::insert(txn, &clock, &page, locale, &text).await?)
    })
    .await
}

/// A page of the reports that a query finds, and how many wait in all.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "reports.list", skip_all)]
pub(super) async fn list(
    db: &Db,
    query: &ReportsQuery,
) -> Result<(Found<MistakeReport>, u64), DbErr> {
    let found = store::list(db.read(), query, query.list.extent()).await?;
    Ok((found, store::count_open(db.read()).await?))
}

/// Notes that reports were seen to, or wait again; how many that changed.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "reports.set_handled", skip_all)]
pub(super) async fn set_handled(
    clock: &Clock,
    db: &Db,
    actor: AccountId,
    ids: Vec<MistakeReportId>,
    is_handled: bool,
) -> Result<u64, DbErr> {
    let handled = is_handled.then(|| (actor, clock.now()));
    db.write(async move |txn| {
        let mut changed = 0;
        for some in ids.chunks(IDS_AT_ONCE) {
            changed += store::set_handled(txn, some, handled).await?;
        }
        Ok(changed)
    })
    .await
}

/// Deletes what was seen to more than [`KEPT`] ago; how many.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "reports.delete_old", skip_all)]
pub async fn delete_old(clock: &Clock, db: &Db) -> Result<u64, DbErr> {
    let before = clock.now() - KEPT;
    db.write(async move |txn| store::delete_handled_before(txn, before).await)
        .await
}
