//! Reading, on connections that cannot write.
//!
//! SQLite's connections are kept here and not in the driver's pool. That one asks a connection whether it
//! is well each time it comes back, which on SQLite is a second walk to the connection's thread and back,
//! as long as the query itself.

use std::sync::{Mutex, MutexGuard, PoisonError};

use sea_orm::entity::prelude::async_trait::async_trait;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _, Sqlite};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement,
};
use sea_query_sqlx::SqlxValues;
use tokio::sync::Semaphore;

use super::interrupted;

/// The connections that read. A query sees everything committed before it.
pub struct Reader(Kind);

enum Kind {
    Sqlite(Box<SqliteReaders>),
    Postgres(DatabaseConnection),
}

impl Reader {
    pub(super) fn sqlite(readers: SqliteReaders) -> Self {
        Self(Kind::Sqlite(Box::new(readers)))
    }

    pub(super) const fn postgres(pool: DatabaseConnection) -> Self {
        Self(Kind::Postgres(pool))
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), DbErr> {
        match &self.0 {
            Kind::Sqlite(readers) => {
                readers
                    .run(async |connection| connection.ping().await)
                    .await
            }
            Kind::Postgres(pool) => pool.ping().await,
        }
    }

    pub(super) async fn close(&self) -> Result<(), DbErr> {
        match &self.0 {
            Kind::Sqlite(readers) => readers.close().await,
            Kind::Postgres(pool) => pool.close_by_ref().await,
        }
    }
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        match &self.0 {
            Kind::Sqlite(_) => DbBackend::Sqlite,
            Kind::Postgres(pool) => pool.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match &self.0 {
            Kind::Sqlite(readers) => readers
                .run(async |connection| query(statement).execute(connection).await)
                .await
                .map(ExecResult::from),
            Kind::Postgres(pool) => pool.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.execute_raw(Statement::from_string(self.get_database_backend(), sql))
            .await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match &self.0 {
            Kind::Sqlite(_) => Ok(self.query_all_raw(statement).await?.into_iter().next()),
            Kind::Postgres(pool) => pool.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match &self.0 {
            Kind::Sqlite(readers) => readers
                .run(async |connection| query(statement).fetch_all(connection).await)
                .await
                .map(|rows| rows.into_iter().map(QueryResult::from).collect()),
            Kind::Postgres(pool) => pool.query_all_raw(statement).await,
        }
    }
}

fn query(statement: Statement) -> sqlx::query::Query<'static, Sqlite, SqlxValues> {
    let values = statement.values.unwrap_or(sea_orm::Values(Vec::new()));
    // SeaORM binds values and never writes them into the text.
    sqlx::query_with(sqlx::AssertSqlSafe(statement.sql), SqlxValues(values))
}

/// A few connections to one SQLite file.
pub(super) struct SqliteReaders {
    settings: SqliteConnectOptions,
    /// As many as there may be connections; closed with them.
    turns: Semaphore,
    /// The one used last on top.
    idle: Mutex<Vec<SqliteConnection>>,
}

impl SqliteReaders {
    /// Opens the first, so that what is wrong shows at once; the others come as they are needed.
    pub(super) async fn open(settings: SqliteConnectOptions, most: usize) -> sqlx::Result<Self> {
        let first = settings.connect().await?;
        Ok(Self {
            settings,
            turns: Semaphore::new(most),
            idle: Mutex::new(vec![first]),
        })
    }

    async fn run<T>(
        &self,
        work: impl AsyncFnOnce(&mut SqliteConnection) -> sqlx::Result<T>,
    ) -> Result<T, DbErr> {
        let turn = self.turns.acquire().await;
        let _turn = turn.map_err(|_| interrupted("the database is closed"))?;
        let idle = self.idle().pop();
        let mut connection = match idle {
            Some(connection) => connection,
            None => self.settings.connect().await.map_err(failed)?,
        };
        let outcome = work(&mut connection).await;
        // One whose caller went away meanwhile never gets here: what it still does ends with it.
        if matches!(outcome, Ok(_) | Err(sqlx::Error::Database(_))) {
            self.idle().push(connection);
        }
        outcome.map_err(failed)
    }

    async fn close(&self) -> Result<(), DbErr> {
        self.turns.close();
        let idle = std::mem::take(&mut *self.idle());
        for connection in idle {
            connection.close().await.map_err(failed)?;
        }
        Ok(())
    }

    fn idle(&self) -> MutexGuard<'_, Vec<SqliteConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn failed(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}
