//! Runs what is due: right after something was queued, and every few seconds for what another
//! server queued, what failed, and what a runner that died left behind.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures::{FutureExt as _, future::join_all};
use sea_orm::DbErr;
use tokio::{sync::watch, time::timeout};

use super::{
    model::{Failure, Workers},
    store,
};
use crate::{db::entity::job, http::App};

/// How often the queue is looked at when nobody rings.
const POLL: Duration = Duration::from_secs(5);

/// How long a worker may take: shorter than the lease, so that its end is still noted.
const LIMIT: Duration = Duration::from_mins(4);

/// How many jobs one process runs at a time.
const RUNNERS: usize = 2;

/// Wakes and stops the runners of a process. Cheap to clone; clones ring the same one.
#[derive(Debug, Clone)]
pub struct Bell(watch::Sender<State>);

#[derive(Debug, Clone, Copy, Default)]
struct State {
    rings: u64,
    is_stopping: bool,
}

impl Default for Bell {
    fn default() -> Self {
        Self(watch::Sender::new(State::default()))
    }
}

impl Bell {
    /// Says that jobs were queued and their transaction is committed.
    pub fn wake(&self) {
        self.0
            .send_modify(|state| state.rings = state.rings.wrapping_add(1));
    }

    /// Asks the runners to end after the jobs under way; [`run`] returns then.
    pub fn stop(&self) {
        self.0.send_modify(|state| state.is_stopping = true);
    }

    fn is_stopping(&self) -> bool {
        self.0.borrow().is_stopping
    }

    /// Waits for `span`, or until the bell is asked to stop; says whether to go on.
    pub(super) async fn sleep(&self, span: Duration) -> bool {
        let mut ears = self.0.subscribe();
        timeout(span, ears.wait_for(|state| state.is_stopping))
            .await
            .is_err()
    }
}

/// Runs jobs until [`Bell::stop`].
pub async fn run(app: &App, workers: &Workers) {
    join_all((0..RUNNERS).map(|_| run_one(app, workers))).await;
}

async fn run_one(app: &App, workers: &Workers) {
    let mut ears = app.jobs.0.subscribe();
    loop {
        // Before looking: what is rung from here on is not missed.
        ears.borrow_and_update();
        if let Err(error) = run_due(app, workers).await {
            tracing::error!(%error, "the queue of jobs cannot be read or written");
        }
        if app.jobs.is_stopping() {
            return;
        }
        // Rung or not, it is time to look again.
        let _ = timeout(POLL, ears.changed()).await;
    }
}

/// Runs everything that is due, one after another; how many jobs were done.
///
/// # Errors
/// The database fails.
pub async fn run_due(app: &App, workers: &Workers) -> Result<usize, DbErr> {
    let kinds: Vec<&'static str> = workers.kinds().collect();
    let mut done = 0;
    while !app.jobs.is_stopping() {
        let now = app.clock.now();
        if !store::any_due(app.db.read(), now, &kinds).await? {
            break;
        }
        let wanted = kinds.clone();
        let taken = app
            .db
            .write(move |txn| async move { store::lease(txn, now, &wanted).await }.boxed())
            .await?;
        if let Some(job) = taken
            && run_job(app, workers, job).await?
        {
            done += 1;
        }
    }
    Ok(done)
}

/// Runs a job that was taken, and notes how it ended; says whether it is done.
async fn run_job(app: &App, workers: &Workers, job: job::Model) -> Result<bool, DbErr> {
    let outcome = work(app, workers, &job).await;
    let now = app.clock.now();
    let Err(failure) = outcome else {
        app.db
            .write(move |txn| async move { store::done(txn, now, &job).await }.boxed())
            .await?;
        return Ok(true);
    };
    let next = failure.next_try(now, job.attempts);
    let reason = failure.reason().to_owned();
    if next.is_none() {
        tracing::error!(job.id = %job.id, job.kind, job.attempts, reason, "a job was given up");
    } else {
        tracing::warn!(job.id = %job.id, job.kind, job.attempts, reason, "a job failed");
    }
    app.db
        .write(move |txn| async move { store::failed(txn, &job, next, &reason).await }.boxed())
        .await?;
    Ok(false)
}

async fn work(app: &App, workers: &Workers, job: &job::Model) -> Result<(), Failure> {
    let Some(worker) = workers.of(&job.kind) else {
        return Err(Failure::lasting("no worker for this kind of job"));
    };
    let contained = AssertUnwindSafe(async { worker(app, &job.payload).await }).catch_unwind();
    match timeout(LIMIT, contained).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_panic)) => Err(Failure::passing("the worker panicked")),
        Err(_elapsed) => Err(Failure::passing("the worker took too long")),
    }
}
