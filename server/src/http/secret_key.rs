//! The secret key for CSRF tokens and other signatures, and its file.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::RngExt as _;
use sha2::Sha256;

use crate::{data, random};

/// The size of a key in bytes: one block of SHA-256.
const BYTES: usize = 64;

/// 512 random bits, created at the first start and stored beside the database.
#[derive(Clone)]
pub struct SecretKey([u8; BYTES]);

/// Why the key is not available.
#[derive(Debug, thiserror::Error)]
pub enum SecretKeyError {
    /// The file does not contain a valid key.
    #[error("{} {problem}. Put it back from a backup. If there is none, delete the file: the next start makes a new key, and all that is lost is that forms which are open now have to be sent again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The file cannot be read.
    #[error("the secret key {} cannot be read: {}", path.display(), data::advice(source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file cannot be written.
    #[error("the secret key {} cannot be written: {}", path.display(), data::advice(source))]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something else is at the path.
    #[error(transparent)]
    NotAFile(#[from] data::DataError),
}

impl SecretKey {
    /// A key of given bytes, for tests.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// Reads `secret.key`, or creates it, readable by its owner only. The file is either complete or missing,
    /// even if the program or the machine stops at any moment.
    ///
    /// # Errors
    /// The file cannot be read, written or understood; the message says what to do.
    #[expect(
        clippy::disallowed_methods,
        reason = "the key's own file in the data folder"
    )]
    pub fn load_or_create(path: &Path) -> Result<Self, SecretKeyError> {
        data::expect(path, data::EntryKind::File)?;
        match fs::read(path) {
            Ok(bytes) => Self::parse(&bytes).map_err(|problem| SecretKeyError::Damaged {
                path: path.to_path_buf(),
                problem,
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match Self(random::rng().random()).write(path) {
                    // Another server that shares the folder created it first.
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                        Self::load_or_create(path)
                    }
                    made => made.map_err(|source| SecretKeyError::Unwritable {
                        path: path.to_path_buf(),
                        source,
                    }),
                }
            }
            Err(source) => Err(SecretKeyError::Unreadable {
                path: path.to_path_buf(),
                source,
            }),
        }
    }

    fn parse(bytes: &[u8]) -> Result<Self, String> {
        let text = bytes.trim_ascii();
        if text.is_empty() {
            return Err(
                "is empty: the disk was full, or the machine stopped, when it was written"
                    .to_owned(),
            );
        }
        let whole = BASE64URL_NOPAD.encode_len(BYTES);
        if text.len() < whole {
            return Err(format!(
                "holds {} of {whole} characters: it was not written to its end",
                text.len()
            ));
        }
        BASE64URL_NOPAD
            .decode(text)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or_else(|| format!("is not a key of {whole} characters of Base64"))
    }

    /// Writes to a temporary file first, so that nobody reads an incomplete key.
    #[expect(
        clippy::disallowed_methods,
        reason = "the key's own file in the data folder"
    )]
    fn write(self, path: &Path) -> io::Result<Self> {
        let unfinished = path.with_extension(format!("key.{}.part", std::process::id()));
        let written = data::create_file(&unfinished).and_then(|mut file| {
            file.write_all(BASE64URL_NOPAD.encode(&self.0).as_bytes())?;
            file.sync_all()?;
            // Unlike a rename, this does not replace a key that another server has just created.
            match fs::hard_link(&unfinished, path) {
                Ok(()) => Ok(()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
                // A file system without hard links.
                Err(_) => fs::rename(&unfinished, path),
            }
        });
        let _ = fs::remove_file(&unfinished);
        written?;
        if let Some(folder) = path.parent().filter(|_| cfg!(unix)) {
            fs::File::open(folder)?.sync_all()?;
        }
        Ok(self)
    }

    /// An HMAC-SHA-256 for one purpose: a signature made for one purpose is not valid for another.
    #[must_use]
    pub fn mac(&self, purpose: &str, text: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new((&self.0).into());
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let made = SecretKey::load_or_create(&path).unwrap();
        let read = SecretKey::load_or_create(&path).unwrap();
        assert_eq!(made.0, read.0);
        let names: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(names.len(), 1, "{names:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        // A line break added by an editor at the end is ignored.
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}\n")).unwrap();
        assert_eq!(SecretKey::load_or_create(&path).unwrap().0, made.0);
    }

    #[test]
    fn servers_that_start_at_once_have_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let first = SecretKey::from_bytes([1; BYTES]).write(&path).unwrap();
        let second = SecretKey::from_bytes([2; BYTES]).write(&path);
        assert_eq!(second.err().unwrap().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(SecretKey::load_or_create(&path).unwrap().0, first.0);
    }

    #[test]
    fn a_damaged_key_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let whole = BASE64URL_NOPAD.encode(&[7; BYTES]);
        for (content, problem) in [
            (Vec::new(), "is empty"),
            (b"\n".to_vec(), "is empty"),
            (whole.as_bytes()[..40].to_vec(), "holds 40 of 86 characters"),
            (format!("{whole}A").into_bytes(), "is not a key"),
            (
                format!("{}=", whole.split_at(85).0).into_bytes(),
                "is not a key",
            ),
            (vec![0xff; 86], "is not a key"),
            (vec![0; 86], "is not a key"),
        ] {
            fs::write(&path, &content).unwrap();
            let message = SecretKey::load_or_create(&path).err().unwrap().to_string();
            assert!(message.contains(problem), "{message}");
            assert!(message.contains("delete the file"), "{message}");
            assert_eq!(fs::read(&path).unwrap(), content, "left as it was");
        }
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        let message = SecretKey::load_or_create(&path).err().unwrap().to_string();
        assert!(message.contains("is a folder"), "{message}");
    }
}
