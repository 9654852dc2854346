//! Checks of an SQLite file: whether it is whole, and still the file that was opened; and writing it anew.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};

use super::connect::{BUSY_TIMEOUT, ConnectError};

/// The most problems of a damaged file that are named.
const PROBLEMS_NAMED: &str = "3";

/// How long rewriting the file waits for other writes.
const SCRUB_TIMEOUT: Duration = Duration::from_secs(30);

/// How long emptying the log waits for those who read or write.
const EMPTY_LOG_TIMEOUT: Duration = Duration::from_secs(5);

/// See [`Db::scrub`](super::Db::scrub).
pub(super) fn scrub(file: &OpenedFile) -> rusqlite::Result<()> {
    let connection = file.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(SCRUB_TIMEOUT)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.execute_batch("VACUUM")?;
    // The log still has pages from before.
    truncate_log(&connection)
}

/// See [`Db::empty_log`](super::Db::empty_log).
pub(super) fn empty_log(file: &OpenedFile) -> rusqlite::Result<()> {
    let connection = file.connect(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(EMPTY_LOG_TIMEOUT)?;
    truncate_log(&connection)
}

fn truncate_log(connection: &Connection) -> rusqlite::Result<()> {
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

/// See [`Db::quick_check`](super::Db::quick_check).
pub(super) fn quick_check(file: &OpenedFile) -> Result<(), ConnectError> {
    if !file.is_in_place() {
        return Err(ConnectError::Replaced {
            path: file.path.clone(),
        });
    }
    let damaged = |problem: String| ConnectError::Damaged {
        path: file.path.clone(),
        problem,
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = file
        .connect(flags)
        .map_err(|error| damaged(error.to_string()))?;
    let found = connection
        .busy_timeout(BUSY_TIMEOUT)
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

/// An SQLite file that is in use, with its identity when it was opened.
///
/// Another file may come to its path meanwhile. A connection to that one would take the log beside it for its
/// own: SQLite truncates the log's index, which other connections of this process have mapped into memory, and
/// their next access ends the process (SIGBUS). So a later connection is used only after a look at the path.
#[derive(Clone, Debug)]
pub(super) struct OpenedFile {
    path: PathBuf,
    identity: Identity,
}

impl OpenedFile {
    /// The file that is at the path now.
    pub(super) fn at(path: &Path) -> Self {
        Self {
            path: path.to_path_buf(),
            identity: identity(path),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the path still leads to this file.
    pub(super) fn is_in_place(&self) -> bool {
        self.identity.is_some() && identity(&self.path) == self.identity
    }

    /// One more connection.
    ///
    /// # Errors
    /// It cannot be opened, or the path leads to no file or another one.
    pub(super) fn connect(&self, flags: OpenFlags) -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(&self.path, flags)?;
        // After opening, and before the first statement, with which SQLite opens the log.
        if self.is_in_place() {
            return Ok(connection);
        }
        Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN),
            Some("another file is in the place of the database".to_owned()),
        ))
    }
}

/// Device and number of a file; `None` if there is none.
type Identity = Option<(u64, u64)>;

#[cfg(unix)]
#[expect(
    clippy::disallowed_methods,
    reason = "looks at the database's own file"
)]
fn identity(path: &Path) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    let found = std::fs::metadata(path).ok()?;
    Some((found.dev(), found.ino()))
}

/// This system has no such numbers; that the file exists has to do.
#[cfg(not(unix))]
fn identity(path: &Path) -> Identity {
    path.exists().then_some((0, 0))
}
