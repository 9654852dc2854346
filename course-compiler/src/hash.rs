//! Hashing content: SHA-256 over named fields.

use sha2::{Digest, Sha256};

/// SHA-256 over named fields, each preceded by its length, so that different lists of fields give different
/// input.
pub(crate) struct Hasher(Sha256);

impl Hasher {
    pub(crate) fn new() -> Self {
        Self(Sha256::new())
    }

    /// Adds a field.
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) {
        for piece in [name.as_bytes(), bytes] {
            let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
            self.0.update(length.to_le_bytes());
            self.0.update(piece);
        }
    }

    /// The hash in hexadecimal.
    pub(crate) fn finish(self) -> String {
        data_encoding::HEXLOWER.encode(&self.0.finalize())
    }
}
