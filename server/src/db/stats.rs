//! Counters of the database layer, for metrics and for the tests of group commit.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts since the start of the process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Transactions committed. On SQLite, several writes share one.
    pub commits: u64,
    /// Writes that were committed.
    pub writes: u64,
    /// Writes that were rolled back because of an error or a panic of their own.
    pub undone: u64,
    /// Commits that failed, with all writes in them.
    pub failed_commits: u64,
}

#[derive(Debug, Default)]
pub(super) struct Counters {
    commits: AtomicU64,
    writes: AtomicU64,
    undone: AtomicU64,
    failed_commits: AtomicU64,
}

impl Counters {
    pub(super) fn committed(&self, writes: usize, undone: usize) {
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.writes.fetch_add(writes as u64, Ordering::Relaxed);
        self.undone.fetch_add(undone as u64, Ordering::Relaxed);
    }

    pub(super) fn undone(&self) {
        self.undone.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn failed(&self) {
        self.failed_commits.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn read(&self) -> Stats {
        Stats {
            commits: self.commits.load(Ordering::Relaxed),
            writes: self.writes.load(Ordering::Relaxed),
            undone: self.undone.load(Ordering::Relaxed),
            failed_commits: self.failed_commits.load(Ordering::Relaxed),
        }
    }
}
