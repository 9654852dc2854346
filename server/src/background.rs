//! What runs beside the pages: which area does which jobs, and what is tidied up when.

use std::time::Duration;

use actix_web::web::Data;
use sea_orm::DbErr;

use crate::{
    accounts,
    certificates::{self, Renderer},
    http::App,
    jobs::{self, Schedule, Workers},
    learning,
    mail::{self, transport::Transport},
};

/// Who does which jobs.
#[must_use]
pub fn workers(app: &App) -> Workers {
    let renderer = Renderer {
        db: app.db.clone(),
        clock: app.clock.clone(),
        theme: app.theme.clone(),
    };
    Workers::default().with(move |job, _| certificates::render_file(renderer.clone(), job))
}

/// What happens now and then.
#[must_use]
pub fn schedule(app: &Data<App>) -> Schedule {
    const MINUTE: Duration = Duration::from_mins(1);
    let (for_attempts, for_sessions) = (app.clone(), app.clone());
    Schedule::default()
        .every(MINUTE, "overdue attempts", move || {
            let app = for_attempts.clone();
            async move { Ok(catch_up(&app).await?) }
        })
        .every(60 * MINUTE, "expired sessions", move || {
            let app = for_sessions.clone();
            async move { delete_expired_sessions(&app).await }
        })
}

/// How many mails are handed over at a time.
const MAILS_AT_ONCE: usize = 2;

/// How many other jobs run at a time.
const JOBS_AT_ONCE: usize = 2;

/// Runs all of it until [`jobs::Notifier::stop`]. Mails have runners of their own: whoever waits for a link does
/// not wait for certificates.
pub async fn run(app: Data<App>, transport: Transport) {
    let queue = app.queue();
    let (mails, others) = (mail::delivery::workers(transport), workers(&app));
    let schedule = schedule(&app);
    tokio::join!(
        jobs::run(&queue, &mails, MAILS_AT_ONCE),
        jobs::run(&queue, &others, JOBS_AT_ONCE),
        schedule.run(&queue.notifier)
    );
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
        .write::<_, DbErr>(async move |txn| accounts::session::delete_expired(txn, now).await)
        .await?;
    Ok(())
}
