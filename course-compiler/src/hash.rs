//! The one way to hash content: SHA-256 over named pieces.

use sha2::{Digest, Sha256};

/// SHA-256 over named pieces, each with its length, so that no two lists of pieces run together.
pub(crate) struct Hasher(Sha256);

impl Hasher {
    pub(crate) fn new() -> Self {
        Self(Sha256::new())
    }

    /// Adds a piece.
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
