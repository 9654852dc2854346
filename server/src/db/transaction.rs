//! The transaction of a write, on either database.

use std::fmt::Write as _;
use std::sync::Arc;

use sea_orm::entity::prelude::async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement,
    Value,
};

use super::group::Group;

/// The transaction in which the work of [`super::Db::write`] runs.
pub struct Transaction(Inner);

enum Inner {
    Sqlite(Arc<Group>),
    Postgres(DatabaseTransaction),
}

impl Transaction {
    pub(super) const fn sqlite(group: Arc<Group>) -> Self {
        Self(Inner::Sqlite(group))
    }

    pub(super) const fn postgres(transaction: DatabaseTransaction) -> Self {
        Self(Inner::Postgres(transaction))
    }

    /// Commits. On SQLite the writer commits whole groups instead.
    pub(super) async fn commit(self) -> Result<(), DbErr> {
        match self.0 {
            Inner::Sqlite(group) => group.commit().await.map(drop).map_err(|lost| lost.error),
            Inner::Postgres(transaction) => transaction.commit().await,
        }
    }

    /// Rolls back.
    pub(super) async fn rollback(self) -> Result<(), DbErr> {
        match self.0 {
            Inner::Sqlite(group) => group.end_write(false).await.map_err(|lost| lost.error),
            Inner::Postgres(transaction) => transaction.rollback().await,
        }
    }
}

/// A hand-written statement, for queries that are too frequent to be built each time. Each `?` in it stands
/// for a parameter; PostgreSQL needs them numbered.
pub fn hand_written(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    let backend = db.get_database_backend();
    if backend != DbBackend::Postgres {
        return Statement::from_sql_and_values(backend, sql, values);
    }
    let mut parts = sql.split('?');
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    for (part, number) in parts.zip(1..) {
        // Writing to a string cannot fail.
        let _ = write!(numbered, "${number}{part}");
    }
    Statement::from_sql_and_values(backend, numbered, values)
}

#[async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        match &self.0 {
            Inner::Sqlite(_) => DbBackend::Sqlite,
            Inner::Postgres(transaction) => transaction.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match &self.0 {
            Inner::Sqlite(group) => group
                .run(statement)
                .await
                .map(|outcome| outcome.result.into()),
            Inner::Postgres(transaction) => transaction.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match &self.0 {
            Inner::Sqlite(_) => {
                let statement = Statement::from_string(DbBackend::Sqlite, sql);
                self.execute_raw(statement).await
            }
            Inner::Postgres(transaction) => transaction.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match &self.0 {
            Inner::Sqlite(_) => Ok(self.query_all_raw(statement).await?.into_iter().next()),
            Inner::Postgres(transaction) => transaction.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match &self.0 {
            Inner::Sqlite(group) => {
                let rows = group.run(statement).await?.rows;
                Ok(rows.into_iter().map(QueryResult::from).collect())
            }
            Inner::Postgres(transaction) => transaction.query_all_raw(statement).await,
        }
    }
}
