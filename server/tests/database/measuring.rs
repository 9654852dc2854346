//! How many durable writes and how many reads a second; run by hand:
//! `cargo test --release -p server --test database -- --ignored --nocapture --test-threads 1 measure`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures::future::join_all;
use sea_orm::EntityTrait;
use server::clock::Clock;
use server::db::entity::person;
use server::db::testing::databases;

use crate::rows::{self, insert};

const SPAN: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, not a test"]
async fn measure_writes_per_second() {
    for db in databases().await {
        for callers in [1, 8, 32] {
            let clock = Clock::system();
            let done = Arc::new(AtomicU64::new(0));
            let before = db.stats();
            let started = Instant::now();
            join_all((0..callers).map(|_| {
                let (db, clock, done) = (db.clone(), clock.clone(), Arc::clone(&done));
                tokio::spawn(async move {
                    while started.elapsed() < SPAN {
                        insert(&db, rows::person(&clock)).await.unwrap();
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                })
            }))
            .await;
            let per_second = done.load(Ordering::Relaxed) / SPAN.as_secs();
            let commits = db.stats().commits - before.commits;
            println!(
                "{:?}: {callers} callers: {per_second} writes/s, {commits} commits",
                db.backend()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, not a test"]
async fn measure_reads_per_second() {
    for db in databases().await {
        let id = insert(&db, rows::person(&Clock::system()))
            .await
            .unwrap()
            .id;
        for callers in [1, 8, 32] {
            let done = Arc::new(AtomicU64::new(0));
            let started = Instant::now();
            join_all((0..callers).map(|_| {
                let (db, done) = ((*db).clone(), Arc::clone(&done));
                tokio::spawn(async move {
                    while started.elapsed() < SPAN {
                        let found = person::Entity::find_by_id(id).one(db.read()).await;
                        assert!(found.unwrap().is_some());
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                })
            }))
            .await;
            let per_second = done.load(Ordering::Relaxed) / SPAN.as_secs();
            println!(
                "{:?}: {callers} callers: {per_second} reads/s",
                db.backend()
            );
        }
    }
}
