//! Checks of a database: whether it is whole, up to date, and still the file that was opened.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags};
use sea_orm::{ConnectionTrait as _, DbErr, Statement};
use sea_orm_migration::MigratorTrait as _;

use super::connect::ConnectError;
use super::interrupted::interrupted;
use super::migration::Migrator;
use super::{Db, Write};

/// The most problems of a damaged file that are named.
const PROBLEMS_NAMED: &str = "3";

impl Db {
    /// Checks an SQLite file for damage, with a connection of its own, so that nothing cached hides it. It
    /// reads the whole file. PostgreSQL checks its pages itself when it reads them.
    ///
    /// # Errors
    /// [`ConnectError::Damaged`] with what SQLite found, or the file cannot be opened.
    pub async fn quick_check(&self) -> Result<(), ConnectError> {
        let Write::Queue(_, file) = &self.0.write else {
            return Ok(());
        };
        let path = file.path().to_path_buf();
        let of_task = path.clone();
        tokio::task::spawn_blocking(move || quick_check(&of_task))
            .await
            .unwrap_or_else(|error| {
                Err(ConnectError::Damaged {
                    path,
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
        match &self.0.write {
            Write::Queue(_, file) => identity(file.path()) == self.0.identity,
            Write::Pool(_) => true,
        }
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

    /// Writes everything anew, so that nothing deleted is left in unused parts of the file or in its log. On
    /// PostgreSQL, the space of what was deleted is given free. Other writes wait meanwhile.
    ///
    /// # Errors
    /// The database fails, or is in use all the time.
    pub async fn scrub(&self) -> Result<(), DbErr> {
        match &self.0.write {
            Write::Queue(_, file) => {
                let path = file.path().to_path_buf();
                tokio::task::spawn_blocking(move || scrub(&path))
                    .await
                    .map_err(|error| interrupted(&error.to_string()))?
                    .map_err(|error| interrupted(&error.to_string()))
            }
            Write::Pool(pool) => pool.execute_unprepared("VACUUM").await.map(drop),
        }
    }
}

/// How long rewriting the file waits for other writes.
const SCRUB_TIMEOUT: Duration = Duration::from_secs(30);

fn scrub(path: &Path) -> rusqlite::Result<()> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(SCRUB_TIMEOUT)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.execute_batch("VACUUM")?;
    // The log still has pages from before.
    let busy: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 {
        Ok(())
    } else {
        Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
            Some("the log of the database is in use".to_owned()),
        ))
    }
}

/// See [`Db::quick_check`].
pub(super) fn quick_check(path: &Path) -> Result<(), ConnectError> {
    let damaged = |problem: String| ConnectError::Damaged {
        path: path.to_path_buf(),
        problem,
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags(path, flags).map_err(|error| damaged(error.to_string()))?;
    let found = connection
        .busy_timeout(super::connect::BUSY_TIMEOUT)
        .and_then(|()| connection.prepare(&format!("PRAGMA quick_check({PROBLEMS_NAMED})")))
        .and_then(|mut check| {
            check
                .query_map([], |row| row.get::<_, String>(0))?
                .collect::<rusqlite::Result<Vec<_>>>()
        })
        .map_err(|error| damaged(error.to_string()))?;
    if found == ["ok"] {
        Ok(())
    } else {
        Err(damaged(found.join("; ").replace('\n', " ")))
    }
}

/// Device and number of a file; `None` if there is none.
pub(super) type Identity = Option<(u64, u64)>;

#[cfg(unix)]
#[expect(
    clippy::disallowed_methods,
    reason = "looks at the database's own file"
)]
pub(super) fn identity(path: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    let found = std::fs::metadata(path).ok()?;
    Some((found.dev(), found.ino()))
}

/// This system has no such numbers; that the file exists has to do.
#[cfg(not(unix))]
pub(super) fn identity(path: &Path) -> Identity {
    path.exists().then_some((0, 0))
}
