//! Hand-written writes on SQLite: run in the writing thread itself, without the driver's thread.
//!
//! Sending a statement to the driver's thread and back costs several times as much as most statements, and
//! every other write waits meanwhile. The few writes that cause most of the load avoid this: see
//! docs/decisions/0014. They are grouped and committed like the others (see [`super::writer`]), on a
//! connection of their own. Only one of the two connections is in a transaction at a time.

use std::sync::Arc;

use chrono::SecondsFormat;
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params_from_iter};
use sea_orm::{DbErr, Statement, Value};
use tokio::sync::oneshot;

use super::connect::{BUSY_TIMEOUT, CHECKPOINT_PAGES, SqliteFile, WAL_LIMIT_BYTES};
use super::interrupted::interrupted;
use super::stats::Counters;

/// The result of each statement of a write: the first column of its rows.
pub(super) type Numbers = Vec<Vec<i64>>;

/// A queued write.
pub(super) struct Run {
    pub(super) statements: Vec<Statement>,
    pub(super) answer: oneshot::Sender<Result<Numbers, DbErr>>,
}

/// The connection of these writes.
pub(super) struct Direct {
    connection: Connection,
    counters: Arc<Counters>,
}

impl Direct {
    /// Opens the connection to a database that exists.
    ///
    /// # Errors
    /// It cannot be opened.
    pub(super) fn open(file: &SqliteFile, counters: Arc<Counters>) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file.path(), flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "journal_size_limit", WAL_LIMIT_BYTES)?;
        connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        Ok(Self {
            connection,
            counters,
        })
    }

    /// Runs writes in one transaction. A write that fails is rolled back alone. Answers are sent after the
    /// commit.
    pub(super) fn group(&mut self, runs: impl Iterator<Item = Run>) {
        let (answers, committed) = match self.commit(runs) {
            (answers, Ok(())) => (answers, Ok(())),
            (answers, Err(error)) => {
                tracing::error!(%error, writes = answers.len(), "a database commit failed");
                self.counters.failed();
                (answers, Err(interrupted(&error.to_string())))
            }
        };
        for (answer, outcome) in answers {
            // An error is also answered after the commit: it may depend on what an earlier write of the group
            // did.
            drop(answer.send(committed.clone().and(outcome)));
        }
    }

    fn commit(&mut self, runs: impl Iterator<Item = Run>) -> (Vec<Answer>, rusqlite::Result<()>) {
        let mut runs = runs.filter(|run| !run.answer.is_closed());
        let mut answers = Vec::new();
        let outcome = (|| {
            let mut transaction = self
                .connection
                .transaction_with_behavior(TransactionBehavior::Immediate)?;
            for run in runs.by_ref() {
                // Answered whatever happens from here on.
                answers.push((run.answer, Err(not_reached())));
                let mark = transaction.savepoint()?;
                let outcome = numbers(&mark, run.statements);
                if outcome.is_ok() {
                    mark.commit()?;
                } else {
                    mark.finish()?;
                }
                if let Some((_, answer)) = answers.last_mut() {
                    *answer = outcome.map_err(|error| interrupted(&error.to_string()));
                }
            }
            transaction.commit()
        })();
        if outcome.is_ok() {
            let kept = answers
                .iter()
                .filter(|(_, outcome)| outcome.is_ok())
                .count();
            self.counters.committed(kept, answers.len() - kept);
        } else {
            answers.extend(runs.map(|run| (run.answer, Err(not_reached()))));
        }
        (answers, outcome)
    }
}

fn not_reached() -> DbErr {
    interrupted("the transaction ended before this write")
}

type Answer = (
    oneshot::Sender<Result<Numbers, DbErr>>,
    Result<Numbers, DbErr>,
);

fn numbers(connection: &Connection, statements: Vec<Statement>) -> rusqlite::Result<Numbers> {
    let each = statements.into_iter().map(|statement| {
        let values = statement.values.into_iter().flat_map(|values| values.0);
        let values = values.map(stored).collect::<rusqlite::Result<Vec<_>>>()?;
        connection
            .prepare_cached(&statement.sql)?
            .query_map(params_from_iter(values), |row| row.get(0))?
            .collect()
    });
    each.collect()
}

/// A value in the form in which the driver stores it.
fn stored(value: Value) -> rusqlite::Result<Stored> {
    let stored = match value {
        Value::Int(number) => number.map(|number| Stored::Integer(number.into())),
        Value::BigInt(number) => number.map(Stored::Integer),
        Value::String(text) => text.map(Stored::Text),
        Value::Uuid(id) => id.map(|id| Stored::Blob(id.as_bytes().to_vec())),
        Value::Json(json) => json.map(|json| Stored::Text(json.to_string())),
        Value::ChronoDateTimeUtc(time) => {
            time.map(|time| Stored::Text(time.to_rfc3339_opts(SecondsFormat::AutoSi, false)))
        }
        other => {
            let kind = format!("{other:?} is not among the values of a written statement");
            return Err(rusqlite::Error::ToSqlConversionFailure(kind.into()));
        }
    };
    Ok(stored.unwrap_or(Stored::Null))
}
