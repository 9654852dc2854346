//! One server for one SQLite file. Two would count attempts, sessions and cached pages apart from each other,
//! and each would wait for the other's writes; several servers need PostgreSQL.
//!
//! A server holds a lock on a file beside the database as long as it runs. The operating system releases it,
//! however the server ends. Commands do not take it: they work beside a running server.

use std::{
    fs::{self, TryLockError},
    io::{Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
};

use super::connect::{Address, ConnectError};
use crate::data;

/// The lock of a server on its SQLite file; released when it is dropped.
#[derive(Debug)]
pub struct Claim {
    /// `None` for PostgreSQL, and on file systems that have no locks.
    _file: Option<fs::File>,
}

impl Claim {
    /// Takes the lock of the database at `url`.
    ///
    /// # Errors
    /// [`ConnectError::Served`] if a server runs on this file; or the lock's file cannot be made.
    pub fn take(url: &str) -> Result<Self, ConnectError> {
        let Address::Sqlite(file) = url.parse()? else {
            return Ok(Self { _file: None });
        };
        let path = file.path();
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            data::create_folder(folder).map_err(|source| ConnectError::Folder {
                folder: folder.to_path_buf(),
                source,
            })?;
        }
        let lock = lock_of(path);
        let not_writable = |_| ConnectError::NotWritable { path: lock.clone() };
        let mut file = data::open_file(&lock).map_err(not_writable)?;
        match file.try_lock() {
            Ok(()) => {
                // Only for the sentence that another server prints.
                let noted = file
                    .set_len(0)
                    .and_then(|()| write!(file, "{}", std::process::id()));
                if let Err(error) = noted {
                    tracing::warn!(%error, "the process id was not noted in the database's lock");
                }
                Ok(Self { _file: Some(file) })
            }
            Err(TryLockError::WouldBlock) => Err(ConnectError::Served {
                path: path.to_path_buf(),
                process: read_process(&mut file),
            }),
            Err(TryLockError::Error(error)) => {
                tracing::warn!(%error, "the disk of the database has no file locks: a second server would not be noticed");
                Ok(Self { _file: None })
            }
        }
    }

    /// Whether a server runs on the SQLite file at `url`. `false` for PostgreSQL.
    #[must_use]
    pub fn is_held(url: &str) -> bool {
        let Ok(Address::Sqlite(file)) = url.parse() else {
            return false;
        };
        let lock = lock_of(file.path());
        if !lock.exists() {
            return false;
        }
        data::open_file(&lock)
            .is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
    }
}

/// `iespeja.db-server`, beside the file itself and not beside a symbolic link to it.
fn lock_of(path: &Path) -> PathBuf {
    let real = fs::canonicalize(path).unwrap_or_else(|_| {
        let folder = path
            .parent()
            .and_then(|folder| fs::canonicalize(folder).ok());
        match (folder, path.file_name()) {
            (Some(folder), Some(name)) => folder.join(name),
            _ => path.to_path_buf(),
        }
    });
    let mut name = real.into_os_string();
    name.push("-server");
    name.into()
}

fn read_process(file: &mut fs::File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &Path) -> String {
        format!("sqlite://{}?mode=rwc", path.display())
    }

    #[test]
    fn a_file_has_one_server_by_whatever_path_it_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/a.db");
        let first = Claim::take(&url(&path)).unwrap();
        fs::write(&path, "").unwrap();
        let link = folder.path().join("b.db");
        #[cfg(unix)]
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let around = folder.path().join("data/../data/a.db");
        for path in [&path, &around, &link] {
            let message = Claim::take(&url(path)).unwrap_err().to_string();
            assert!(message.contains("another iespeja server"), "{message}");
            assert!(
                message.contains(&std::process::id().to_string()),
                "{message}"
            );
            assert!(message.contains("PostgreSQL"), "{message}");
            assert!(Claim::is_held(&url(path)));
        }
        drop(first);
        assert!(!Claim::is_held(&url(&path)));
        Claim::take(&url(&link)).unwrap();
    }
}
