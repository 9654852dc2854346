//! Limits the time of a write and catches its panics, so that it cannot block or stop the writes behind it.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures::FutureExt as _;
use sea_orm::DbErr;
use tokio::time::timeout;

use super::{interrupted::interrupted, transaction::Transaction};

/// A write that takes longer is ended and rolled back: it must be waiting for something other than the
/// database.
pub const WRITE_LIMIT: Duration = Duration::from_secs(30);

/// Runs work so that a panic or an endless wait becomes an error.
pub(super) async fn guarded<T, E>(
    limit: Duration,
    work: impl AsyncFnOnce(&Transaction) -> Result<T, E>,
    transaction: &Transaction,
) -> Result<T, E>
where
    E: From<DbErr>,
{
    let contained = AssertUnwindSafe(async { work(transaction).await }).catch_unwind();
    match timeout(limit, contained).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_panic)) => {
            tracing::error!("a database write panicked");
            Err(interrupted("a database write panicked").into())
        }
        Err(_elapsed) => {
            tracing::error!(limit_s = limit.as_secs(), "a database write took too long");
            Err(interrupted("a database write took too long").into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::testing::databases;

    #[tokio::test]
    async fn endless_work_is_ended() {
        for db in databases().await {
            let started = std::time::Instant::now();
            let outcome: Result<(), DbErr> = db
                .write(async |transaction| {
                    let endless = async |_: &Transaction| std::future::pending().await;
                    guarded(Duration::from_millis(20), endless, transaction).await
                })
                .await;
            assert!(outcome.unwrap_err().to_string().contains("too long"));
            assert!(started.elapsed() < WRITE_LIMIT);
        }
    }
}
