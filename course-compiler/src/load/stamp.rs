//! Metadata of a file, to detect changes without reading it.

use std::fs;
use std::time::SystemTime;

/// Metadata of a file. Equal stamps mean equal content, unless the file was modified [too
/// recently](super::listing::Listing::is_fresh).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) size_bytes: u64,
    /// Nanoseconds since 1970.
    pub(super) modified_ns: u128,
    /// If available: the file's identity, and when its name, permissions or content changed last. It reveals
    /// a file that was replaced by another with the same times.
    pub(super) identity: [i128; 3],
}

impl Stamp {
    pub(super) const NONE: Self = Self {
        size_bytes: 0,
        modified_ns: 0,
        identity: [0; 3],
    };

    pub(super) fn of(metadata: &fs::Metadata) -> Self {
        #[cfg(unix)]
        let identity = {
            use std::os::unix::fs::MetadataExt as _;
            [
                metadata.ino().into(),
                metadata.ctime().into(),
                metadata.ctime_nsec().into(),
            ]
        };
        #[cfg(not(unix))]
        let identity = [0; 3];
        Self {
            size_bytes: metadata.len(),
            // Without a time, the file counts as recently modified.
            modified_ns: metadata.modified().map_or(u128::MAX, since_1970),
            identity,
        }
    }

    pub(super) fn to_bytes(self) -> Vec<u8> {
        let mut bytes = self.size_bytes.to_le_bytes().to_vec();
        bytes.extend(self.modified_ns.to_le_bytes());
        bytes.extend(self.identity.iter().flat_map(|part| part.to_le_bytes()));
        bytes
    }
}

pub(super) fn since_1970(time: SystemTime) -> u128 {
    time.duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos())
}
