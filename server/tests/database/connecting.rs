//! The errors when a database cannot be opened.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use futures::future::join_all;
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
    let below_a_file = error(&url).await;
    let message = below_a_file.to_string();
    assert!(
        matches!(below_a_file, ConnectError::Place(_)),
        "{below_a_file:?}"
    );
    assert!(
        message.contains("/file has to be a folder, and is a file"),
        "{message}"
    );
    let error = error("sqlite:///proc/iespeja/test.db?mode=rwc").await;
    assert!(matches!(error, ConnectError::Folder { .. }), "{error:?}");
    assert!(error.to_string().contains("/proc/iespeja"), "{error}");
}

#[tokio::test]
async fn names_what_is_in_the_place_of_the_file_or_its_log() {
    let folder = TempDir::new().unwrap();
    for name in ["test.db", "test.db-wal", "test.db-shm", "test.db-journal"] {
        let place = folder.path().join(name);
        fs::create_dir(&place).unwrap();
        for mode in ["?mode=rwc", ""] {
            let url = format!("sqlite://{}/test.db{mode}", folder.path().display());
            let message = error(&url).await.to_string();
            for words in [
                &format!("{name} has to be a file, and is a folder"),
                "move it away, or set IESPEJA_DATABASE_URL",
            ] {
                assert!(message.contains(words), "{name}: {message}");
            }
        }
        fs::remove_dir(&place).unwrap();
    }
    let link = folder.path().join("link.db");
    std::os::unix::fs::symlink(folder.path().join("disk/test.db"), &link).unwrap();
    let message = error(&format!("sqlite://{}?mode=rwc", link.display())).await;
    assert!(
        message.to_string().contains("which does not exist"),
        "{message}"
    );
}

#[tokio::test]
async fn access_to_a_linked_file_and_its_log_is_removed() {
    let folder = TempDir::new().unwrap();
    let (file, link) = (folder.path().join("real.db"), folder.path().join("link.db"));
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let db = Db::connect(&format!("sqlite://{}?mode=rwc", link.display()))
        .await
        .unwrap();
    db.migrate().await.unwrap();
    for name in ["real.db", "real.db-wal"] {
        let mode = fs::metadata(folder.path().join(name)).unwrap();
        assert_eq!(mode.permissions().mode() & 0o777, 0o600, "{name}");
    }
    db.close().await.unwrap();
}

#[tokio::test]
async fn names_a_place_that_cannot_be_written() {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
    let mut file = folder.path().join("test.db");
    if fs::write(folder.path().join("probe"), "").is_ok() {
        // Root may write everywhere except in such file systems.
        file = "/proc/test.db".into();
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
async fn returns_an_error_after_it_was_closed() {
    let db = TestDb::sqlite().await;
    db.close().await.unwrap();
    let error = insert(&db, rows::person(&Clock::system()))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("closed"), "{error}");
}

/// SQLite opens the log beside the new file, and truncates its index, which the old connections still use.
#[tokio::test]
async fn a_file_that_is_replaced_or_gone_never_ends_the_process() {
    for is_replaced in [true, false] {
        let db = TestDb::sqlite().await;
        insert(&db, rows::person(&Clock::system())).await.unwrap();
        let path = db.path().unwrap();
        if is_replaced {
            let copy = path.with_extension("copy");
            fs::copy(&path, &copy).unwrap();
            fs::rename(copy, &path).unwrap();
        } else {
            fs::remove_file(&path).unwrap();
        }
        assert!(!db.is_in_place());

        // More readers than were needed so far, and connections that are opened when they are needed.
        let readers: Vec<_> = (0..8).map(|_| rows::persons(&db)).collect();
        assert_eq!(join_all(readers).await, [1; 8]);
        let looked_up = db.lookups().unwrap().all("SELECT 1", [], |_| Ok(()));
        assert!(looked_up.is_err());
        let checked = db.quick_check().await.unwrap_err();
        assert!(
            matches!(checked, ConnectError::Replaced { .. }),
            "{checked}"
        );
        assert!(db.scrub().await.is_err());

        insert(&db, rows::person(&Clock::system())).await.unwrap();
        assert_eq!(rows::persons(&db).await, 2);
    }
}
