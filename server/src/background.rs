//! What runs beside the pages: which area does which jobs, and what is tidied up when.

use std::time::Duration;

use actix_web::web::Data;
use futures::FutureExt as _;
use sea_orm::DbErr;

use crate::{
    accounts, certificates,
    http::App,
    jobs::{self, Schedule, Workers},
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
    Schedule::default().every(60 * MINUTE, "expired sessions", |app| {
        delete_expired_sessions(app).boxed()
    })
}

/// Runs both until [`jobs::Bell::stop`].
pub async fn run(app: Data<App>) {
    let (workers, schedule) = (workers(), schedule());
    tokio::join!(jobs::run(&app, &workers), schedule.run(&app));
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
