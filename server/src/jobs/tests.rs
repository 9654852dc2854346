//! The queue and its runners, on each available database.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::{DbErr, EntityTrait as _};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::{Barrier, mpsc};

use super::{
    Failure, Job, JobRun, JobState, Queue, Queued, Retry, Schedule, Workers, enqueue, find, run,
    run_due, store,
};
use crate::{
    db::entity::job::{self, JobStatus},
    ids::JobId,
    testing::TestApp,
};

/// A job whose output is twice its number.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Double {
    number: i64,
    #[serde(default)]
    secret: Option<String>,
}

impl Job for Double {
    const KIND: &'static str = "double";
    type Output = i64;

    fn redact(&mut self) {
        self.secret = None;
    }
}

async fn queue(app: &TestApp, key: &str, number: i64) -> JobId {
    let (clock, key) = (app.app.clock.clone(), key.to_owned());
    app.app
        .db
        .write::<_, DbErr>(async move |txn| {
            let secret = Some("one-time".to_owned());
            enqueue(txn, &clock, &key, &Double { number, secret }).await
        })
        .await
        .unwrap()
}

async fn due(app: &TestApp, workers: &Workers) -> usize {
    run_due(&app.app.queue(), workers).await.unwrap()
}

async fn only_job(app: &TestApp) -> job::Model {
    let jobs = job::Entity::find().all(app.db.read()).await.unwrap();
    assert_eq!(jobs.len(), 1);
    jobs.into_iter().next().unwrap()
}

async fn state(app: &TestApp, key: &str) -> Option<JobState<i64>> {
    let queued = find::<Double>(app.db.read(), key).await.unwrap();
    queued.map(|Queued { state, .. }| state)
}

fn done() -> Workers {
    Workers::default().with(|job: Double, _| async move { Ok(job.number * 2) })
}

fn failing(how: fn() -> Result<i64, Failure>) -> Workers {
    Workers::default().with(move |_: Double, _| async move { how() })
}

fn not_now() -> Result<i64, Failure> {
    Err(std::io::Error::other("not now").into())
}

#[actix_web::test]
async fn a_job_with_the_same_key_is_queued_once() {
    for app in TestApp::on_each_database().await {
        let first = queue(&app, "a", 1).await;
        assert_eq!(queue(&app, "a", 2).await, first);
        assert_eq!(due(&app, &done()).await, 1);
        assert_eq!(queue(&app, "a", 3).await, first);
        assert_eq!(due(&app, &done()).await, 0);
        let job = only_job(&app).await;
        assert_eq!(
            (job.status, &job.payload["number"]),
            (JobStatus::Done, &json!(1))
        );
        assert_eq!(job.done_at, Some(app.now()));
    }
}

#[actix_web::test]
async fn progress_and_output_of_a_job_can_be_read() {
    for app in TestApp::on_each_database().await {
        assert_eq!(state(&app, "a").await, None);
        queue(&app, "a", 21).await;
        let nothing_yet = JobState::Pending { done: 0, total: 0 };
        assert_eq!(state(&app, "a").await, Some(nothing_yet));

        let (reached, mut reports) = mpsc::unbounded_channel();
        let barrier = Arc::new(Barrier::new(2));
        let workers = {
            let barrier = Arc::clone(&barrier);
            Workers::default().with(move |job: Double, run: JobRun| {
                let (reached, barrier) = (reached.clone(), Arc::clone(&barrier));
                async move {
                    run.progress(3, 7).await?;
                    reached.send(()).unwrap();
                    barrier.wait().await;
                    Ok(job.number * 2)
                }
            })
        };
        let watching = async {
            reports.recv().await.unwrap();
            let under_way = state(&app, "a").await;
            barrier.wait().await;
            under_way
        };
        let (ran, under_way) = tokio::join!(due(&app, &workers), watching);
        assert_eq!(ran, 1);
        assert_eq!(under_way, Some(JobState::Pending { done: 3, total: 7 }));
        assert_eq!(state(&app, "a").await, Some(JobState::Done(42)));
        let kept = only_job(&app).await.payload;
        assert_eq!(kept, json!({ "number": 21, "secret": null }));
    }
}

#[actix_web::test]
async fn progress_renews_the_lease_and_a_runner_without_it_gets_an_error() {
    for app in TestApp::on_each_database().await {
        queue(&app, "a", 1).await;
        let job = lease(&app).await.unwrap();
        let this = JobRun {
            queue: app.app.queue(),
            job_id: job.id,
            attempt: job.attempts,
        };
        app.clock_control.advance(TimeDelta::minutes(4));
        this.progress(1, 2).await.unwrap();
        app.clock_control.advance(TimeDelta::minutes(4));
        assert!(lease(&app).await.is_none(), "the lease was renewed");
        app.clock_control.advance(TimeDelta::minutes(2));
        assert!(lease(&app).await.is_some());
        assert!(this.progress(2, 2).await.is_err());
    }
}

#[actix_web::test]
async fn a_job_that_cannot_be_read_is_given_up_at_once() {
    #[derive(Serialize, Deserialize)]
    struct Another {
        unit: String,
    }
    impl Job for Another {
        const KIND: &'static str = Double::KIND;
        type Output = ();
    }
    for app in TestApp::on_each_database().await {
        let clock = app.app.clock.clone();
        let queued = app.app.db.write::<_, DbErr>(async move |txn| {
            let unit = "x".to_owned();
            enqueue(txn, &clock, "a", &Another { unit }).await
        });
        queued.await.unwrap();
        assert_eq!(due(&app, &done()).await, 0);
        let Some(JobState::Dead { error }) = state(&app, "a").await else {
            panic!("not dead");
        };
        assert!(error.contains("number"), "{error}");
    }
}

#[actix_web::test]
async fn a_write_that_is_undone_queues_nothing() {
    for app in TestApp::on_each_database().await {
        let clock = app.app.clock.clone();
        let undone = app.app.db.write::<(), DbErr>(async move |txn| {
            let job = Double {
                number: 1,
                secret: None,
            };
            enqueue(txn, &clock, "a", &job).await?;
            Err(DbErr::Custom("never mind".to_owned()))
        });
        assert!(undone.await.is_err());
        assert_eq!(due(&app, &done()).await, 0);
    }
}

#[actix_web::test]
async fn runners_at_once_never_run_one_job_twice() {
    const RUNNERS: usize = 5;
    for app in TestApp::on_each_database().await {
        let ran = Arc::new(Mutex::new(Vec::new()));
        // Each runner holds its first job until all have one.
        let (barrier, begun) = (
            Arc::new(Barrier::new(RUNNERS)),
            Arc::new(AtomicUsize::new(0)),
        );
        let workers = {
            let ran = Arc::clone(&ran);
            Workers::default().with(move |job: Double, _| {
                let (ran, barrier, begun) = (ran.clone(), barrier.clone(), begun.clone());
                async move {
                    if begun.fetch_add(1, Ordering::SeqCst) < RUNNERS {
                        barrier.wait().await;
                    }
                    ran.lock().unwrap().push(job.number);
                    Ok(0)
                }
            })
        };
        for number in 0..40 {
            queue(&app, &number.to_string(), number).await;
        }
        let runners = (0..RUNNERS).map(|_| due(&app, &workers));
        let done: usize = join_all(runners).await.into_iter().sum();
        let mut ran = ran.lock().unwrap().clone();
        ran.sort_unstable();
        assert_eq!(ran, (0..40).collect::<Vec<_>>());
        assert_eq!(done, 40);
    }
}

#[actix_web::test]
async fn a_failed_job_waits_longer_each_time_and_is_dead_in_the_end() {
    for app in TestApp::on_each_database().await {
        queue(&app, "a", 1).await;
        let workers = failing(not_now);
        for attempt in 1..Retry::ATTEMPTS {
            assert_eq!(due(&app, &workers).await, 0);
            let job = only_job(&app).await;
            assert_eq!((job.attempts, job.status), (attempt, JobStatus::Waiting));
            assert_eq!(job.last_error.as_deref(), Some("not now"));
            let wait = job.run_at - app.now();
            app.clock_control.advance(wait - TimeDelta::seconds(1));
            due(&app, &workers).await;
            assert_eq!(only_job(&app).await.attempts, attempt, "too early");
            app.clock_control.advance(TimeDelta::seconds(1));
        }
        due(&app, &workers).await;
        let error = "not now".to_owned();
        assert_eq!(state(&app, "a").await, Some(JobState::Dead { error }));
        app.clock_control.advance(TimeDelta::days(365));
        due(&app, &workers).await;
        assert_eq!(only_job(&app).await.attempts, Retry::ATTEMPTS);
    }
}

#[actix_web::test]
async fn a_permanent_failure_is_given_up_at_once() {
    for app in TestApp::on_each_database().await {
        queue(&app, "a", 1).await;
        due(&app, &failing(|| Err(Failure::permanent("never")))).await;
        let job = only_job(&app).await;
        assert_eq!((job.attempts, job.status), (1, JobStatus::Dead));
        assert_eq!(job.last_error.as_deref(), Some("never"));
    }
}

#[actix_web::test]
async fn a_panic_is_a_failed_try() {
    for app in TestApp::on_each_database().await {
        queue(&app, "a", 1).await;
        due(&app, &failing(|| panic!("a worker's mistake"))).await;
        let job = only_job(&app).await;
        assert_eq!((job.attempts, job.status), (1, JobStatus::Waiting));
        app.clock_control.advance(TimeDelta::minutes(1));
        assert_eq!(due(&app, &done()).await, 1);
    }
}

async fn lease(app: &TestApp) -> Option<job::Model> {
    let now = app.now();
    let leased = app
        .db
        .write(async move |txn| store::lease(txn, now, &[Double::KIND]).await);
    leased.await.unwrap()
}

#[actix_web::test]
async fn the_job_of_a_crashed_runner_is_taken_by_another() {
    for app in TestApp::on_each_database().await {
        queue(&app, "a", 1).await;
        let lost = lease(&app).await.unwrap();
        assert!(lease(&app).await.is_none());
        assert_eq!(due(&app, &done()).await, 0);

        app.clock_control.advance(TimeDelta::minutes(6));
        assert_eq!(due(&app, &done()).await, 1);
        // The slow runner reports after its lease has ended: too late.
        app.app
            .db
            .write(async move |txn| {
                store::failed(txn, (lost.id, lost.attempts), None, "late").await
            })
            .await
            .unwrap();
        assert_eq!(only_job(&app).await.status, JobStatus::Done);
    }
}

#[actix_web::test]
async fn a_job_of_an_unknown_kind_is_not_taken() {
    for app in TestApp::on_each_database().await {
        queue(&app, "a", 1).await;
        assert_eq!(due(&app, &Workers::default()).await, 0);
        assert_eq!(only_job(&app).await.attempts, 0);
    }
}

#[actix_web::test]
async fn runners_wake_when_told_and_end_when_asked() {
    let app = TestApp::start().await;
    let queue_of_jobs: Queue = app.app.queue();
    let (ran, mut seen) = mpsc::unbounded_channel();
    let (tidied, mut tidyings) = mpsc::unbounded_channel();
    let workers = Workers::default().with(move |job: Double, _| {
        ran.send(job.number).unwrap();
        async { Ok(0) }
    });
    let schedule = Schedule::default().every(Duration::from_hours(1), "tidy", move || {
        tidied.send(()).unwrap();
        async { Ok(()) }
    });
    queue(&app, "a", 1).await;
    let running = actix_web::rt::spawn({
        let queue = queue_of_jobs.clone();
        async move {
            tokio::join!(run(&queue, &workers, 2), schedule.run(&queue.notifier));
        }
    });
    assert_eq!(seen.recv().await, Some(1));
    tidyings.recv().await.unwrap();
    queue(&app, "b", 2).await;
    queue_of_jobs.notifier.wake();
    assert_eq!(seen.recv().await, Some(2));
    queue_of_jobs.notifier.stop();
    running.await.unwrap();
    // Both ended with the jobs they had; no further task ran.
    assert_eq!(tidyings.recv().await, None);
}
