//! The queue and its runners, on every database at hand.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use actix_web::web::Data;
use chrono::TimeDelta;
use futures::FutureExt as _;
use sea_orm::{DbErr, EntityTrait as _};
use serde_json::{Value, json};

use super::{Failure, Schedule, Workers, enqueue, run, run_due, store};
use crate::{
    db::entity::job::{self, Status},
    http::App,
    testing::TestApp,
};

const KIND: &str = "count";

async fn queue(app: &App, key: &str, payload: Value) {
    let (clock, key) = (app.clock.clone(), key.to_owned());
    app.db
        .write::<_, DbErr>(move |txn| {
            async move { enqueue(txn, &clock, KIND, &key, payload).await }.boxed()
        })
        .await
        .unwrap();
}

async fn only_job(app: &App) -> job::Model {
    let jobs = job::Entity::find().all(app.db.read()).await.unwrap();
    assert_eq!(jobs.len(), 1);
    jobs.into_iter().next().unwrap()
}

fn done(_: &App) -> Workers {
    Workers::default().with(KIND, |_, _| std::future::ready(Ok(())).boxed())
}

fn failing() -> Workers {
    Workers::default().with(KIND, |_, payload| {
        async move {
            match payload.as_str() {
                Some("lasting") => Err(Failure::lasting("never")),
                Some("panic") => panic!("a worker's mistake"),
                _ => Err(std::io::Error::other("not now").into()),
            }
        }
        .boxed()
    })
}

#[actix_web::test]
async fn the_same_is_queued_once() {
    for app in TestApp::on_each_database().await {
        queue(&app.app, "a", json!(1)).await;
        queue(&app.app, "a", json!(2)).await;
        assert_eq!(run_due(&app.app, &done(&app.app)).await.unwrap(), 1);
        queue(&app.app, "a", json!(3)).await;
        assert_eq!(run_due(&app.app, &done(&app.app)).await.unwrap(), 0);
        let job = only_job(&app.app).await;
        assert_eq!((job.status, job.payload), (Status::Done, json!(1)));
        assert_eq!(job.done_at, Some(app.now()));
    }
}

#[actix_web::test]
async fn a_write_that_is_undone_queues_nothing() {
    for app in TestApp::on_each_database().await {
        let clock = app.app.clock.clone();
        let undone = app.app.db.write::<(), DbErr>(move |txn| {
            async move {
                enqueue(txn, &clock, KIND, "a", json!(1)).await?;
                Err(DbErr::Custom("never mind".to_owned()))
            }
            .boxed()
        });
        assert!(undone.await.is_err());
        assert_eq!(run_due(&app.app, &done(&app.app)).await.unwrap(), 0);
    }
}

#[actix_web::test]
async fn runners_at_once_never_run_one_job_twice() {
    static RUN: Mutex<Vec<i64>> = Mutex::new(Vec::new());
    let workers = Workers::default().with(KIND, |_, payload| {
        async move {
            // Long enough for the others to look.
            tokio::time::sleep(Duration::from_millis(2)).await;
            RUN.lock().unwrap().extend(payload.as_i64());
            Ok(())
        }
        .boxed()
    });
    for app in TestApp::on_each_database().await {
        RUN.lock().unwrap().clear();
        for number in 0..40 {
            queue(&app.app, &number.to_string(), json!(number)).await;
        }
        let runners = (0..5).map(|_| run_due(&app.app, &workers));
        let done: usize = futures::future::join_all(runners)
            .await
            .into_iter()
            .map(Result::unwrap)
            .sum();
        let mut run = RUN.lock().unwrap().clone();
        run.sort_unstable();
        assert_eq!(run, (0..40).collect::<Vec<_>>());
        assert_eq!(done, 40);
    }
}

#[actix_web::test]
async fn a_failed_job_waits_longer_each_time_and_is_dead_in_the_end() {
    for app in TestApp::on_each_database().await {
        queue(&app.app, "a", json!("passing")).await;
        let workers = failing();
        for attempt in 1..8 {
            assert_eq!(run_due(&app.app, &workers).await.unwrap(), 0);
            let job = only_job(&app.app).await;
            assert_eq!((job.attempts, job.status), (attempt, Status::Waiting));
            assert_eq!(job.last_error.as_deref(), Some("not now"));
            let wait = job.run_at - app.now();
            app.hand.advance(wait - TimeDelta::seconds(1));
            run_due(&app.app, &workers).await.unwrap();
            assert_eq!(only_job(&app.app).await.attempts, attempt, "too early");
            app.hand.advance(TimeDelta::seconds(1));
        }
        run_due(&app.app, &workers).await.unwrap();
        let job = only_job(&app.app).await;
        assert_eq!((job.attempts, job.status), (8, Status::Dead));
        app.hand.advance(TimeDelta::days(365));
        run_due(&app.app, &workers).await.unwrap();
        assert_eq!(only_job(&app.app).await.attempts, 8);
    }
}

#[actix_web::test]
async fn what_can_never_work_is_given_up_at_once() {
    for app in TestApp::on_each_database().await {
        queue(&app.app, "a", json!("lasting")).await;
        run_due(&app.app, &failing()).await.unwrap();
        let job = only_job(&app.app).await;
        assert_eq!((job.attempts, job.status), (1, Status::Dead));
        assert_eq!(job.last_error.as_deref(), Some("never"));
    }
}

#[actix_web::test]
async fn a_panic_is_a_failed_try() {
    for app in TestApp::on_each_database().await {
        queue(&app.app, "a", json!("panic")).await;
        run_due(&app.app, &failing()).await.unwrap();
        let job = only_job(&app.app).await;
        assert_eq!((job.attempts, job.status), (1, Status::Waiting));
        app.hand.advance(TimeDelta::minutes(1));
        assert_eq!(run_due(&app.app, &done(&app.app)).await.unwrap(), 1);
    }
}

async fn lease(app: &TestApp) -> Option<job::Model> {
    let now = app.now();
    let leased = app
        .db
        .write(move |txn| async move { store::lease(txn, now, &[KIND]).await }.boxed());
    leased.await.unwrap()
}

#[actix_web::test]
async fn a_runner_that_dies_gives_its_job_back() {
    for app in TestApp::on_each_database().await {
        queue(&app.app, "a", json!(1)).await;
        let lost = lease(&app).await.unwrap();
        assert!(lease(&app).await.is_none());
        assert_eq!(run_due(&app.app, &done(&app.app)).await.unwrap(), 0);

        app.hand.advance(TimeDelta::minutes(6));
        assert_eq!(run_due(&app.app, &done(&app.app)).await.unwrap(), 1);
        // The lost runner was only slow: its word comes too late.
        app.app
            .db
            .write(move |txn| async move { store::failed(txn, &lost, None, "late").await }.boxed())
            .await
            .unwrap();
        assert_eq!(only_job(&app.app).await.status, Status::Done);
    }
}

#[actix_web::test]
async fn a_job_of_an_unknown_kind_is_left_to_others() {
    for app in TestApp::on_each_database().await {
        queue(&app.app, "a", json!(1)).await;
        let others = Workers::default().with("other", |_, _| std::future::ready(Ok(())).boxed());
        assert_eq!(run_due(&app.app, &others).await.unwrap(), 0);
        assert_eq!(only_job(&app.app).await.attempts, 0);
    }
}

#[actix_web::test]
async fn runners_wake_when_rung_and_end_when_asked() {
    static SEEN: AtomicUsize = AtomicUsize::new(0);
    static TIDIED: AtomicUsize = AtomicUsize::new(0);
    let app = TestApp::start().await;
    let running: Data<App> = app.app.clone();
    let runner = actix_web::rt::spawn(async move {
        let workers = Workers::default().with(KIND, |_, _| {
            SEEN.fetch_add(1, Ordering::SeqCst);
            std::future::ready(Ok(())).boxed()
        });
        let schedule = Schedule::default().every(Duration::from_hours(1), "tidy", |_| {
            TIDIED.fetch_add(1, Ordering::SeqCst);
            std::future::ready(Ok(())).boxed()
        });
        tokio::join!(run(&running, &workers), schedule.run(&running));
    });
    // The runners have looked once by then, and found nothing.
    tokio::time::sleep(Duration::from_millis(100)).await;
    queue(&app.app, "a", json!(1)).await;
    app.app.jobs.wake();
    let woken = async {
        while SEEN.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    // Well before the next look that nobody rings for.
    tokio::time::timeout(Duration::from_secs(2), woken)
        .await
        .unwrap();
    app.app.jobs.stop();
    tokio::time::timeout(Duration::from_secs(2), runner)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(TIDIED.load(Ordering::SeqCst), 1);
}
