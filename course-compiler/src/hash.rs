//! Hashing content: SHA-256 over named fields.

use std::io;

use serde::Serialize;
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

    /// Adds a field whose bytes come in pieces, followed by its length. Serializing plain data with string keys
    /// cannot fail.
    pub(crate) fn add_json(&mut self, name: &str, value: &impl Serialize) {
        let mut pieces = Pieces {
            hash: &mut self.0,
            length: 0,
        };
        pieces.hash.update(name.as_bytes());
        let _ = serde_json::to_writer(&mut pieces, value);
        let length = pieces.length;
        self.0.update(length.to_le_bytes());
    }

    /// [`Hasher::add_json`] of a value that is JSON already.
    pub(crate) fn add_as_json(&mut self, name: &str, json: &[u8]) {
        self.0.update(name.as_bytes());
        self.0.update(json);
        let length = u64::try_from(json.len()).unwrap_or(u64::MAX);
        self.0.update(length.to_le_bytes());
    }

    /// The hash in hexadecimal.
    pub(crate) fn finish(self) -> String {
        data_encoding::HEXLOWER.encode(&self.0.finalize())
    }
}

/// Hashes what is written, without keeping it.
struct Pieces<'a> {
    hash: &'a mut Sha256,
    length: u64,
}

impl io::Write for Pieces<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hash.update(bytes);
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.length = self.length.saturating_add(length);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_hashes_the_same_in_pieces() {
        let value = vec![("a", 1), ("ā", 2)];
        let mut pieces = Hasher::new();
        pieces.add_json("x", &value);
        let mut whole = Hasher::new();
        whole.add_as_json("x", &serde_json::to_vec(&value).unwrap());
        assert_eq!(pieces.finish(), whole.finish());
    }
}
