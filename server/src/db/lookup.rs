//! Looks up a row by its key in the calling thread, on SQLite.
//!
//! Such a query takes SQLite a few microseconds; sending it to the driver's thread and back takes several
//! times as long, and every request makes one. So this kind of query uses the SQLite library directly
//! (rusqlite): see docs/decisions/0013. The calling thread is blocked meanwhile, so it is only for queries
//! that read a handful of rows by an index.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Params, Row};

use super::check::OpenedFile;

/// How long a lookup waits for a lock; after that the caller uses the normal way.
const LOCK_TIMEOUT: Duration = Duration::from_millis(20);

/// Connections for lookups, which cannot write. A query sees everything that was committed before it.
pub struct Lookups {
    file: OpenedFile,
    /// Idle connections, at most as many as were in use at the same time. The most recently used is on top.
    idle: Mutex<Vec<Connection>>,
}

impl Lookups {
    pub(super) fn new(file: OpenedFile) -> Self {
        Self {
            file,
            idle: Mutex::default(),
        }
    }

    /// The rows of a query, each converted by `read`.
    ///
    /// # Errors
    /// The query failed, or the database did not answer within the short time limit.
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
        let connection = self.file.connect(flags)?;
        connection.busy_timeout(LOCK_TIMEOUT)?;
        Ok(connection)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
