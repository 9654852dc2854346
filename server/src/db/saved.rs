//! Copies of a whole database: made while a server runs, verified, and loaded again.
//!
//! SQLite's `VACUUM INTO` makes the copy: one snapshot, however much is written meanwhile. (The online backup
//! interface starts again whenever another process writes, so beside a busy server it may never end; and it
//! copies what was deleted along with the rest.) PostgreSQL is copied by `pg_dump` and loaded by `pg_restore`.

use std::{
    collections::BTreeMap,
    io::{self, BufRead as _, BufReader, Read as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use rusqlite::{Connection, OpenFlags};
use sea_orm::sqlx::{self, Connection as _, Row as _, postgres::PgConnection};
use url::Url;

use super::{
    check::{self, OpenedFile},
    connect::{Address, ConnectError, SERVER_NAME},
};
use crate::data;

/// The name of commands there.
const COMMAND_NAME: &str = "iespeja-command";

/// The number of rows of each table.
pub type Rows = BTreeMap<String, u64>;

/// The two kinds of databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// Why a database is not copied or loaded.
#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    /// It cannot be opened.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// A file cannot be read or written.
    #[error("{}: {}", path.display(), data::advice(source))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// SQLite failed.
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL failed.
    #[error("{0}")]
    Postgres(#[from] sqlx::Error),
    /// A program of PostgreSQL cannot be started or failed.
    #[error("{program}: {problem}")]
    Program {
        /// Its name.
        program: &'static str,
        /// What it said.
        problem: String,
    },
    /// The copy is not what was copied.
    #[error("the copy of the database is not whole: {0}")]
    NotWhole(String),
    /// A server uses the database.
    #[error("a server uses this database: stop it first")]
    InUse,
    /// There are records already.
    #[error("the database has tables already")]
    NotEmpty,
}

/// The kind of the database at an address.
///
/// # Errors
/// It is not an address.
pub fn kind(url: &str) -> Result<Kind, ConnectError> {
    Ok(match url.parse()? {
        Address::Sqlite(_) => Kind::Sqlite,
        Address::Postgres(_) => Kind::Postgres,
    })
}

/// The path of the SQLite file at an address.
#[must_use]
pub fn sqlite_path(url: &str) -> Option<PathBuf> {
    match url.parse() {
        Ok(Address::Sqlite(file)) => Some(file.path().to_path_buf()),
        _ => None,
    }
}

/// Copies the database into a new file, verifies the copy, and returns its numbers of rows.
///
/// # Errors
/// See [`SavedError`].
pub async fn save(url: &str, to: &Path) -> Result<Rows, SavedError> {
    match sqlite_path(url) {
        Some(path) => {
            let to = to.to_path_buf();
            tokio::task::spawn_blocking(move || save_sqlite(&path, &to))
                .await
                .map_err(not_ended)?
        }
        None => save_postgres(url, to).await,
    }
}

/// Verifies a copy and counts its rows.
///
/// # Errors
/// It is damaged or cannot be read.
pub async fn verify(kind: Kind, file: &Path) -> Result<Rows, SavedError> {
    let file = file.to_path_buf();
    tokio::task::spawn_blocking(move || match kind {
        Kind::Sqlite => verify_sqlite(&file),
        Kind::Postgres => verify_postgres(&file),
    })
    .await
    .map_err(not_ended)?
}

fn not_ended(error: tokio::task::JoinError) -> SavedError {
    SavedError::NotWhole(error.to_string())
}

fn save_sqlite(path: &Path, to: &Path) -> Result<Rows, SavedError> {
    if !path.exists() {
        return Err(ConnectError::Missing {
            path: path.to_path_buf(),
        }
        .into());
    }
    check::quick_check(&OpenedFile::at(path))?;
    // Created first, so that nobody else can read it at any moment.
    data::create_new_file(to).map_err(|source| SavedError::File {
        path: to.to_path_buf(),
        source,
    })?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(super::connect::BUSY_TIMEOUT)?;
    let before = rows_of(&connection)?;
    connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    let after = rows_of(&connection)?;
    sync(to)?;
    let saved = verify_sqlite(to)?;
    // Rows are rarely deleted; what was written meanwhile may be in it or not.
    for (table, count) in &saved {
        let (low, high) = (before.get(table).copied(), after.get(table).copied());
        let (low, high) = (low.unwrap_or(0).min(high.unwrap_or(0)), low.max(high));
        if *count < low || Some(*count) > high {
            return Err(SavedError::NotWhole(format!(
                "{table} has {count} rows instead of {low} to {}",
                high.unwrap_or(0)
            )));
        }
    }
    if saved.len() < before.len() {
        return Err(SavedError::NotWhole("a table is missing".to_owned()));
    }
    Ok(saved)
}

fn rows_of(connection: &Connection) -> Result<Rows, SavedError> {
    let names: Vec<String> = connection
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut rows = Rows::new();
    for name in names {
        let count: i64 =
            connection.query_row(&format!("SELECT COUNT(*) FROM \"{name}\""), [], |row| {
                row.get(0)
            })?;
        rows.insert(name, count.unsigned_abs());
    }
    Ok(rows)
}

fn verify_sqlite(file: &Path) -> Result<Rows, SavedError> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let found: Vec<String> = connection
        .prepare("PRAGMA integrity_check(3)")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if found != ["ok"] {
        return Err(SavedError::NotWhole(found.join("; ")));
    }
    let strays: Vec<String> = connection
        .prepare("PRAGMA foreign_key_check")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if let Some(table) = strays.first() {
        return Err(SavedError::NotWhole(format!(
            "a row of {table} refers to one that is missing"
        )));
    }
    let rows = rows_of(&connection)?;
    if rows.is_empty() {
        return Err(SavedError::NotWhole("it has no tables".to_owned()));
    }
    Ok(rows)
}

/// Loads a copy into the database at an address, where there must be none.
///
/// # Errors
/// See [`SavedError`].
pub async fn load(url: &str, from: &Path, replace: bool) -> Result<(), SavedError> {
    match sqlite_path(url) {
        Some(path) => {
            if let Some(folder) = path
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty())
            {
                data::create_folder(folder).map_err(|source| SavedError::File {
                    path: folder.to_path_buf(),
                    source,
                })?;
            }
            copy(from, &path)
        }
        None => load_postgres(url, from, replace).await,
    }
}

/// Copies a file to a place where there is none, and waits for the disk.
///
/// # Errors
/// As the system says.
#[expect(clippy::disallowed_methods, reason = "copies files of the data folder")]
pub fn copy(from: &Path, to: &Path) -> Result<(), SavedError> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| SavedError::File { path, source }
    };
    let mut source = std::fs::File::open(from).map_err(failed(from))?;
    let mut target = data::create_new_file(to).map_err(failed(to))?;
    io::copy(&mut source, &mut target)
        .and_then(|_| target.sync_all())
        .map_err(failed(to))
}

#[expect(clippy::disallowed_methods, reason = "waits for the disk")]
fn sync(path: &Path) -> Result<(), SavedError> {
    std::fs::File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|source| SavedError::File {
            path: path.to_path_buf(),
            source,
        })
}

/// Whether a server uses the database, as far as it can be told.
///
/// # Errors
/// A PostgreSQL server does not answer.
pub async fn is_served(url: &str) -> Result<bool, SavedError> {
    if sqlite_path(url).is_some() {
        return Ok(super::Claim::is_held(url));
    }
    let mut connection = connect(url).await?;
    let servers: i64 = sqlx::query(
        "SELECT count(*) FROM pg_stat_activity \
         WHERE datname = current_database() AND application_name = $1",
    )
    .bind(SERVER_NAME)
    .fetch_one(&mut connection)
    .await?
    .try_get(0)?;
    connection.close().await?;
    Ok(servers > 0)
}

async fn connect(url: &str) -> Result<PgConnection, SavedError> {
    let Address::Postgres(options) = url.parse::<Address>()? else {
        return Err(ConnectError::UnknownKind.into());
    };
    let options = options.application_name(COMMAND_NAME);
    Ok(PgConnection::connect_with(&options).await?)
}

async fn save_postgres(url: &str, to: &Path) -> Result<Rows, SavedError> {
    let mut connection = connect(url).await?;
    // The rows are counted in the snapshot that is copied.
    sqlx::raw_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        .execute(&mut connection)
        .await?;
    let snapshot: String = sqlx::query("SELECT pg_export_snapshot()")
        .fetch_one(&mut connection)
        .await?
        .try_get(0)?;
    let counted = postgres_rows(&mut connection).await?;
    data::create_new_file(to).map_err(|source| SavedError::File {
        path: to.to_path_buf(),
        source,
    })?;
    let mut dump = tool("pg_dump", url)?;
    dump.arg("--format=custom")
        .arg("--no-owner")
        .arg("--no-privileges")
        .arg(format!("--snapshot={snapshot}"))
        .arg("--file")
        .arg(to);
    run("pg_dump", dump).await?;
    connection.close().await?;
    sync(to)?;
    let saved = verify(Kind::Postgres, to).await?;
    if saved == counted {
        Ok(saved)
    } else {
        Err(SavedError::NotWhole(format!(
            "rows {saved:?} instead of {counted:?}"
        )))
    }
}

async fn postgres_rows(connection: &mut PgConnection) -> Result<Rows, SavedError> {
    let tables =
        sqlx::query("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()")
            .fetch_all(&mut *connection)
            .await?;
    let mut rows = Rows::new();
    for table in tables {
        let name: String = table.try_get(0)?;
        let sql = format!("SELECT count(*) FROM \"{name}\"");
        let count: i64 = sqlx::query(sqlx::AssertSqlSafe(sql))
            .fetch_one(&mut *connection)
            .await?
            .try_get(0)?;
        rows.insert(name, count.unsigned_abs());
    }
    Ok(rows)
}

/// Reads the whole copy and counts the rows of each table in it.
fn verify_postgres(file: &Path) -> Result<Rows, SavedError> {
    const PROGRAM: &str = "pg_restore";
    let failed = |problem: String| SavedError::Program {
        program: PROGRAM,
        problem,
    };
    let mut child = Command::new(PROGRAM)
        .arg("--data-only")
        .arg("--file=-")
        .arg(file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(not_started(&error)))?;
    let mut rows = Rows::new();
    let mut table: Option<(String, u64)> = None;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(|error| failed(error.to_string()))?;
            if let Some((_, count)) = &mut table {
                if line == b"\\." {
                    rows.extend(table.take());
                } else {
                    *count += 1;
                }
            } else if let Some(rest) = line.strip_prefix(b"COPY ") {
                let head = String::from_utf8_lossy(rest).into_owned();
                let name = head.split(" (").next().unwrap_or_default();
                let name = name.rsplit('.').next().unwrap_or_default();
                table = Some((name.trim_matches('"').to_owned(), 0));
            }
        }
    }
    let mut said = String::new();
    if let Some(mut errors) = child.stderr.take() {
        let _ = errors.read_to_string(&mut said);
    }
    let ended = child.wait().map_err(|error| failed(error.to_string()))?;
    if !ended.success() {
        return Err(failed(said.trim().to_owned()));
    }
    if rows.is_empty() {
        return Err(SavedError::NotWhole("it has no tables".to_owned()));
    }
    Ok(rows)
}

async fn load_postgres(url: &str, from: &Path, replace: bool) -> Result<(), SavedError> {
    if is_served(url).await? {
        return Err(SavedError::InUse);
    }
    let mut connection = connect(url).await?;
    let is_empty = postgres_rows(&mut connection).await?.is_empty();
    connection.close().await?;
    if !is_empty && !replace {
        return Err(SavedError::NotEmpty);
    }
    let mut restore = tool("pg_restore", url)?;
    restore
        .arg("--single-transaction")
        .arg("--exit-on-error")
        .arg("--no-owner")
        .arg("--no-privileges");
    if replace {
        restore.arg("--clean").arg("--if-exists");
    }
    let name = database_name(url)?;
    restore.arg("--dbname").arg(name).arg(from);
    run("pg_restore", restore).await
}

fn database_name(url: &str) -> Result<String, SavedError> {
    match url.parse::<Address>()? {
        Address::Postgres(options) => Ok(options.get_database().unwrap_or("postgres").to_owned()),
        Address::Sqlite(_) => Err(ConnectError::UnknownKind.into()),
    }
}

/// A program of PostgreSQL that connects to the database. The password is passed in its environment: its
/// arguments are visible to every user of the machine.
fn tool(program: &str, url: &str) -> Result<Command, SavedError> {
    let Address::Postgres(options) = url.parse::<Address>()? else {
        return Err(ConnectError::UnknownKind.into());
    };
    let parsed = Url::parse(url).map_err(|error| ConnectError::Address(error.to_string()))?;
    let mut command = Command::new(program);
    let host = options.get_socket().map_or_else(
        || options.get_host().to_owned(),
        |socket| socket.display().to_string(),
    );
    command
        .env("PGHOST", host)
        .env("PGPORT", options.get_port().to_string())
        .env("PGUSER", options.get_username())
        .env("PGDATABASE", database_name(url)?)
        .env("PGAPPNAME", COMMAND_NAME)
        .arg("--no-password");
    if let Some(password) = parsed.password() {
        let password = percent_encoding::percent_decode_str(password).decode_utf8_lossy();
        command.env("PGPASSWORD", &*password);
    }
    for (name, value) in parsed.query_pairs() {
        match &*name {
            "password" => command.env("PGPASSWORD", &*value),
            "sslmode" | "ssl-mode" => command.env("PGSSLMODE", &*value),
            "sslrootcert" | "ssl-root-cert" | "ssl-ca" => command.env("PGSSLROOTCERT", &*value),
            _ => &mut command,
        };
    }
    Ok(command)
}

async fn run(program: &'static str, mut command: Command) -> Result<(), SavedError> {
    let output = tokio::task::spawn_blocking(move || command.stdin(Stdio::null()).output())
        .await
        .map_err(not_ended)?
        .map_err(|error| SavedError::Program {
            program,
            problem: not_started(&error),
        })?;
    if output.status.success() {
        return Ok(());
    }
    Err(SavedError::Program {
        program,
        problem: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}

fn not_started(error: &io::Error) -> String {
    format!(
        "cannot be started ({error}); install the programs of PostgreSQL for clients (postgresql-client), of the server's version or a newer one"
    )
}
