//! Runs due jobs: immediately after one was queued by this process, and every few seconds for those that
//! another server queued, that failed, or whose runner crashed.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures::{FutureExt as _, future::join_all};
use sea_orm::DbErr;
use tokio::time::timeout;

use super::{
    model::{Failure, Then},
    store::{self, Done},
    worker::{JobRun, Queue, Worker, Workers},
};
use crate::db::entity::job;

/// How often the queue is polled.
const POLL: Duration = Duration::from_secs(5);

/// The time limit of a worker: shorter than the lease, so that its result can still be stored.
const LIMIT: Duration = Duration::from_mins(4);

/// Runs the jobs of these workers, `at_once` at a time, until [`super::Notifier::stop`].
pub async fn run(queue: &Queue, workers: &Workers, at_once: usize) {
    join_all((0..at_once).map(|_| run_one(queue, workers))).await;
}

async fn run_one(queue: &Queue, workers: &Workers) {
    let mut state = queue.notifier.subscribe();
    loop {
        // Before reading the queue, so that jobs queued from here on are not missed.
        state.borrow_and_update();
        if let Err(error) = run_due(queue, workers).await {
            tracing::error!(%error, "the queue of jobs cannot be read or written");
        }
        if queue.notifier.is_stopping() {
            return;
        }
        // Woken or not, the queue is read again.
        let _ = timeout(POLL, state.changed()).await;
    }
}

/// Runs all due jobs of these workers, one after another; returns how many succeeded.
///
/// # Errors
/// The database fails.
pub async fn run_due(queue: &Queue, workers: &Workers) -> Result<usize, DbErr> {
    let kinds: Vec<&'static str> = workers.kinds().collect();
    let mut done = 0;
    while !queue.notifier.is_stopping() {
        let now = queue.clock.now();
        if !store::any_due(queue.db.read(), now, &kinds).await? {
            break;
        }
        let wanted = kinds.clone();
        let taken = queue
            .db
            .write(async move |txn| store::lease(txn, now, &wanted).await)
            .await?;
        if let Some(job) = taken
            && let Some(worker) = workers.of(&job.kind)
            && run_job(queue, worker, job).await?
        {
            done += 1;
        }
    }
    Ok(done)
}

/// Runs a leased job and stores the result; returns whether it succeeded.
#[tracing::instrument(
    name = "job",
    skip_all,
    fields(job.id = %job.id, job.kind = job.kind, job.attempt = job.attempts)
)]
async fn run_job(queue: &Queue, worker: &Worker, job: job::Model) -> Result<bool, DbErr> {
    let outcome = work(queue, worker, &job).await;
    let now = queue.clock.now();
    let (id, attempts) = (job.id, job.attempts);
    let failure = match outcome {
        Ok(done) => {
            return queue
                .db
                .write(async move |txn| store::done(txn, now, (id, attempts), done).await)
                .await;
        }
        Err(failure) => failure,
    };
    let reason = failure.reason().to_owned();
    let next = match failure.then() {
        Then::Postpone(until) => {
            tracing::info!(reason, %until, "a job was postponed");
            return queue
                .db
                .write(async move |txn| {
                    store::postponed(txn, (id, attempts), until, &reason).await?;
                    Ok(false)
                })
                .await;
        }
        Then::Retry => worker.retry.after(now, attempts),
        Then::GiveUp => None,
    };
    if next.is_none() {
        tracing::error!(reason, "a job was given up");
    } else {
        tracing::warn!(reason, "a job failed");
    }
    queue
        .db
        .write(async move |txn| store::failed(txn, (id, attempts), next, &reason).await)
        .await?;
    Ok(false)
}

async fn work(queue: &Queue, worker: &Worker, job: &job::Model) -> Result<Done, Failure> {
    let run = JobRun {
        queue: queue.clone(),
        job_id: job.id,
        attempt: job.attempts,
    };
    // A panic becomes a failure, also one before the worker's first `await`.
    let contained = AssertUnwindSafe(async { (worker.work)(job.payload.clone(), run).await });
    match timeout(LIMIT, contained.catch_unwind()).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_panic)) => Err(Failure::transient("the worker panicked")),
        Err(_elapsed) => Err(Failure::transient("the worker took too long")),
    }
}
