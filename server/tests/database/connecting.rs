//! What is said when a database cannot be opened.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use server::clock::Clock;
use server::db::testing::{POSTGRES_VARIABLE, TestDb};
use server::db::{ConnectError, Db};
use tempfile::TempDir;
use url::Url;

use crate::rows::{self, insert};

async fn error(url: &str) -> ConnectError {
    match Db::connect(url).await {
        Ok(_) => panic!("{url} should not open"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn makes_a_missing_folder_and_file() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("data/deep er/iespēja.db");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let db = Db::connect(&url).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await.unwrap();
    assert!(file.exists());
}

#[tokio::test]
async fn names_a_folder_that_cannot_be_made() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let url = format!("sqlite://{}/data/test.db?mode=rwc", file.display());
    let error = error(&url).await;
    assert!(matches!(error, ConnectError::Folder { .. }), "{error:?}");
    assert!(error.to_string().contains("/file/data"), "{error}");
}

#[tokio::test]
async fn names_a_place_that_cannot_be_written() {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
    let mut file = folder.path().join("test.db");
    if fs::write(folder.path().join("probe"), "").is_ok() {
        // Root may write anywhere; a folder in the file's place it cannot open either.
        file.pop();
    }
    let error = error(&format!("sqlite://{}?mode=rwc", file.display())).await;
    assert!(
        matches!(error, ConnectError::NotWritable { .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn names_a_missing_file_when_not_asked_to_make_it() {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite://{}/none.db", folder.path().display());
    let error = error(&url).await;
    assert!(matches!(error, ConnectError::Missing { .. }), "{error:?}");
}

#[tokio::test]
async fn names_a_file_that_is_no_database() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("letter.db");
    fs::write(&file, "Labdien! Šī nav datubāze. ".repeat(100)).unwrap();
    let error = error(&format!("sqlite://{}?mode=rwc", file.display())).await;
    assert!(
        matches!(error, ConnectError::NotADatabase { .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn names_addresses_it_does_not_know() {
    assert!(matches!(
        error("mysql://localhost/x").await,
        ConnectError::UnknownKind
    ));
    assert!(matches!(
        error("data/iespeja.db").await,
        ConnectError::UnknownKind
    ));
    assert!(matches!(
        error("sqlite::memory:").await,
        ConnectError::InMemory
    ));
    assert!(matches!(
        error("sqlite://x.db?mode=quickly").await,
        ConnectError::Address(_)
    ));
    assert!(matches!(
        error("postgres://localhost:many/x").await,
        ConnectError::Address(_)
    ));
}

#[tokio::test]
async fn names_a_server_that_does_not_answer_and_no_password() {
    let error = error("postgres://anna:noslepums@127.0.0.1:1/iespeja").await;
    assert!(
        matches!(error, ConnectError::Unreachable { .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("127.0.0.1:1"), "{error}");
    assert!(!format!("{error} {error:?}").contains("noslepums"));
}

#[tokio::test]
async fn names_what_the_server_refuses() {
    let Some(db) = TestDb::postgres().await else {
        return;
    };
    let mut url = Url::parse(db.url()).unwrap();
    url.set_username("stranger").unwrap();
    url.set_password(Some("noslepums")).unwrap();
    let refused = error(url.as_str()).await;
    assert!(
        matches!(refused, ConnectError::Refused { .. }),
        "{refused:?}"
    );
    assert!(!format!("{refused} {refused:?}").contains("noslepums"));

    let mut url = Url::parse(&std::env::var(POSTGRES_VARIABLE).unwrap()).unwrap();
    url.set_path("none");
    let missing = error(url.as_str()).await;
    assert!(
        matches!(&missing, ConnectError::NoDatabase { database, .. } if database == "none"),
        "{missing:?}"
    );
}

#[tokio::test]
async fn says_so_after_it_was_closed() {
    let db = TestDb::sqlite().await;
    db.close().await.unwrap();
    let error = insert(&db, rows::person(&Clock::system()))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("closed"), "{error}");
}
