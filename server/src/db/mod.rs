//! The database: opening it, its tables, and the ways to use it. [`Db::read`] gives connections that can only
//! read; [`Db::write`] runs work in one transaction and returns when it is durable; [`Db::run`] does the same
//! for the few hand-written writes, and [`Db::lookups`] reads single rows in the calling thread. The use cases
//! of an area (`service`) decide when to read and write; its `store.rs` contains the queries.
//!
//! # What a write may rely on, on SQLite and PostgreSQL alike
//!
//! - It is kept as a whole or not at all: an error, a panic, a cancelled caller and the time limit roll it
//!   back.
//! - Later reads on any connection see it.
//! - Writes to the same row are serialised *from the first statement that changes the row*. So a rule over
//!   several rows (a free number, the last entry, places left) starts with an `UPDATE` of the row that
//!   represents it, and reads afterwards: `UPDATE … SET last = last + 1 … RETURNING last` ([`counter::next`];
//!   as a value, [`lock::Locked`]). That locks the row on PostgreSQL; on SQLite there is one write at a time
//!   in any case. `SELECT … FOR UPDATE` is no substitute: SQLite does not have it, and the query builder
//!   omits it there. Reading first and writing on the basis of what was read is a race on PostgreSQL, unless
//!   a unique index decides it.
//! - Rows of different tables are locked in the same order everywhere (organisation before person before
//!   enrolment before attempt, the audit head last). Otherwise two writes may wait for each other, and
//!   PostgreSQL ends one of them.
//!
//! # What a write must not do
//!
//! - Wait for anything but the database: on SQLite every other write waits behind it. So it sends no mail,
//!   hashes no password, renders no certificate and calls no other [`Db::write`] (which on SQLite would wait
//!   for itself). It is ended after [`WRITE_LIMIT`].
//! - Continue after a database error: PostgreSQL refuses every further statement of the transaction. Where a
//!   conflict is expected, the statement has to allow for it (`ON CONFLICT DO NOTHING`).

mod affinity;
pub mod batch;
mod check;
mod claim;
mod collation;
mod connect;
pub mod counter;
mod direct;
pub mod entity;
mod group;
mod guard;
mod interrupted;
pub mod lock;
pub mod lookup;
pub mod migration;
pub mod saved;
pub mod sealed;
mod stats;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod transaction;
mod writer;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqlErr, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

pub use affinity::Threads;
pub use claim::Claim;
pub use collation::LATVIAN_ORDER;
pub use connect::ConnectError;
pub use guard::WRITE_LIMIT;
pub use stats::Stats;
pub use transaction::{Transaction, hand_written};

use check::OpenedFile;
use connect::{Address, SqliteFile};
use guard::guarded;
use interrupted::interrupted;
use lookup::Lookups;
use migration::Migrator;
use stats::Counters;
use writer::Queue;

/// The most ids in one statement: databases limit the number of parameters.
pub const IDS_AT_ONCE: usize = 1_000;

/// The lock that serialises the migrations of two servers that start at the same time on one PostgreSQL
/// database.
const MIGRATION_LOCK: i64 = 0x6965_7370_656a_6121;

/// The database. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    read: DatabaseConnection,
    /// On SQLite only.
    lookups: Option<Lookups>,
    write: Write,
    threads: Threads,
    counters: Arc<Counters>,
    /// On SQLite only.
    opened: Option<OpenedFile>,
}

enum Write {
    /// With the file that it writes.
    Queue(Queue, Box<SqliteFile>),
    Pool(DatabaseConnection),
}

impl Db {
    /// Opens the database at `url`: `sqlite://path?mode=rwc` (file and folder are made when missing) or
    /// `postgres://user:password@host/database`.
    ///
    /// # Errors
    /// Says what is wrong in words for the person who configured it, without secrets.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        Self::connect_with(url, Threads::Free).await
    }

    /// Like [`Db::connect`], with a choice of whether its threads are pinned.
    ///
    /// # Errors
    /// As [`Db::connect`].
    pub async fn connect_with(url: &str, threads: Threads) -> Result<Self, ConnectError> {
        let counters = Arc::new(Counters::default());
        let (read, opened, write) = match url.parse()? {
            Address::Sqlite(file) => {
                connect::prepare_folder(&file)?;
                connect::restrict_access(&file);
                // The writer first: it creates the file and its write-ahead log.
                let queue = Queue::start((*file).clone(), threads, Arc::clone(&counters)).await?;
                let read = connect::sqlite_readers(&file).await?;
                let opened = OpenedFile::at(file.path());
                (read, Some(opened), Write::Queue(queue, file))
            }
            Address::Postgres(options) => {
                let (read, write) = connect::postgres_pools(&options).await?;
                (read, None, Write::Pool(write))
            }
        };
        Ok(Self(Arc::new(Inner {
            read,
            lookups: opened.clone().map(Lookups::new),
            write,
            threads,
            counters,
            opened,
        })))
    }

    /// Migrates the tables to this program's version.
    ///
    /// # Errors
    /// A statement failed, or the database belongs to a newer version. Nothing is changed then.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        self.migration(async |transaction| Migrator::up(transaction, None).await)
            .await
    }

    /// Undoes the migrations from the newest to the one named; without a name all, which drops every table.
    ///
    /// # Errors
    /// A statement failed. Nothing is changed then.
    #[cfg(any(test, feature = "testing"))]
    pub async fn unmigrate(&self, to: Option<&str>) -> Result<(), DbErr> {
        let migrations = Migrator::migrations();
        let before = to.and_then(|to| migrations.iter().position(|one| one.name() == to));
        let undone = migrations.len() - before.unwrap_or_default();
        let steps = u32::try_from(undone).ok();
        self.migration(async |transaction| Migrator::down(transaction, steps).await)
            .await
    }

    /// The migrator needs the driver's own kind of transaction.
    async fn migration(
        &self,
        work: impl AsyncFnOnce(&DatabaseTransaction) -> Result<(), DbErr>,
    ) -> Result<(), DbErr> {
        match &self.0.write {
            Write::Queue(_, file) => {
                let pool = connect::sqlite_pool(file)
                    .await
                    .map_err(|error| interrupted(&error.to_string()))?;
                let immediate = TransactionOptions {
                    sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                    ..Default::default()
                };
                let transaction = pool.begin_with_options(immediate).await?;
                work(&transaction).await?;
                transaction.commit().await?;
                pool.close().await
            }
            Write::Pool(pool) => {
                let transaction = pool.begin().await?;
                let lock = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
                transaction.execute_unprepared(&lock).await?;
                work(&transaction).await?;
                transaction.commit().await
            }
        }
    }

    /// Called by a thread that uses the database as long as it runs, i.e. a web worker. On SQLite with
    /// [`Threads::Pinned`] it is pinned to a CPU, with the threads that it starts.
    pub fn pin_thread(&self) {
        if self.0.threads == Threads::Pinned && matches!(self.0.write, Write::Queue(..)) {
            affinity::pin_to_next_cpu();
        }
    }

    /// The connections for queries. Each query sees everything that was committed before it.
    pub fn read(&self) -> &DatabaseConnection {
        &self.0.read
    }

    /// Lookups in the calling thread, where the database supports them.
    pub fn lookups(&self) -> Option<&Lookups> {
        self.0.lookups.as_ref()
    }

    /// Runs `work` in one transaction, which is durable when this returns `Ok` and rolled back when it
    /// returns `Err`. The rules of the module apply to `work`. Its future is not `Send`, so on PostgreSQL
    /// neither is the caller's: use `actix_web::rt::spawn`, not `tokio::spawn`.
    ///
    /// # Errors
    /// The error of `work`; or a [`DbErr`] when its transaction cannot begin or commit, when it panics, or
    /// when it takes longer than [`WRITE_LIMIT`].
    pub async fn write<T, E>(
        &self,
        work: impl AsyncFnOnce(&Transaction) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbErr> + Send + 'static,
    {
        match &self.0.write {
            Write::Queue(queue, _) => queue.write(work).await,
            Write::Pool(pool) => {
                let transaction = Transaction::postgres(pool.begin().await?);
                match guarded(WRITE_LIMIT, work, &transaction).await {
                    Ok(value) => {
                        if let Err(error) = transaction.commit().await {
                            self.0.counters.failed();
                            return Err(error.into());
                        }
                        self.0.counters.committed(1, 0);
                        Ok(value)
                    }
                    Err(error) => {
                        transaction.rollback().await?;
                        self.0.counters.undone();
                        Err(error)
                    }
                }
            }
        }
    }

    /// Runs hand-written statements (see [`hand_written`]) as one write, one after another: durable when this
    /// returns `Ok`, rolled back when it returns `Err`. Returns the first column of the rows of each, which
    /// has to be a `bigint`. For the few writes that cause most of the load. Parameters can be numbers,
    /// texts, ids, times and JSON.
    ///
    /// # Errors
    /// A statement failed, or the transaction could not begin or commit.
    pub async fn run(&self, statements: Vec<Statement>) -> Result<Vec<Vec<i64>>, DbErr> {
        match &self.0.write {
            Write::Queue(queue, _) => queue.run(statements).await,
            Write::Pool(_) => {
                self.write(async move |transaction| {
                    let mut each = Vec::new();
                    for statement in statements {
                        let rows = transaction.query_all_raw(statement).await?;
                        let numbers = rows.iter().map(|row| row.try_get_by_index(0));
                        each.push(numbers.collect::<Result<_, _>>()?);
                    }
                    Ok(each)
                })
                .await
            }
        }
    }

    /// Statistics since the start.
    pub fn stats(&self) -> Stats {
        self.0.counters.read()
    }

    /// Finishes the writes that have started (on SQLite also those that wait) and closes the connections.
    /// Every later call fails.
    ///
    /// # Errors
    /// A connection did not close.
    pub async fn close(&self) -> Result<(), DbErr> {
        match &self.0.write {
            Write::Queue(queue, _) => queue.close().await,
            Write::Pool(pool) => pool.close_by_ref().await?,
        }
        if let Some(lookups) = &self.0.lookups {
            lookups.close();
        }
        self.0.read.close_by_ref().await
    }
}

/// Checks.
impl Db {
    /// Checks an SQLite file for damage, with a connection of its own, so that nothing cached hides it. It
    /// reads the whole file. PostgreSQL checks its pages itself when it reads them.
    ///
    /// # Errors
    /// [`ConnectError::Damaged`] with what SQLite found, or the file cannot be opened.
    pub async fn quick_check(&self) -> Result<(), ConnectError> {
        let Some(file) = &self.0.opened else {
            return Ok(());
        };
        let of_task = file.clone();
        tokio::task::spawn_blocking(move || check::quick_check(&of_task))
            .await
            .unwrap_or_else(|error| {
                Err(ConnectError::Damaged {
                    path: file.path().to_path_buf(),
                    problem: error.to_string(),
                })
            })
    }

    /// The migrations of this program that the database lacks, and those it has that this program does not
    /// know.
    ///
    /// # Errors
    /// The database fails.
    pub async fn migration_gap(&self) -> Result<(Vec<String>, Vec<String>), DbErr> {
        let statement = Statement::from_string(
            self.read().get_database_backend(),
            "SELECT version FROM seaql_migrations",
        );
        let rows = self.read().query_all_raw(statement).await?;
        let applied: Vec<String> = rows
            .iter()
            .map(|row| row.try_get_by_index(0))
            .collect::<Result<_, _>>()?;
        let known: Vec<String> = Migrator::migrations()
            .iter()
            .map(|migration| migration.name().to_owned())
            .collect();
        let lacks = |these: &[String], those: &[String]| -> Vec<String> {
            let is_lacking = |name: &&String| !these.contains(name);
            those.iter().filter(is_lacking).cloned().collect()
        };
        Ok((lacks(&applied, &known), lacks(&known, &applied)))
    }

    /// Whether the path of an SQLite file still leads to the file that was opened: it may have been deleted or
    /// replaced, and then everything written goes where nobody finds it.
    #[must_use]
    pub fn is_in_place(&self) -> bool {
        self.0.opened.as_ref().is_none_or(OpenedFile::is_in_place)
    }

    /// The time of a PostgreSQL server; an SQLite file has none of its own.
    ///
    /// # Errors
    /// The database fails.
    pub async fn server_time(&self) -> Result<Option<DateTime<Utc>>, DbErr> {
        let Write::Pool(pool) = &self.0.write else {
            return Ok(None);
        };
        let statement =
            Statement::from_string(pool.get_database_backend(), "SELECT clock_timestamp()");
        let row = pool.query_one_raw(statement).await?;
        row.map(|row| row.try_get_by_index(0)).transpose()
    }

    /// The path of an SQLite file.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        match &self.0.write {
            Write::Queue(_, file) => Some(file.path().to_path_buf()),
            Write::Pool(_) => None,
        }
    }

    /// After a person deleted something: takes what was deleted out of the log of an SQLite file, whose own pages
    /// are overwritten by the deletion. On PostgreSQL, the space in the table is given free. Cheap, in contrast
    /// to [`Db::scrub`].
    ///
    /// # Errors
    /// The database fails, or somebody reads in it all the time.
    pub async fn forget_deleted(&self, table: &'static str) -> Result<(), DbErr> {
        match (&self.0.write, &self.0.opened) {
            (Write::Pool(pool), _) => {
                let vacuum = format!("VACUUM \"{table}\"");
                pool.execute_unprepared(&vacuum).await.map(drop)
            }
            (Write::Queue(..), _) => self.empty_log().await,
        }
    }

    /// Writes the log of an SQLite file into the file and empties it, so that nothing deleted stays in it.
    /// PostgreSQL manages its own log.
    ///
    /// # Errors
    /// The database fails, or somebody reads in it all the time.
    pub async fn empty_log(&self) -> Result<(), DbErr> {
        let Some(file) = self.0.opened.clone() else {
            return Ok(());
        };
        tokio::task::spawn_blocking(move || check::empty_log(&file))
            .await
            .map_err(|error| interrupted(&error.to_string()))?
            .map_err(|error| interrupted(&error.to_string()))
    }

    /// Writes everything anew, so that nothing deleted is left in unused parts of the file or in its log. On
    /// PostgreSQL, the space of what was deleted is given free. Other writes wait meanwhile.
    ///
    /// # Errors
    /// The database fails, or is in use all the time.
    pub async fn scrub(&self) -> Result<(), DbErr> {
        match (&self.0.write, &self.0.opened) {
            (Write::Pool(pool), _) => pool.execute_unprepared("VACUUM").await.map(drop),
            (Write::Queue(..), Some(file)) => {
                let file = file.clone();
                tokio::task::spawn_blocking(move || check::scrub(&file))
                    .await
                    .map_err(|error| interrupted(&error.to_string()))?
                    .map_err(|error| interrupted(&error.to_string()))
            }
            (Write::Queue(..), None) => Ok(()),
        }
    }
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Db({:?})", self.0.read.get_database_backend())
    }
}

/// Whether a statement failed because such a row exists already.
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
