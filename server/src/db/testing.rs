//! Databases for tests: new and migrated, removed when dropped.
//!
//! ```
//! # async fn example() {
//! use server::db::testing::databases;
//!
//! for db in databases().await {
//!     let stats = db.stats();
//! }
//! # }
//! ```
//!
//! PostgreSQL is included when `IESPEJA_TEST_POSTGRES_URL` names a server on which this user may create
//! databases; `scripts/postgres run -- cargo test` starts one. Everything here panics on failure.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::print_stderr,
    reason = "only tests use this: a failure is theirs to show"
)]

use std::fmt;
use std::ops::Deref;
use std::sync::Once;
use std::thread;

use sea_orm::sqlx::{self, Connection, PgConnection};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use tempfile::TempDir;
use url::Url;
use uuid::Uuid;

use super::Db;

/// Names the PostgreSQL server of the tests.
pub const POSTGRES_VARIABLE: &str = "IESPEJA_TEST_POSTGRES_URL";

/// A new, migrated database of each available kind. SQLite is always available, in a file.
pub async fn databases() -> Vec<TestDb> {
    let mut databases = vec![TestDb::sqlite().await];
    databases.extend(TestDb::postgres().await);
    databases
}

/// A database that is removed when this is dropped. Use it as the [`Db`] to which it dereferences.
pub struct TestDb {
    db: Db,
    url: String,
    place: Place,
}

enum Place {
    Folder(TempDir),
    /// The address of the server and the name of the database on it.
    Server(String, String),
}

impl TestDb {
    /// An SQLite file in a temporary folder.
    pub async fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let file = folder.path().join("test.db");
        let url = format!("sqlite://{}?mode=rwc", file.display());
        Self::open(url, Place::Folder(folder)).await
    }

    /// A database on the tests' PostgreSQL server; `None`, with a line that says so, when there is none.
    pub async fn postgres() -> Option<Self> {
        static SKIPPED: Once = Once::new();
        let Ok(server) = std::env::var(POSTGRES_VARIABLE) else {
            SKIPPED.call_once(|| eprintln!("PostgreSQL skipped: {POSTGRES_VARIABLE} is not set"));
            return None;
        };
        let name = format!("test_{}", Uuid::now_v7().simple());
        run_on_server(&server, format!("CREATE DATABASE {name}")).await;
        let mut url = Url::parse(&server).expect("the PostgreSQL server's address");
        url.set_path(&name);
        Some(Self::open(url.to_string(), Place::Server(server, name)).await)
    }

    async fn open(url: String, place: Place) -> Self {
        let db = Db::connect(&url).await.expect("a new database");
        let test_db = Self { db, url, place };
        test_db.migrate().await.expect("migrations");
        test_db
    }

    /// Connects to the same database once more, as another process would.
    pub async fn connect_again(&self) -> Db {
        Db::connect(&self.url).await.expect("the same database")
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The names of its tables.
    pub async fn tables(&self) -> Vec<String> {
        let sql = match self.backend() {
            DbBackend::Sqlite => {
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            }
            _ => "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()",
        };
        self.texts(sql.to_owned()).await
    }

    /// The whole database as text: every row of every table, bytes in hexadecimal.
    pub async fn dump(&self) -> String {
        let mut all = String::new();
        for table in self.tables().await {
            let sql = match self.backend() {
                DbBackend::Sqlite => {
                    let columns = format!("SELECT name FROM pragma_table_info('{table}')");
                    let columns = self.texts(columns).await;
                    let each: Vec<_> = columns
                        .iter()
                        .map(|column| {
                            format!(
                                "coalesce(CASE typeof(\"{column}\") WHEN 'blob' THEN hex(\"{column}\") ELSE \"{column}\" END, '')"
                            )
                        })
                        .collect();
                    format!("SELECT {} FROM \"{table}\"", each.join(" || '|' || "))
                }
                _ => format!("SELECT t::text FROM \"{table}\" t"),
            };
            for row in self.texts(sql).await {
                all.extend([table.as_str(), ": ", &row, "\n"]);
            }
        }
        all
    }

    /// In which of an SQLite database's files this text is, also where they are not used; in none on PostgreSQL.
    pub fn files_with(&self, text: &str) -> Vec<String> {
        let Some(path) = self.path() else {
            return Vec::new();
        };
        let files = ["", "-wal"].map(|ending| format!("{}{ending}", path.display()));
        let has_text = |file: &String| {
            let bytes = std::fs::read(file).unwrap_or_default();
            bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes())
        };
        files.into_iter().filter(has_text).collect()
    }

    async fn texts(&self, sql: String) -> Vec<String> {
        let statement = Statement::from_string(self.backend(), sql);
        let rows = self.read().query_all_raw(statement).await;
        rows.expect("rows")
            .iter()
            .map(|row| row.try_get_by_index(0).expect("a text"))
            .collect()
    }

    /// Its kind.
    pub fn backend(&self) -> DbBackend {
        self.db.read().get_database_backend()
    }
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

impl fmt::Debug for TestDb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match &self.place {
            Place::Folder(folder) => folder.path().display().to_string(),
            Place::Server(_, name) => name.clone(),
        };
        write!(f, "TestDb({place})")
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        let Place::Server(server, name) = &self.place else {
            return;
        };
        let (server, drop_it) = (
            server.clone(),
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        );
        // A runtime cannot be started inside the test's own.
        let dropping = thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime")
                .block_on(run_on_server(&server, drop_it));
        });
        if dropping.join().is_err() {
            eprintln!("the test database {name} was left behind");
        }
    }
}

async fn run_on_server(server: &str, statement: String) {
    let mut connection = PgConnection::connect(server)
        .await
        .expect("the tests' PostgreSQL server");
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .expect("a database made or dropped");
    connection.close().await.expect("goodbye");
}
