//! The writes that share a transaction on SQLite; each is rolled back alone if it fails.
//!
//! Sending a statement to the driver's thread costs more than most statements. So `BEGIN`, `SAVEPOINT` and
//! `RELEASE` are never sent alone: they are put in front of the next statement.

use futures::TryStreamExt;
use sea_orm::sqlx::sqlite::{SqliteConnection, SqliteQueryResult, SqliteRow};
use sea_orm::sqlx::{self, Connection as _, Either, Executor as _, Sqlite};
use sea_orm::{DbErr, RuntimeErr, Statement};
use sea_query_sqlx::SqlxValues;
use tokio::sync::Mutex;

use super::check::OpenedFile;
use super::connect::{self, ConnectError, SqliteFile};
use super::interrupted::interrupted;

/// The connection that writes, and the state of its transaction.
pub(super) struct Group {
    file: SqliteFile,
    opened: OpenedFile,
    line: Mutex<Line>,
}

struct Line {
    /// `None` after a failure, until it is opened again.
    connection: Option<SqliteConnection>,
    place: Place,
}

/// The result of a statement: its rows, and how many it changed.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) rows: Vec<SqliteRow>,
    pub(super) result: SqliteQueryResult,
}

/// The state of the transaction.
enum Place {
    /// No statement was sent.
    Unbegun,
    /// Inside a write that has sent a statement.
    Inside,
    /// After a write that is kept.
    Kept,
    /// After a write that is to be rolled back.
    Undone,
    /// The transaction has ended with everything in it: SQLite rolls all of it back on some errors, e.g. when
    /// the disk is full.
    Lost(Lost),
}

/// Why a group fails.
#[derive(Clone)]
pub(super) struct Lost {
    pub(super) error: DbErr,
    /// Whether its transaction had begun.
    pub(super) begun: bool,
}

impl Place {
    /// What has to be sent before the next statement, and how many statements that is.
    fn front(&self) -> Result<(&'static str, usize), Lost> {
        match self {
            Self::Unbegun => Ok(("BEGIN IMMEDIATE; SAVEPOINT one_write; ", 2)),
            Self::Inside => Ok(("", 0)),
            Self::Kept => Ok(("RELEASE one_write; SAVEPOINT one_write; ", 2)),
            Self::Undone => Ok(("ROLLBACK TO one_write; ", 1)),
            Self::Lost(lost) => Err(lost.clone()),
        }
    }
}

impl Group {
    /// Opens the connection.
    ///
    /// # Errors
    /// A message for the administrator.
    pub(super) async fn open(file: SqliteFile) -> Result<Self, ConnectError> {
        let line = Line {
            connection: Some(connect::sqlite_writer(&file).await?),
            place: Place::Unbegun,
        };
        Ok(Self {
            opened: OpenedFile::at(file.path()),
            file,
            line: Mutex::new(line),
        })
    }

    /// Opens the connection again after a failure.
    ///
    /// # Errors
    /// It cannot be opened.
    pub(super) async fn reopen(&self) -> Result<(), DbErr> {
        let mut line = self.line.lock().await;
        if line.connection.is_none() {
            if !self.opened.is_in_place() {
                let path = self.file.path().to_path_buf();
                return Err(interrupted(&ConnectError::Replaced { path }.to_string()));
            }
            let connection = connect::sqlite_writer(&self.file).await;
            line.connection = Some(connection.map_err(|error| interrupted(&error.to_string()))?);
            line.place = Place::Unbegun;
        }
        Ok(())
    }

    /// Runs a statement of the current write.
    ///
    /// # Errors
    /// It failed, or the group is lost.
    pub(super) async fn run(&self, statement: Statement) -> Result<Outcome, DbErr> {
        self.line.lock().await.run(statement).await
    }

    /// Ends the current write: it is kept (if the group is committed) or rolled back.
    ///
    /// # Errors
    /// The group is lost.
    pub(super) async fn end_write(&self, keep: bool) -> Result<(), Lost> {
        let mut line = self.line.lock().await;
        match &line.place {
            Place::Inside if keep => line.place = Place::Kept,
            Place::Inside => line.place = Place::Undone,
            // It has sent no statement.
            Place::Unbegun | Place::Kept | Place::Undone => {}
            Place::Lost(lost) => return Err(lost.clone()),
        }
        Ok(())
    }

    /// Commits the group; `false` if there was nothing to commit.
    ///
    /// # Errors
    /// Nothing of the group was kept.
    pub(super) async fn commit(&self) -> Result<bool, Lost> {
        let mut line = self.line.lock().await;
        let sql = match &line.place {
            Place::Unbegun => return Ok(false),
            Place::Inside | Place::Kept => "COMMIT",
            Place::Undone => "ROLLBACK TO one_write; COMMIT",
            Place::Lost(lost) => return Err(lost.clone()),
        };
        let committed = line.send(sql).await;
        line.place = Place::Unbegun;
        committed
            .map(|()| true)
            .map_err(|error| Lost { error, begun: true })
    }

    /// Closes the connection, which rolls back what was not committed. It can be opened again.
    pub(super) async fn close(&self) {
        if let Some(connection) = self.line.lock().await.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "a database connection did not close");
        }
    }
}

impl Line {
    /// Runs a statement with what has to be sent before it.
    async fn run(&mut self, mut statement: Statement) -> Result<Outcome, DbErr> {
        let (front, fronts) = self.place.front().map_err(|lost| lost.error)?;
        let begun = !matches!(self.place, Place::Unbegun);
        let Some(connection) = self.connection.as_mut() else {
            return Err(interrupted("the database is closed"));
        };
        if fronts > 0 {
            statement.sql.insert_str(0, front);
            // Until the statement has returned: the caller may be cancelled meanwhile.
            self.place = Place::Lost(Lost {
                error: interrupted("a database write ended between two statements"),
                begun,
            });
        }
        let (mut outcome, mut done) = (Outcome::default(), 0);
        let mut answers = connection.fetch_many(query(statement));
        let failure = loop {
            match answers.try_next().await {
                Ok(Some(Either::Right(row))) => outcome.rows.push(row),
                Ok(Some(Either::Left(result))) => {
                    if done >= fronts {
                        outcome.result.extend([result]);
                    }
                    done += 1;
                }
                Ok(None) => break None,
                Err(error) => break Some(failed(error)),
            }
        };
        self.place = match &failure {
            Some(error) if done < fronts => Place::Lost(Lost {
                error: error.clone(),
                begun,
            }),
            _ => Place::Inside,
        };
        failure.map_or(Ok(outcome), Err)
    }

    async fn send(&mut self, sql: &'static str) -> Result<(), DbErr> {
        match self.connection.as_mut() {
            Some(connection) => connection.execute(sql).await.map(drop).map_err(failed),
            None => Err(interrupted("the database is closed")),
        }
    }
}

/// A statement for the driver.
fn query(statement: Statement) -> sqlx::query::Query<'static, Sqlite, SqlxValues> {
    let values = statement.values.unwrap_or(sea_orm::Values(Vec::new()));
    // SeaORM binds values and never writes them into the text.
    sqlx::query_with(sqlx::AssertSqlSafe(statement.sql), SqlxValues(values))
}

/// An error of the driver as one of SeaORM's.
fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
