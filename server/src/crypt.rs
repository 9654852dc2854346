//! Encryption of single fields of the database, with keys that are kept outside it.
//!
//! A copy of the database alone, e.g. a backup that was lost, does not show what is in such a field. The keys
//! are in the file `field.keys` of the data folder, beside `secret.key`: one a line, the newest last. Every
//! encrypted value names its key, so that values of several keys can be read at the same time, and is bound to
//! its place (table, column, row): moved to another row it cannot be read.
//!
//! ```
//! # fn example(folder: &std::path::Path) -> Result<(), server::crypt::CryptError> {
//! use server::{clock::Clock, crypt::FieldKeys};
//!
//! let keys = FieldKeys::load_or_create(&folder.join("field.keys"), Clock::system().now())?;
//! let sealed = keys.seal("registration.needs/17", "a sign-language interpreter")?;
//! assert_eq!(keys.open("registration.needs/17", &sealed)?, "a sign-language interpreter");
//! # Ok(())
//! # }
//! ```
//!
//! New keys are used at once by running servers, which read the file again when it has changed.

use std::{
    collections::BTreeSet,
    fmt, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::SystemTime,
};

use chacha20poly1305::{
    Key, KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use chrono::{DateTime, SecondsFormat, Utc};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use rand::RngExt as _;

use crate::{data, random};

/// What every encrypted value begins with: the form of the rest.
const FORM: &str = "x1";

/// The size of a nonce of `XChaCha20`: large enough to be random.
const NONCE_BYTES: usize = 24;

/// The name of the file in the data folder.
pub const FILE: &str = "field.keys";

/// Why a value cannot be encrypted or decrypted, or the keys cannot be used. No message holds a key or a
/// value.
#[derive(Debug, thiserror::Error)]
pub enum CryptError {
    /// The file cannot be read or written.
    #[error("the keys of encrypted fields in {} cannot be used: {}", path.display(), data::advice(source))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line of the file is not a key.
    #[error("{}, line {line}: not a key. Put the file back from the backup: without its keys, encrypted fields cannot be read", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line.
        line: usize,
    },
    /// The key of a value is missing.
    #[error(
        "a field is encrypted with the key {id}, which is not in the file of keys; put it back from a backup"
    )]
    NoKey {
        /// The id of the key.
        id: String,
    },
    /// The value is not an encrypted one, was changed, or was moved from another place.
    #[error("an encrypted field cannot be read: it was changed, or belongs to another row")]
    Unreadable,
    /// Something else is at the path.
    #[error(transparent)]
    NotAFile(#[from] data::DataError),
}

/// The keys of encrypted fields. Cheap to clone; clones share them.
#[derive(Clone)]
pub struct FieldKeys(Arc<Inner>);

struct Inner {
    /// `None` for keys that are in no file, in tests.
    path: Option<PathBuf>,
    ring: RwLock<Ring>,
}

struct Ring {
    /// The state of the file when it was read.
    seen: Option<Seen>,
    /// The newest last; never empty.
    keys: Vec<FieldKey>,
}

type Seen = (Option<SystemTime>, u64);

#[derive(Clone)]
struct FieldKey {
    id: String,
    made_at: DateTime<Utc>,
    bytes: [u8; 32],
}

impl FieldKey {
    fn new(now: DateTime<Utc>) -> Self {
        Self {
            id: HEXLOWER.encode(&random::rng().random::<[u8; 4]>()),
            made_at: now,
            bytes: random::rng().random(),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (id, made_at, key) = (words.next()?, words.next()?, words.next()?);
        let is_id = id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_id || words.next().is_some() {
            return None;
        }
        Some(Self {
            id: id.to_owned(),
            made_at: made_at.parse().ok()?,
            bytes: BASE64URL_NOPAD
                .decode(key.as_bytes())
                .ok()?
                .try_into()
                .ok()?,
        })
    }

    fn line(&self) -> String {
        let made_at = self.made_at.to_rfc3339_opts(SecondsFormat::Secs, true);
        format!(
            "{} {made_at} {}\n",
            self.id,
            BASE64URL_NOPAD.encode(&self.bytes)
        )
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(self.bytes))
    }
}

/// A key without its secret, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyInfo {
    /// The id that values name.
    pub id: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

impl FieldKeys {
    /// A key of given bytes, for tests.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let key = FieldKey {
            id: HEXLOWER.encode(bytes.split_at(4).0),
            made_at: DateTime::UNIX_EPOCH,
            bytes,
        };
        Self(Arc::new(Inner {
            path: None,
            ring: RwLock::new(Ring {
                seen: None,
                keys: vec![key],
            }),
        }))
    }

    /// Reads the file, or creates it with one key, readable by its owner only.
    ///
    /// # Errors
    /// The file cannot be read, written or understood.
    pub fn load_or_create(path: &Path, now: DateTime<Utc>) -> Result<Self, CryptError> {
        data::expect(path, data::EntryKind::File)?;
        match Self::load(path) {
            Err(CryptError::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                let made = write(path, &[FieldKey::new(now)], &Way::New);
                match made {
                    // Another server that shares the folder was faster.
                    Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                        Err(file_error(path)(error))
                    }
                    _ => Self::load(path),
                }
            }
            loaded => loaded,
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// There is none, or it cannot be read or understood.
    pub fn load(path: &Path) -> Result<Self, CryptError> {
        Ok(Self(Arc::new(Inner {
            path: Some(path.to_path_buf()),
            ring: RwLock::new(read(path)?),
        })))
    }

    /// Encrypts a text for a place, which names the table, the column and the row.
    ///
    /// # Errors
    /// The file has changed and cannot be read.
    pub fn seal(&self, place: &str, text: &str) -> Result<String, CryptError> {
        self.refresh()?;
        let key = self.current().ok_or(CryptError::Unreadable)?;
        let nonce: [u8; NONCE_BYTES] = random::rng().random();
        let payload = Payload {
            msg: text.as_bytes(),
            aad: place.as_bytes(),
        };
        let encrypted = key
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| CryptError::Unreadable)?;
        let whole = [nonce.as_slice(), &encrypted].concat();
        Ok(format!(
            "{FORM}.{}.{}",
            key.id,
            BASE64URL_NOPAD.encode(&whole)
        ))
    }

    /// Decrypts the value of a place.
    ///
    /// # Errors
    /// Its key is missing, or it was changed or moved.
    pub fn open(&self, place: &str, sealed: &str) -> Result<String, CryptError> {
        let (id, value) = parts(sealed).ok_or(CryptError::Unreadable)?;
        let key = if let Some(key) = self.find(id) {
            key
        } else {
            self.refresh()?;
            self.find(id)
                .ok_or_else(|| CryptError::NoKey { id: id.to_owned() })?
        };
        let whole = BASE64URL_NOPAD
            .decode(value.as_bytes())
            .map_err(|_| CryptError::Unreadable)?;
        let (nonce, encrypted) = whole
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(CryptError::Unreadable)?;
        let payload = Payload {
            msg: encrypted,
            aad: place.as_bytes(),
        };
        let text = key
            .cipher()
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| CryptError::Unreadable)?;
        String::from_utf8(text).map_err(|_| CryptError::Unreadable)
    }

    /// The keys, the newest last.
    #[must_use]
    pub fn list(&self) -> Vec<KeyInfo> {
        let ring = self.0.ring.read().unwrap_or_else(PoisonError::into_inner);
        let info = |key: &FieldKey| KeyInfo {
            id: key.id.clone(),
            made_at: key.made_at,
        };
        ring.keys.iter().map(info).collect()
    }

    /// Makes a new key, with which values are encrypted from now on. The earlier ones stay for reading.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&self, now: DateTime<Utc>) -> Result<(), CryptError> {
        self.change(|keys| keys.push(FieldKey::new(now)))
    }

    /// Removes the keys that are in no use, except the newest and those made or replaced after `before`: a
    /// server may still be writing a value with them. Returns the removed ones.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn prune(
        &self,
        used: &BTreeSet<String>,
        before: DateTime<Utc>,
    ) -> Result<Vec<KeyInfo>, CryptError> {
        let mut removed = Vec::new();
        self.change(|keys| {
            let replaced_at: Vec<_> = keys.iter().skip(1).map(|key| key.made_at).collect();
            let mut index = 0;
            keys.retain(|key| {
                let replaced = replaced_at.get(index);
                index += 1;
                let is_kept = used.contains(&key.id) || replaced.is_none_or(|at| *at > before);
                if !is_kept {
                    removed.push(KeyInfo {
                        id: key.id.clone(),
                        made_at: key.made_at,
                    });
                }
                is_kept
            });
        })?;
        Ok(removed)
    }

    fn change(&self, change: impl FnOnce(&mut Vec<FieldKey>)) -> Result<(), CryptError> {
        let mut ring = self.0.ring.write().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = &self.0.path else {
            change(&mut ring.keys);
            return Ok(());
        };
        let mut keys = read(path)?.keys;
        change(&mut keys);
        write(path, &keys, &Way::Instead).map_err(file_error(path))?;
        *ring = read(path)?;
        Ok(())
    }

    fn current(&self) -> Option<FieldKey> {
        let ring = self.0.ring.read().unwrap_or_else(PoisonError::into_inner);
        ring.keys.last().cloned()
    }

    fn find(&self, id: &str) -> Option<FieldKey> {
        let ring = self.0.ring.read().unwrap_or_else(PoisonError::into_inner);
        ring.keys.iter().find(|key| key.id == id).cloned()
    }

    /// Reads the file again if it has changed.
    fn refresh(&self) -> Result<(), CryptError> {
        let Some(path) = &self.0.path else {
            return Ok(());
        };
        let now = seen(path).map_err(file_error(path))?;
        let known = {
            let ring = self.0.ring.read().unwrap_or_else(PoisonError::into_inner);
            ring.seen
        };
        if known != Some(now) {
            let ring = read(path)?;
            *self.0.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
        }
        Ok(())
    }
}

impl fmt::Debug for FieldKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.list().into_iter().map(|key| key.id))
            .finish()
    }
}

/// The place of an encrypted field, to which it is bound.
#[must_use]
pub fn place(table: &str, column: &str, row_id: impl fmt::Display) -> String {
    format!("{table}.{column}/{row_id}")
}

/// The id of the key of an encrypted value; `None` if it is no such value.
#[must_use]
pub fn key_id(sealed: &str) -> Option<&str> {
    parts(sealed).map(|(id, _)| id)
}

fn parts(sealed: &str) -> Option<(&str, &str)> {
    sealed
        .strip_prefix(FORM)?
        .strip_prefix('.')?
        .split_once('.')
}

fn file_error(path: &Path) -> impl FnOnce(io::Error) -> CryptError {
    let path = path.to_path_buf();
    move |source| CryptError::File { path, source }
}

#[expect(clippy::disallowed_methods, reason = "the keys' own file")]
fn seen(path: &Path) -> io::Result<Seen> {
    let found = fs::metadata(path)?;
    Ok((found.modified().ok(), found.len()))
}

#[expect(clippy::disallowed_methods, reason = "the keys' own file")]
fn read(path: &Path) -> Result<Ring, CryptError> {
    let seen = seen(path).map_err(file_error(path))?;
    let text = fs::read_to_string(path).map_err(file_error(path))?;
    let mut keys = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let damaged = || CryptError::Damaged {
            path: path.to_path_buf(),
            line: index + 1,
        };
        keys.push(FieldKey::parse(line).ok_or_else(damaged)?);
    }
    if keys.is_empty() {
        return Err(CryptError::Damaged {
            path: path.to_path_buf(),
            line: 1,
        });
    }
    Ok(Ring {
        seen: Some(seen),
        keys,
    })
}

enum Way {
    /// Only if there is none.
    New,
    /// In place of the one that is there.
    Instead,
}

/// Writes to a temporary file first, so that nobody reads an incomplete one.
#[expect(clippy::disallowed_methods, reason = "the keys' own file")]
fn write(path: &Path, keys: &[FieldKey], way: &Way) -> io::Result<()> {
    let unfinished = path.with_extension(format!("keys.{}.part", std::process::id()));
    let written = data::create_file(&unfinished).and_then(|mut file| {
        file.write_all(b"# Keys of encrypted fields. Without them those fields cannot be read.\n")?;
        for key in keys {
            file.write_all(key.line().as_bytes())?;
        }
        file.sync_all()?;
        if matches!(way, Way::Instead) {
            return fs::rename(&unfinished, path);
        }
        match fs::hard_link(&unfinished, path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                // A file system without hard links.
                fs::rename(&unfinished, path)
            }
            linked => linked,
        }
    });
    let _ = fs::remove_file(&unfinished);
    written?;
    if let Some(folder) = path.parent().filter(|_| cfg!(unix)) {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    const PLACE: &str = "answer.text/1";

    fn now() -> DateTime<Utc> {
        "2026-11-29T20:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_value_is_read_again_only_unchanged_and_in_its_place() {
        let keys = FieldKeys::from_bytes([1; 32]);
        for text in ["", "Esmu kurls – lūdzu tulku.", "\0\n"] {
            let sealed = keys.seal(PLACE, text).unwrap();
            assert!(text.is_empty() || !sealed.contains(text));
            assert_eq!(keys.open(PLACE, &sealed).unwrap(), text);
            assert_ne!(
                keys.seal(PLACE, text).unwrap(),
                sealed,
                "a nonce was repeated"
            );
            assert!(matches!(
                keys.open("answer.text/2", &sealed),
                Err(CryptError::Unreadable)
            ));
            let mut changed = sealed.clone().into_bytes();
            let last = changed.len() - 8;
            changed[last] = if changed[last] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(matches!(
                keys.open(PLACE, &changed),
                Err(CryptError::Unreadable)
            ));
            let other = FieldKeys::from_bytes([2; 32]);
            assert!(matches!(
                other.open(PLACE, &sealed),
                Err(CryptError::NoKey { .. })
            ));
        }
        for nonsense in [
            "",
            "x1",
            "x1.",
            "x1..",
            "x1.01010101.",
            "x1.01010101.AA",
            "plain text",
        ] {
            assert!(keys.open(PLACE, nonsense).is_err(), "{nonsense}");
        }
    }

    #[test]
    fn a_running_server_uses_a_new_key_at_once_and_reads_values_of_both() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let server = FieldKeys::load_or_create(&path, now()).unwrap();
        let old = server.seal(PLACE, "before").unwrap();

        let command = FieldKeys::load(&path).unwrap();
        command.add(now() + TimeDelta::days(400)).unwrap();
        let new = command.seal(PLACE, "after").unwrap();
        assert_ne!(key_id(&old), key_id(&new));
        assert_eq!(server.open(PLACE, &new).unwrap(), "after");
        assert_eq!(server.open(PLACE, &old).unwrap(), "before");
        assert_eq!(key_id(&server.seal(PLACE, "x").unwrap()), key_id(&new));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn only_keys_without_use_that_were_replaced_long_ago_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let keys = FieldKeys::load_or_create(&path, now()).unwrap();
        let old = keys.seal(PLACE, "old").unwrap();
        keys.add(now() + TimeDelta::days(10)).unwrap();
        keys.add(now() + TimeDelta::days(20)).unwrap();
        let used = BTreeSet::from([key_id(&old).unwrap().to_owned()]);
        let after = now() + TimeDelta::days(30);

        let ids: Vec<_> = keys.list().into_iter().map(|key| key.id).collect();
        assert_eq!(keys.prune(&used, now()).unwrap(), []);
        let removed = keys.prune(&used, after).unwrap();
        assert_eq!(removed.len(), 1);
        assert_eq!(removed[0].id, ids[1]);
        assert_eq!(keys.open(PLACE, &old).unwrap(), "old");
        let removed = keys.prune(&BTreeSet::new(), after).unwrap();
        assert_eq!(removed[0].id, ids[0]);
        assert_eq!(keys.list().len(), 1, "the newest stays");
    }

    #[test]
    fn a_damaged_file_is_named_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        FieldKeys::load_or_create(&path, now()).unwrap();
        let whole = fs::read_to_string(&path).unwrap();
        for damaged in [
            "",
            "# nothing\n",
            "nonsense",
            whole.trim_end().split_at(90).0,
            "\0",
        ] {
            fs::write(&path, damaged).unwrap();
            let message = FieldKeys::load_or_create(&path, now())
                .err()
                .unwrap()
                .to_string();
            assert!(message.contains("field.keys"), "{message}");
            assert_eq!(fs::read_to_string(&path).unwrap(), damaged);
        }
        let secret = whole.split_whitespace().last().unwrap();
        fs::write(&path, format!("{whole}?? {secret}\n")).unwrap();
        let message = FieldKeys::load(&path).err().unwrap().to_string();
        assert!(
            message.contains("line 3") && !message.contains(secret),
            "{message}"
        );
    }
}
