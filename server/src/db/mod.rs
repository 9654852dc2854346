//! The database: opening it, its tables, and the two ways to use it. [`Db::read`] gives connections that
//! can only read; [`Db::write`] runs work in one transaction and returns when it is durable. Only the
//! `store.rs` of an area uses either; what a row means is the area's business.
//!
//! # What a write may rely on, on SQLite and PostgreSQL alike
//!
//! - All of it is kept, or none: an error, a panic, a caller that goes away, an overlong run undo it.
//! - Later reads see it, from any connection.
//! - Writes to the same row follow each other *from the first statement that changes the row*. So a rule
//!   over several rows (a free number, the last entry, places left) begins with an `UPDATE` of the row that
//!   stands for them, and reads afterwards: `UPDATE … SET last = last + 1 … RETURNING last`
//!   ([`counter::next`]; as a value that others can ask for: [`lock::Locked`]). That locks the row on PostgreSQL; on SQLite writes are one at a time anyway.
//!   `SELECT … FOR UPDATE` is no substitute: SQLite does not have it and the query builder drops it there.
//!   Reading first and writing on what was read is a race on PostgreSQL, unless a unique index decides it.
//! - Rows of the same kind are locked in the same order everywhere (organisation before person before
//!   enrolment before attempt, the audit head last), or two writes may wait for each other and PostgreSQL ends one of them.
//!
//! # What a write must not do
//!
//! - Wait for anything but the database: on SQLite every other write waits behind it. No mail, no hashing
//!   of passwords, no drawing of certificates, no other [`Db::write`] (which on SQLite would wait for
//!   itself). It is ended after [`WRITE_LIMIT`].
//! - Go on after a database error: PostgreSQL refuses every further statement of the transaction. Where a
//!   conflict is expected, let the statement say so (`ON CONFLICT DO NOTHING`).

mod affinity;
pub mod batch;
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
mod stats;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod transaction;
mod writer;

use std::fmt;
use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqlErr, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

pub use affinity::Threads;
pub use collation::LATVIAN_ORDER;
pub use connect::ConnectError;
pub use guard::WRITE_LIMIT;
pub use stats::Stats;
pub use transaction::{Transaction, hand_written};

use connect::{Address, SqliteFile};
use guard::guarded;
use interrupted::interrupted;
use lookup::Lookups;
use migration::Migrator;
use stats::Counters;
use writer::Queue;

/// How many ids one statement names at most: databases limit the values of a statement.
pub const IDS_AT_ONCE: usize = 1_000;

/// Two servers that start at once on one PostgreSQL database migrate one after the other, by this lock.
const MIGRATION_LOCK: i64 = 0x6965_7370_656a_6121;

/// The database. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    read: DatabaseConnection,
    /// On SQLite.
    lookups: Option<Lookups>,
    write: Write,
    threads: Threads,
    counters: Arc<Counters>,
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

    /// The same, and says what the threads that use it do.
    ///
    /// # Errors
    /// As [`Db::connect`].
    pub async fn connect_with(url: &str, threads: Threads) -> Result<Self, ConnectError> {
        let counters = Arc::new(Counters::default());
        let (read, lookups, write) = match url.parse()? {
            Address::Sqlite(file) => {
                connect::prepare_folder(&file)?;
                connect::close_to_others(&file);
                // The writer first: it makes the file and its write-ahead log.
                let queue = Queue::start((*file).clone(), threads, Arc::clone(&counters)).await?;
                let read = connect::sqlite_readers(&file).await?;
                let lookups = Lookups::new(file.path());
                (read, Some(lookups), Write::Queue(queue, file))
            }
            Address::Postgres(options) => {
                let (read, write) = connect::postgres_pools(&options).await?;
                (read, None, Write::Pool(write))
            }
        };
        Ok(Self(Arc::new(Inner {
            read,
            lookups,
            write,
            threads,
            counters,
        })))
    }

    /// Brings the tables to this program's version.
    ///
    /// # Errors
    /// A statement failed, or the database is from a newer version. Nothing is changed then.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        self.migration(async |transaction| Migrator::up(transaction, None).await)
            .await
    }

    /// Takes every table away again.
    ///
    /// # Errors
    /// A statement failed. Nothing is changed then.
    #[cfg(any(test, feature = "testing"))]
    pub async fn unmigrate(&self) -> Result<(), DbErr> {
        self.migration(async |transaction| Migrator::down(transaction, None).await)
            .await
    }

    /// The migrator asks for the driver's own kind of transaction.
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

    /// For a thread that asks again and again as long as it runs, a web worker: on SQLite with
    /// [`Threads::Pinned`] it stays on a CPU from now on, with the threads that it starts.
    pub fn settle_thread(&self) {
        if self.0.threads == Threads::Pinned && matches!(self.0.write, Write::Queue(..)) {
            affinity::stay_on_next_cpu();
        }
    }

    /// Runs queries. Each sees everything committed before it.
    pub fn read(&self) -> &DatabaseConnection {
        &self.0.read
    }

    /// Lookups in the calling thread, where the database has them.
    pub fn lookups(&self) -> Option<&Lookups> {
        self.0.lookups.as_ref()
    }

    /// Runs `work` in one transaction, which is durable when this returns `Ok` and undone when it returns
    /// `Err`. See the module for what work may rely on and what it must not do. Its future stays in the thread
    /// that runs it, so on PostgreSQL the caller's does, too: `actix_web::rt::spawn`, not `tokio::spawn`.
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

    /// Runs hand-written statements (see [`hand_written`]) as one write, one after another: durable when
    /// this returns `Ok`, undone when it returns `Err`. Gives the first column of the rows of each, which are
    /// `bigint`. For the few writes that make most of the load; what they may hold is a number, a text, an
    /// id, a time or JSON.
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

    /// What was done since the start.
    pub fn stats(&self) -> Stats {
        self.0.counters.read()
    }

    /// Finishes the writes that have begun (on SQLite also those that wait) and closes the connections.
    /// Whatever is asked afterwards fails.
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

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Db({:?})", self.0.read.get_database_backend())
    }
}

/// Whether a statement failed because such a row exists already.
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
