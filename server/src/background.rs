//! What runs beside the pages: which area does which jobs, and what is tidied up when.

use std::time::Duration;

use actix_web::web::Data;
use futures::FutureExt as _;
use sea_orm::DbErr;

use crate::{
    accounts, certificates,
    http::App,
    jobs::{self, Schedule, Workers},
    learning,
};

/// Who does which jobs.
#[must_use]
pub fn workers() -> Workers {
    Workers::default().with(certificates::RENDER_JOB, |app, payload| {
        certificates::render_job(app, payload).boxed()
    })
}

/// What happens now and then.
#[must_use]
pub fn schedule() -> Schedule {
    const MINUTE: Duration = Duration::from_mins(1);
    Schedule::default()
        .every(MINUTE, "overdue attempts", |app| {
            async { Ok(catch_up(app).await?) }.boxed()
        })
        .every(60 * MINUTE, "expired sessions", |app| {
            delete_expired_sessions(app).boxed()
        })
}

/// Runs both until [`jobs::Bell::stop`].
pub async fn run(app: Data<App>) {
    let (workers, schedule) = (workers(), schedule());
    tokio::join!(jobs::run(&app, &workers), schedule.run(&app));
}

/// Writes what time alone has brought about: marks the attempts at tests whose time is over. By the
/// schedule, and before figures are shown that it may change; costs one read when there is nothing to do.
///
/// # Errors
/// The database fails.
pub async fn catch_up(app: &App) -> Result<(), DbErr> {
    let context = learning::pages::context(app, &app.catalogue());
    let ended = learning::service::attempt::end_overdue(&context).await?;
    if ended > 0 {
        tracing::info!(ended, "attempts whose time was over were marked");
    }
    Ok(())
}

async fn delete_expired_sessions(app: &App) -> Result<(), jobs::Failure> {
    let now = app.clock.now();
    app.db
        .write::<_, DbErr>(move |txn| {
            async move { accounts::session::delete_expired(txn, now).await }.boxed()
        })
        .await?;
    Ok(())
}
