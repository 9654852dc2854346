//! How many durable writes a second; run by hand:
//! `cargo test -p server --test database -- --ignored --nocapture measure`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures::future::join_all;
use server::clock::Clock;
use server::db::testing::databases;

use crate::rows::{insert, person};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, not a test"]
async fn measure_writes_per_second() {
    const SPAN: Duration = Duration::from_secs(3);
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
                        insert(&db, person(&clock)).await.unwrap();
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                })
            }))
            .await;
            let per_second = done.load(Ordering::Relaxed) * 1_000 / (SPAN.as_millis() as u64);
            let commits = db.stats().commits - before.commits;
            println!(
                "{:?}: {callers} callers: {per_second} writes/s, {commits} commits",
                db.backend()
            );
        }
    }
}
