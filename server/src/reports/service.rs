//! The use cases of reports; each owns its transaction.

use chrono::Duration;
use sea_orm::DbErr;

use super::{forms::Description, list::ReportsQuery, model::MistakeReport, store};
use crate::{
    clock::Clock,
    db::{Db, IDS_AT_ONCE},
    ids::{AccountId, MistakeReportId},
    list::FoundRows,
};

/// The most reports in an hour; more are taken for spam.
const MAX_PER_HOUR: u64 = 200;

/// Why a report is not accepted.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReportError {
    /// There were too many within the last hour.
    #[error("too many reports came within an hour")]
    TooMany,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Stores a report. If an open report has the same text and page, nothing is stored.
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
        if store::is_open_already(txn, &page, &text).await? {
            return Ok(());
        }
        if store::count_since(txn, clock.now() - Duration::hours(1)).await? >= MAX_PER_HOUR {
            return Err(ReportError::TooMany);
        }
        Ok(store::insert(txn, &clock, &page, locale, &text).await?)
    })
    .await
}

/// A page of the reports that match a query, and the number of all open reports.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "reports.list", skip_all)]
pub(super) async fn list(
    db: &Db,
    query: &ReportsQuery,
) -> Result<(FoundRows<MistakeReport>, u64), DbErr> {
    let found = store::list(db.read(), query, query.list.extent()).await?;
    Ok((found, store::count_open(db.read()).await?))
}

/// Marks reports as handled or as open again; returns how many changed.
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
