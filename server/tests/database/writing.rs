//! The guarantees of a write, also in a group commit.

use std::sync::Arc;

use chrono::{DateTime, SubsecRound as _, Utc};
use futures::future::{join_all, try_join_all};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Set, Statement,
};
use serde_json::json;
use server::clock::Clock;
use server::db::entity::{audit_entry, audit_head, person};
use server::db::testing::{TestDb, databases};
use server::db::{Db, Transaction, counter, hand_written, is_unique_violation};
use server::ids::PersonId;
use tokio::sync::{Barrier, oneshot};
use tokio::task::JoinHandle;

use crate::rows::{self, insert, persons};

/// Keeps the SQLite writer busy with one write, so that those queued meanwhile share the next commit.
struct Hold {
    release: oneshot::Sender<()>,
    held: JoinHandle<Result<(), DbErr>>,
}

impl Hold {
    async fn on(db: &Db) -> Self {
        let (release, released) = oneshot::channel::<()>();
        let (started, running) = oneshot::channel::<()>();
        let db = db.clone();
        let held = actix_web::rt::spawn(async move {
            db.write(async move |_| {
                started.send(()).unwrap();
                released.await.unwrap();
                Ok(())
            })
            .await
        });
        running.await.unwrap();
        Self { release, held }
    }

    async fn release(self) -> Result<(), DbErr> {
        self.release.send(()).unwrap();
        self.held.await.unwrap()
    }
}

/// Lets tasks that were just spawned reach the queue: on a runtime of one thread each has run up to its first
/// wait when this one is asked again, and the queue has room for all of them.
async fn settle() {
    assert_eq!(
        tokio::runtime::Handle::current().runtime_flavor(),
        tokio::runtime::RuntimeFlavor::CurrentThread
    );
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
}

fn spawn_insert(db: &Db, clock: &Clock) -> JoinHandle<Result<person::Model, DbErr>> {
    let (db, row) = (db.clone(), rows::person(clock));
    actix_web::rt::spawn(async move { insert(&db, row).await })
}

#[actix_web::test]
async fn later_reads_see_a_write() {
    for db in databases().await {
        let clock = Clock::system();
        for expected in 1..=20 {
            insert(&db, rows::person(&clock)).await.unwrap();
            assert_eq!(persons(&db).await, expected);
        }
    }
}

#[actix_web::test]
async fn two_hundred_writes_at_once_are_all_durable() {
    for db in databases().await {
        let clock = Clock::system();
        let writes = join_all((0..200).map(|_| spawn_insert(&db, &clock))).await;
        assert!(writes.into_iter().all(|write| write.unwrap().is_ok()));

        let other = db.connect_again().await;
        assert_eq!(persons(&other).await, 200);
        other.close().await.unwrap();
        assert_eq!(db.stats().failed_commits, 0);
    }
}

#[actix_web::test]
async fn sqlite_flushes_every_commit() {
    const FULL: i64 = 2;
    let db = TestDb::sqlite().await;
    let (synchronous, journal): (i64, String) = db
        .write(async move |transaction| {
            let mut values = Vec::new();
            for pragma in ["PRAGMA synchronous", "PRAGMA journal_mode"] {
                let statement = Statement::from_string(DbBackend::Sqlite, pragma);
                values.push(transaction.query_one_raw(statement).await?.unwrap());
            }
            let journal = values.pop().unwrap().try_get_by_index(0)?;
            let synchronous = values.pop().unwrap().try_get_by_index(0)?;
            Ok::<_, DbErr>((synchronous, journal))
        })
        .await
        .unwrap();
    assert_eq!((synchronous, journal.as_str()), (FULL, "wal"));
}

#[actix_web::test]
async fn two_programs_may_write_at_once() {
    for db in databases().await {
        let (other, clock) = (db.connect_again().await, Clock::system());
        let writes = (0..100).map(|number| match number % 2 {
            0 => spawn_insert(&db, &clock),
            _ => spawn_insert(&other, &clock),
        });
        for write in join_all(writes).await {
            write.unwrap().unwrap();
        }
        assert_eq!(persons(&db).await, 100);
        other.close().await.unwrap();
    }
}

#[actix_web::test]
async fn waiting_writes_share_commits_and_single_ones_do_not() {
    let db = TestDb::sqlite().await;
    let clock = Clock::system();

    let before = db.stats();
    for _ in 0..50 {
        insert(&db, rows::person(&clock)).await.unwrap();
    }
    let alone = db.stats();
    assert_eq!(alone.writes - before.writes, 50);
    assert_eq!(alone.commits - before.commits, 50, "one commit a write");

    let hold = Hold::on(&db).await;
    let writes: Vec<_> = (0..50).map(|_| spawn_insert(&db, &clock)).collect();
    settle().await;
    assert_eq!(
        persons(&db).await,
        50,
        "nothing is visible before its commit"
    );
    assert!(
        writes.iter().all(|write| !write.is_finished()),
        "nobody is answered before the commit"
    );
    hold.release().await.unwrap();
    for write in try_join_all(writes).await.unwrap() {
        write.unwrap();
    }
    let together = db.stats();
    assert_eq!(together.writes - alone.writes, 51);
    assert_eq!(together.commits - alone.commits, 1, "one commit for all");
    assert_eq!(persons(&db).await, 100);
}

#[actix_web::test]
async fn a_failing_write_is_undone_alone() {
    for db in databases().await {
        let clock = Clock::system();
        let writes = (0..100).map(|number| {
            let (db, row, more) = (db.clone(), rows::person(&clock), rows::person(&clock));
            actix_web::rt::spawn(async move {
                db.write(async move |transaction| {
                    row.clone().insert(transaction).await?;
                    match number % 4 {
                        1 => Err(DbErr::Custom("changed my mind".to_owned())),
                        2 => row.insert(transaction).await.map(drop),
                        3 => panic!("a mistake in a write"),
                        _ => more.insert(transaction).await.map(drop),
                    }
                })
                .await
            })
        });
        for (number, write) in join_all(writes).await.into_iter().enumerate() {
            let outcome = write.unwrap();
            match number % 4 {
                1 => assert_eq!(
                    outcome.unwrap_err(),
                    DbErr::Custom("changed my mind".to_owned())
                ),
                2 => assert!(is_unique_violation(&outcome.unwrap_err())),
                3 => assert!(outcome.unwrap_err().to_string().contains("panicked")),
                _ => outcome.unwrap(),
            }
        }
        assert_eq!(persons(&db).await, 50, "two rows of every fourth write");
        assert_eq!(db.stats().undone, 75);
    }
}

#[actix_web::test]
async fn a_panic_before_the_first_await_is_contained() {
    for db in databases().await {
        let outcome: Result<(), DbErr> = db.write(async |_| panic!("a mistake in a write")).await;
        assert!(outcome.unwrap_err().to_string().contains("panicked"));
        insert(&db, rows::person(&Clock::system())).await.unwrap();
    }
}

#[actix_web::test]
async fn a_failed_commit_fails_all_that_share_it_and_nothing_after() {
    for db in databases().await {
        let clock = Clock::system();
        // A deferred key is checked at COMMIT; for this reason the tables have none.
        db.write(async move |transaction| {
                for sql in [
                    "CREATE TABLE late_target (id integer PRIMARY KEY)",
                    "CREATE TABLE late (id integer REFERENCES late_target (id) DEFERRABLE INITIALLY DEFERRED)",
                ] {
                    transaction.execute_unprepared(sql).await?;
                }
                Ok::<_, DbErr>(())
            })
        .await
        .unwrap();

        let hold = match db.backend() {
            DbBackend::Sqlite => Some(Hold::on(&db).await),
            _ => None,
        };
        let before = spawn_insert(&db, &clock);
        settle().await;
        let dangling = {
            let db = db.clone();
            actix_web::rt::spawn(async move {
                db.write(async move |transaction| {
                    transaction
                        .execute_unprepared("INSERT INTO late VALUES (7)")
                        .await
                        .map(drop)
                })
                .await
            })
        };
        settle().await;
        let after = spawn_insert(&db, &clock);
        settle().await;

        if let Some(hold) = hold {
            let held = hold.release().await;
            assert!(held.is_err(), "shares the commit");
            assert!(before.await.unwrap().is_err(), "shares the commit");
            assert!(after.await.unwrap().is_err(), "shares the commit");
            assert_eq!(persons(&db).await, 0);
        } else {
            before.await.unwrap().unwrap();
            after.await.unwrap().unwrap();
            assert_eq!(persons(&db).await, 2);
        }
        assert!(dangling.await.unwrap().is_err());
        assert_eq!(db.stats().failed_commits, 1);

        let so_far = persons(&db).await;
        insert(&db, rows::person(&clock)).await.unwrap();
        assert_eq!(persons(&db).await, so_far + 1);
    }
}

#[actix_web::test]
async fn a_lost_transaction_keeps_no_part_of_its_group() {
    // SQLite rolls the whole transaction back on some errors, e.g. when the disk is full.
    let db = TestDb::sqlite().await;
    let clock = Clock::system();
    let hold = Hold::on(&db).await;
    let before = spawn_insert(&db, &clock);
    settle().await;
    let losing = {
        let (db, row) = (db.clone(), rows::person(&clock));
        actix_web::rt::spawn(async move {
            db.write(async move |transaction| {
                row.insert(transaction).await?;
                transaction.execute_unprepared("ROLLBACK").await?;
                Ok::<_, DbErr>(())
            })
            .await
        })
    };
    settle().await;
    let after = spawn_insert(&db, &clock);
    settle().await;

    assert!(hold.release().await.is_err());
    assert!(before.await.unwrap().is_err());
    assert!(losing.await.unwrap().is_err());
    assert!(after.await.unwrap().is_err(), "it met the lost transaction");
    assert_eq!(persons(&db).await, 0);
    insert(&db, rows::person(&clock)).await.unwrap();
    assert_eq!(persons(&db).await, 1, "only the write of the next group");
}

/// A statement that adds a person and gives a number.
fn adding(db: &Db, id: PersonId, created_at: DateTime<Utc>) -> Statement {
    const INSERT: &str = "INSERT INTO person (id, given_name, family_name, record_version, \
         created_at) VALUES (?, ?, ?, ?, ?) RETURNING CAST(record_version + 1 AS bigint)";
    let values = [
        id.into(),
        "Paraugs?".into(),
        "Ķirsis".into(),
        41_i64.into(),
        created_at.into(),
    ];
    hand_written(db.read(), INSERT, values)
}

#[actix_web::test]
async fn written_statements_store_what_entities_read() {
    for db in databases().await {
        let clock = Clock::system();
        // To the microsecond, as PostgreSQL keeps it.
        let (id, now) = (clock.new_id(), clock.now().trunc_subsecs(6));
        assert_eq!(db.run(vec![adding(&db, id, now)]).await, Ok(vec![vec![42]]));
        let stored = person::Entity::find_by_id(id).one(db.read()).await;
        let expected = person::Model {
            id,
            given_name: "Paraugs?".to_owned(),
            family_name: "Ķirsis".to_owned(),
            name_folded: String::new(),
            has_mixed_scripts: false,
            record_version: 41,
            created_at: now,
        };
        assert_eq!(stored, Ok(Some(expected)));
    }
}

#[actix_web::test]
async fn of_written_statements_all_are_kept_or_none() {
    for db in databases().await {
        let clock = Clock::system();
        let (id, other, now) = (clock.new_id(), clock.new_id(), clock.now());
        let twice = vec![adding(&db, id, now), adding(&db, id, now)];
        assert!(db.run(twice).await.is_err());
        assert_eq!(persons(&db).await, 0);

        let both = vec![adding(&db, id, now), adding(&db, other, now)];
        assert_eq!(db.run(both).await, Ok(vec![vec![42], vec![42]]));
        assert_eq!(persons(&db).await, 2);
    }
}

#[actix_web::test]
async fn written_statements_and_other_writes_at_once_are_all_durable() {
    for db in databases().await {
        let clock = Clock::system();
        let taken = clock.new_id();
        db.run(vec![adding(&db, taken, clock.now())]).await.unwrap();
        let writes = (0..200).map(|number| {
            let (db, clock) = (db.clone(), clock.clone());
            actix_web::rt::spawn(async move {
                match number % 4 {
                    0 => insert(&db, rows::person(&clock)).await.is_ok(),
                    1 => {
                        let again = adding(&db, taken, clock.now());
                        db.run(vec![again]).await.is_ok()
                    }
                    _ => {
                        let one = adding(&db, clock.new_id(), clock.now());
                        db.run(vec![one]).await.is_ok()
                    }
                }
            })
        });
        for (number, kept) in join_all(writes).await.into_iter().enumerate() {
            assert_eq!(kept.unwrap(), number % 4 != 1, "write {number}");
        }
        let other = db.connect_again().await;
        assert_eq!(persons(&other).await, 151);
        other.close().await.unwrap();
        assert_eq!(db.stats().failed_commits, 0);
    }
}

#[actix_web::test]
async fn written_statements_that_wait_share_a_commit() {
    let db = TestDb::sqlite().await;
    let clock = Clock::system();
    let before = db.stats();
    let hold = Hold::on(&db).await;
    let writes: Vec<_> = (0..50)
        .map(|_| {
            let (db, one) = (db.clone(), adding(&db, clock.new_id(), clock.now()));
            actix_web::rt::spawn(async move { db.run(vec![one]).await })
        })
        .collect();
    settle().await;
    assert!(writes.iter().all(|write| !write.is_finished()));
    hold.release().await.unwrap();
    for write in try_join_all(writes).await.unwrap() {
        write.unwrap();
    }
    let after = db.stats();
    assert_eq!(after.writes - before.writes, 50);
    assert_eq!(after.commits - before.commits, 1, "one commit for all");
}

#[actix_web::test]
async fn lookups_see_what_is_committed_and_cannot_write() {
    let db = TestDb::sqlite().await;
    let clock = Clock::system();
    let lookups = db.lookups().unwrap();
    let names = || {
        lookups.all(
            "SELECT given_name FROM person WHERE family_name = $1",
            ["Ķirsis"],
            |row| row.get::<_, String>(0),
        )
    };
    assert_eq!(names().unwrap(), Vec::<String>::new());
    for expected in 1..=3 {
        db.run(vec![adding(&db, clock.new_id(), clock.now())])
            .await
            .unwrap();
        assert_eq!(names().unwrap().len(), expected);
    }
    let erasing = lookups.all("DELETE FROM person RETURNING given_name", [], |row| {
        row.get::<_, String>(0)
    });
    assert!(erasing.is_err());
    assert_eq!(persons(&db).await, 3);
}

#[actix_web::test]
async fn a_write_cancelled_before_its_turn_is_skipped() {
    let db = TestDb::sqlite().await;
    let clock = Clock::system();
    let hold = Hold::on(&db).await;
    let gone = spawn_insert(&db, &clock);
    let stays = spawn_insert(&db, &clock);
    settle().await;
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    hold.release().await.unwrap();
    stays.await.unwrap().unwrap();
    assert_eq!(persons(&db).await, 1);
}

#[actix_web::test]
async fn a_write_cancelled_while_running_is_done_completely_or_not_at_all() {
    for db in databases().await {
        let clock = Clock::system();
        let (halfway, reached) = oneshot::channel::<()>();
        let (go_on, gone) = oneshot::channel::<()>();
        let write = {
            let (db, first, second) = (db.clone(), rows::person(&clock), rows::person(&clock));
            actix_web::rt::spawn(async move {
                db.write(async move |transaction| {
                    first.insert(transaction).await?;
                    halfway.send(()).unwrap();
                    gone.await.ok();
                    second.insert(transaction).await
                })
                .await
            })
        };
        reached.await.unwrap();
        write.abort();
        assert!(write.await.unwrap_err().is_cancelled());
        go_on.send(()).ok();

        insert(&db, rows::person(&clock)).await.unwrap();
        let whole = match db.backend() {
            DbBackend::Sqlite => 2,
            _ => 0,
        };
        assert_eq!(persons(&db).await, whole + 1, "all of it or none");
    }
}

#[actix_web::test]
async fn numbers_have_no_gaps_although_some_writes_fail() {
    for db in databases().await {
        let writes = (0..60).map(|number| {
            let db = db.clone();
            actix_web::rt::spawn(async move {
                db.write(async move |transaction| {
                    let given = counter::next(transaction, "2026").await?;
                    if number % 3 == 0 {
                        return Err(DbErr::Custom("changed my mind".to_owned()));
                    }
                    Ok(given)
                })
                .await
            })
        });
        let mut given: Vec<i64> = join_all(writes)
            .await
            .into_iter()
            .filter_map(|write| write.unwrap().ok())
            .collect();
        given.sort_unstable();
        assert_eq!(given, (1..=40).collect::<Vec<i64>>());

        let first_of_next = db
            .write(async |transaction| counter::next(transaction, "2027").await)
            .await;
        assert_eq!(first_of_next, Ok(1));
    }
}

/// Adds an entry after the greatest number, without a lock: the control of the test.
async fn append_unlocked(
    transaction: &Transaction,
    everyone_has_read: &Barrier,
) -> Result<(), DbErr> {
    let last: Option<i64> = audit_entry::Entity::find()
        .select_only()
        .column_as(audit_entry::Column::Sequence.max(), "last")
        .into_tuple()
        .one(transaction)
        .await?
        .flatten();
    everyone_has_read.wait().await;
    let last = last.unwrap_or(0);
    entry(last + 1, &last.to_string())
        .insert(transaction)
        .await
        .map(drop)
}

/// Adds an entry after locking the chain's head, so that others wait until the write ends.
async fn append(transaction: &Transaction) -> Result<(), DbErr> {
    let head = audit_head::Entity::update_many()
        .col_expr(
            audit_head::Column::Sequence,
            Expr::col(audit_head::Column::Sequence).add(1),
        )
        .filter(audit_head::Column::Id.eq(1))
        .exec_with_returning(transaction)
        .await?
        .pop()
        .unwrap();
    // Not the real hash: it identifies its entry.
    entry(head.sequence, &head.hash).insert(transaction).await?;
    audit_head::Entity::update_many()
        .col_expr(
            audit_head::Column::Hash,
            Expr::value(head.sequence.to_string()),
        )
        .exec(transaction)
        .await
        .map(drop)
}

fn entry(sequence: i64, previous_hash: &str) -> audit_entry::ActiveModel {
    audit_entry::ActiveModel {
        sequence: Set(sequence),
        at: Set(Clock::system().now()),
        actor_account_id: Set(None),
        action: Set("test.append".to_owned()),
        subject_kind: Set("test".to_owned()),
        subject_id: Set(sequence.to_string()),
        detail: Set(json!({})),
        previous_hash: Set(previous_hash.to_owned()),
        hash: Set(sequence.to_string()),
    }
}

#[actix_web::test]
async fn without_the_head_lock_entries_collide() {
    // SQLite runs writes one at a time, so only PostgreSQL can show it.
    let Some(db) = TestDb::postgres().await else {
        return;
    };
    let everyone_has_read = Arc::new(Barrier::new(4));
    let writes = (0..4).map(|_| {
        let (db, barrier) = (db.clone(), Arc::clone(&everyone_has_read));
        actix_web::rt::spawn(async move {
            db.write(async move |transaction| append_unlocked(transaction, &barrier).await)
                .await
        })
    });
    let kept = join_all(writes)
        .await
        .into_iter()
        .filter(|write| write.as_ref().unwrap().is_ok())
        .count();
    assert_eq!(kept, 1);
}

#[actix_web::test]
async fn the_head_lock_makes_a_chain_without_gaps() {
    for db in databases().await {
        let writes = (0..100).map(|number| {
            let db = db.clone();
            actix_web::rt::spawn(async move {
                db.write(async move |transaction| {
                    append(transaction).await?;
                    if number % 5 == 0 {
                        return Err(DbErr::Custom("changed my mind".to_owned()));
                    }
                    Ok(())
                })
                .await
            })
        });
        join_all(writes).await;

        let entries = audit_entry::Entity::find()
            .order_by_asc(audit_entry::Column::Sequence)
            .all(db.read())
            .await
            .unwrap();
        assert_eq!(entries.len(), 80);
        let mut previous = ("0".repeat(64), 0);
        for entry in entries {
            assert_eq!(
                (entry.previous_hash, entry.sequence),
                (previous.0, previous.1 + 1)
            );
            previous = (entry.hash, entry.sequence);
        }
    }
}

#[actix_web::test]
async fn closing_finishes_what_waits() {
    let db = TestDb::sqlite().await;
    let clock = Clock::system();
    let hold = Hold::on(&db).await;
    let writes: Vec<_> = (0..20).map(|_| spawn_insert(&db, &clock)).collect();
    settle().await;
    let closing = actix_web::rt::spawn({
        let db = (*db).clone();
        async move { db.close().await }
    });
    settle().await;
    let late = spawn_insert(&db, &clock);
    settle().await;
    hold.release().await.unwrap();

    for write in try_join_all(writes).await.unwrap() {
        write.unwrap();
    }
    assert!(late.await.unwrap().is_err());
    closing.await.unwrap().unwrap();
    assert_eq!(persons(&db.connect_again().await).await, 20);
}
