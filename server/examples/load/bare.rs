//! The calibrator of registrations: commits that each write one small row and nothing else, one after another, as
//! durable as those of the server.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement,
};

/// One connection to a table of its own: on SQLite in a file beside the server's database, on PostgreSQL in that
/// database.
pub(crate) struct BareCommits {
    db: DatabaseConnection,
    next_id: i64,
}

impl BareCommits {
    /// Makes the table anew.
    pub(crate) async fn open(database_url: &str) -> anyhow::Result<Self> {
        let beside = if database_url.starts_with("sqlite:") {
            database_url.replace(".db?", "-bare-commits.db?")
        } else {
            database_url.to_owned()
        };
        let mut options = ConnectOptions::new(beside);
        options
            .max_connections(1)
            .test_before_acquire(false)
            .sqlx_logging(false);
        let db = Database::connect(options)
            .await
            .context("cannot open the database of bare commits")?;
        if db.get_database_backend() == DbBackend::Sqlite {
            db.execute_unprepared("PRAGMA journal_mode = WAL").await?;
            db.execute_unprepared("PRAGMA synchronous = FULL").await?;
        }
        db.execute_unprepared("DROP TABLE IF EXISTS bare_commit")
            .await?;
        db.execute_unprepared(
            "CREATE TABLE bare_commit (id BIGINT PRIMARY KEY, content TEXT NOT NULL)",
        )
        .await?;
        Ok(Self { db, next_id: 0 })
    }

    /// So many commits, one after another; how long each took.
    pub(crate) async fn in_a_row(&mut self, count: u32) -> anyhow::Result<Vec<Duration>> {
        let backend = self.db.get_database_backend();
        let sql = match backend {
            DbBackend::Postgres => "INSERT INTO bare_commit (id, content) VALUES ($1, $2)",
            _ => "INSERT INTO bare_commit (id, content) VALUES (?, ?)",
        };
        let mut each = Vec::new();
        for _ in 0..count {
            self.next_id += 1;
            let values = [self.next_id.into(), "x".repeat(100).into()];
            let begun = Instant::now();
            self.db
                .execute_raw(Statement::from_sql_and_values(backend, sql, values))
                .await
                .context("a bare commit failed")?;
            each.push(begun.elapsed());
        }
        Ok(each)
    }
}
