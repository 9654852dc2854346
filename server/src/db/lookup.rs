//! Looking up a row by its key in the thread that asks, on SQLite.
//!
//! Such a query takes SQLite a few microseconds. The way to the driver's thread for it and back takes
//! several times as long, and every request makes one. So this one kind of read goes another way, through
//! the same library: see docs/decisions/0013. The caller waits for it without giving up its thread: it is
//! for queries that read a handful of rows by an index, and for nothing else.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Params, Row};

/// Nobody waits longer for a lock here: who cannot be answered at once asks the usual way.
const PATIENCE: Duration = Duration::from_millis(20);

/// Connections for looking up, which cannot write. A query sees everything committed before it.
pub struct Lookups {
    path: PathBuf,
    /// As many as have been in use at once. The one used last on top.
    idle: Mutex<Vec<Connection>>,
}

impl Lookups {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_path_buf(),
            idle: Mutex::default(),
        }
    }

    /// The rows of a query, each as `read` makes it.
    ///
    /// # Errors
    /// The query failed, or the database did not answer at once.
    pub fn all<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.open()?,
        };
        let rows = connection
            .prepare_cached(sql)?
            .query_map(values, read)?
            .collect();
        self.idle().push(connection);
        rows
    }

    /// Closes the connections that are not in use.
    pub(super) fn close(&self) {
        self.idle().clear();
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        Ok(connection)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
