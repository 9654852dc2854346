//! Checks of an SQLite file: whether it is whole, and still the file that was opened; and writing it anew.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags};

use super::connect::{BUSY_TIMEOUT, ConnectError};

/// The most problems of a damaged file that are named.
const PROBLEMS_NAMED: &str = "3";

/// How long rewriting the file waits for other writes.
const SCRUB_TIMEOUT: Duration = Duration::from_secs(30);

pub(super) fn scrub(path: &Path) -> rusqlite::Result<()> {
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
