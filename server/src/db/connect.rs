//! Opens the database, and explains for the administrator why it cannot be opened. Only this module knows the
//! two kinds of database address and the settings of their connections.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;
use std::{fs, io};

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sea_orm::sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sea_orm::sqlx::{self, ConnectOptions, Connection, Executor};
use sea_orm::{DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector};
use tokio::time::timeout;

use super::collation::LATVIAN_ORDER;
use crate::data::{self, DataError, EntryKind};
use crate::text::compare_latvian;

/// Readers of one SQLite file, and connections for reading and for writing to PostgreSQL. Few suffice:
/// a statement takes well under a millisecond.
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 8;

/// How long a statement waits for another program's lock on the SQLite file.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a PostgreSQL server may take to answer the first time.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// The name of servers in the list of a PostgreSQL server's connections.
pub(super) const SERVER_NAME: &str = "iespeja";

/// How long to wait for a free connection before giving up.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);

/// How many prepared statements the writing connection caches: each of the program's statements, in each of
/// the forms in which [`super::group`] sends it.
const STATEMENTS: usize = 512;

/// The write-ahead log is copied into the database (checkpoint) when it has this many pages. That is more
/// than SQLite's default of 1,000, because all writes wait during a checkpoint.
pub(super) const CHECKPOINT_PAGES: &str = "4000";

/// The write-ahead log is truncated to this size after a checkpoint.
pub(super) const WAL_LIMIT_BYTES: &str = "67108864";

/// Why a database cannot be opened. No variant holds a password or the whole address.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address names neither of the two databases.
    #[error("the database address must begin with sqlite:// or postgres://")]
    UnknownKind,
    /// The address is not valid.
    #[error("the database address cannot be understood: {0}")]
    Address(String),
    /// SQLite in memory is not supported: every connection would have a database of its own.
    #[error("the database must be a file, not in memory")]
    InMemory,
    /// Something else is where the file, its log, or their folder has to be.
    #[error("{0}, or set IESPEJA_DATABASE_URL to another file")]
    Place(#[from] DataError),
    /// The folder for the database does not exist and cannot be created.
    #[error("the folder {} cannot be made: {source}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file, or its folder, which SQLite needs for its log, cannot be written.
    #[error("{} cannot be written: check that this user may write to it and to its folder", path.display())]
    NotWritable {
        /// The database file.
        path: PathBuf,
    },
    /// The file does not exist, and the address does not say `mode=rwc`.
    #[error("there is no database at {} (add ?mode=rwc to the address to make one)", path.display())]
    Missing {
        /// The database file.
        path: PathBuf,
    },
    /// The file is not an SQLite database.
    #[error("{} is not an SQLite database, or is damaged: check the address, or keep the damaged file and restore the last backup (iespeja restore)", path.display())]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// A server runs on this SQLite file.
    #[error("{} is served by another iespeja server{}: stop that one, or give this one a database of its own (IESPEJA_DATA_DIR, IESPEJA_DATABASE_URL). Several servers for one database need PostgreSQL", path.display(), process.map(|id| format!(" (process {id})")).unwrap_or_default())]
    Served {
        /// The database file.
        path: PathBuf,
        /// The other server's process, if it is known.
        process: Option<u32>,
    },
    /// The file has damaged pages.
    #[error("{} is damaged: {problem}. Stop the server, keep the damaged file, and restore the last backup (iespeja restore)", path.display())]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// What SQLite found.
        problem: String,
    },
    /// The path leads to another file than the one in use, or to none.
    #[error("{} was deleted or replaced while it is in use: stop the server, put the file back, and start the server", path.display())]
    Replaced {
        /// The database file.
        path: PathBuf,
    },
    /// Another program holds the file's lock.
    #[error("{} is in use by another program", path.display())]
    InUse {
        /// The database file.
        path: PathBuf,
    },
    /// No PostgreSQL server answers there.
    #[error("no PostgreSQL server answers at {server}: {reason}")]
    Unreachable {
        /// Host and port, or the socket.
        server: String,
        /// What the network said.
        reason: String,
    },
    /// The server does not accept the user or the password.
    #[error("the PostgreSQL server at {server} refuses this user or password")]
    Refused {
        /// Host and port, or the socket.
        server: String,
    },
    /// The server has no such database.
    #[error("the PostgreSQL server at {server} has no database {database}")]
    NoDatabase {
        /// Host and port, or the socket.
        server: String,
        /// The database asked for.
        database: String,
    },
    /// Anything else.
    #[error("the database at {place} cannot be opened: {source}")]
    Other {
        /// The file or the server.
        place: String,
        /// What the driver said.
        source: sqlx::Error,
    },
}

/// A parsed address: what to open and how.
#[derive(Clone, Debug)]
pub(super) enum Address {
    Sqlite(Box<SqliteFile>),
    Postgres(Box<PgConnectOptions>),
}

/// An SQLite database on disk.
#[derive(Clone, Debug)]
pub(super) struct SqliteFile {
    options: SqliteConnectOptions,
    /// Whether to create it if it is missing.
    create: bool,
}

impl SqliteFile {
    pub(super) fn path(&self) -> &Path {
        self.options.get_filename()
    }
}

impl FromStr for Address {
    type Err = ConnectError;

    fn from_str(url: &str) -> Result<Self, ConnectError> {
        let unreadable = |error: sqlx::Error| match error {
            sqlx::Error::Configuration(cause) => ConnectError::Address(cause.to_string()),
            other => ConnectError::Address(other.to_string()),
        };
        if url.starts_with("sqlite:") {
            let options: SqliteConnectOptions = url.parse().map_err(unreadable)?;
            let options = options.collation(LATVIAN_ORDER, compare_latvian);
            if url.contains(":memory:") || url.contains("mode=memory") {
                return Err(ConnectError::InMemory);
            }
            let create = url.contains("mode=rwc");
            Ok(Self::Sqlite(Box::new(SqliteFile { options, create })))
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options: PgConnectOptions = url.parse().map_err(unreadable)?;
            Ok(Self::Postgres(Box::new(options)))
        } else {
            Err(ConnectError::UnknownKind)
        }
    }
}

/// The suffixes of the files that SQLite creates next to a database.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Checks that a database can be at the path, and creates the folder of a new one.
pub(super) fn prepare_folder(file: &SqliteFile) -> Result<(), ConnectError> {
    data::expect(file.path(), EntryKind::File)?;
    for beside in files_beside(file.path()) {
        data::expect(&beside, EntryKind::File)?;
    }
    let folder = match file.path().parent() {
        Some(folder) if file.create && !folder.as_os_str().is_empty() => folder,
        _ => return Ok(()),
    };
    data::create_folder(folder).map_err(|source| ConnectError::Folder {
        folder: folder.to_path_buf(),
        source,
    })
}

/// Removes access for other users before a new database is filled. SQLite gives its other files the same
/// access rights.
pub(super) fn restrict_access(file: &SqliteFile) {
    let path = file.path();
    if file.create && !path.exists() {
        // If that fails, SQLite gives the better error.
        drop(data::create_new_file(path));
    }
    // With a symbolic link, the log is next to the target.
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let beside = files_beside(&real);
    for path in [real].into_iter().chain(beside) {
        if data::restrict(&path).is_err() {
            tracing::warn!(
                path = %path.display(),
                "the database can be read by others, and belongs to another user: only that user can change it"
            );
        }
    }
}

fn files_beside(path: &Path) -> [PathBuf; 3] {
    BESIDE.map(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    })
}

/// The one connection that writes; a commit returns when it is durable.
pub(super) async fn sqlite_writer(file: &SqliteFile) -> Result<SqliteConnection, ConnectError> {
    SqliteConnection::connect_with(&writing(file))
        .await
        .map_err(|error| sqlite_error(file, error))
}

/// A pool of one writing connection, for the migrations, which need a pool.
pub(super) async fn sqlite_pool(file: &SqliteFile) -> Result<DatabaseConnection, ConnectError> {
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(writing(file))
        .await
        .map_err(|error| sqlite_error(file, error))?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

fn writing(file: &SqliteFile) -> SqliteConnectOptions {
    file.options
        .clone()
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(STATEMENTS)
        // What is deleted is overwritten.
        .pragma("secure_delete", "ON")
        .pragma("journal_size_limit", WAL_LIMIT_BYTES)
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
        .disable_statement_logging()
}

/// The pool of reading connections. They cannot write, so that no store bypasses the writer by mistake. All are
/// opened at once and stay open: see [`OpenedFile`](super::check::OpenedFile) for what a later one could do.
pub(super) async fn sqlite_readers(file: &SqliteFile) -> Result<DatabaseConnection, ConnectError> {
    let settings = file
        .options
        .clone()
        .create_if_missing(false)
        .read_only(true)
        .busy_timeout(BUSY_TIMEOUT)
        .pragma("query_only", "ON")
        .disable_statement_logging();
    let pool = SqlitePoolOptions::new()
        .min_connections(SQLITE_READERS)
        .max_connections(SQLITE_READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        // A connection opens the log with its first query.
        .after_connect(|connection, _| {
            Box::pin(async move {
                connection
                    .execute("SELECT count(*) FROM sqlite_schema")
                    .await
                    .map(drop)
            })
        })
        .connect_with(settings)
        .await
        .map_err(|error| sqlite_error(file, error))?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

/// The pools for reading and for writing with PostgreSQL, in this order. As with SQLite, readers cannot
/// write.
pub(super) async fn postgres_pools(
    options: &PgConnectOptions,
) -> Result<(DatabaseConnection, DatabaseConnection), ConnectError> {
    let options = options
        .clone()
        .application_name(SERVER_NAME)
        .disable_statement_logging();
    // A pool retries while nobody answers; a single connection returns the error at once.
    let first = timeout(ANSWER_TIMEOUT, PgConnection::connect_with(&options))
        .await
        .map_err(|_| ConnectError::Unreachable {
            server: server(&options),
            reason: format!("no answer within {} s", ANSWER_TIMEOUT.as_secs()),
        })?
        .map_err(|error| postgres_error(&options, error))?;
    drop(first.close().await);

    let reading = options
        .clone()
        .options([("default_transaction_read_only", "on")]);
    Ok((postgres_pool(reading), postgres_pool(options)))
}

fn postgres_pool(options: PgConnectOptions) -> DatabaseConnection {
    let pool: PgPool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .connect_lazy_with(options);
    SqlxPostgresConnector::from_sqlx_postgres_pool(pool)
}

/// What SQLite's primary result codes mean when a file is opened
/// (<https://www.sqlite.org/rescode.html>).
fn sqlite_error(file: &SqliteFile, error: sqlx::Error) -> ConnectError {
    const BUSY: u32 = 5;
    const LOCKED: u32 = 6;
    const READONLY: u32 = 8;
    const CORRUPT: u32 = 11;
    const CANTOPEN: u32 = 14;
    const NOTADB: u32 = 26;

    let primary_code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .and_then(|code| code.parse::<u32>().ok())
        .map(|code| code & 0xff);
    let path = file.path().to_path_buf();
    match primary_code {
        Some(BUSY | LOCKED) => ConnectError::InUse { path },
        Some(CORRUPT | NOTADB) => ConnectError::NotADatabase { path },
        Some(CANTOPEN) if !file.create && !path.exists() => ConnectError::Missing { path },
        Some(READONLY | CANTOPEN) => ConnectError::NotWritable { path },
        _ => ConnectError::Other {
            place: path.display().to_string(),
            source: error,
        },
    }
}

/// What PostgreSQL's error codes mean at sign-in
/// (<https://www.postgresql.org/docs/current/errcodes-appendix.html>).
fn postgres_error(options: &PgConnectOptions, error: sqlx::Error) -> ConnectError {
    let server = server(options);
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    match (code.as_deref(), &error) {
        (Some("28P01" | "28000"), _) => ConnectError::Refused { server },
        (Some("3D000"), _) => ConnectError::NoDatabase {
            server,
            database: options.get_database().unwrap_or_default().to_owned(),
        },
        (None, sqlx::Error::Io(cause)) => ConnectError::Unreachable {
            server,
            reason: cause.to_string(),
        },
        _ => ConnectError::Other {
            place: server,
            source: error,
        },
    }
}

fn server(options: &PgConnectOptions) -> String {
    match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    }
}
