//! Tells when something in a folder changed.

use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::Context as _;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// How long a folder has to be quiet until a change is told: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(10);

/// The changes in a folder, and in all below it, since it was made.
pub(crate) struct Changes {
    told: Receiver<notify::Result<Event>>,
    /// Watches as long as it lives.
    _watcher: RecommendedWatcher,
}

impl Changes {
    /// Begins to watch.
    pub(crate) fn of(folder: &Path) -> anyhow::Result<Self> {
        let (sender, told) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).context("cannot watch files")?;
        watcher
            .watch(folder, RecursiveMode::Recursive)
            .with_context(|| format!("cannot watch {}", folder.display()))?;
        Ok(Self {
            told,
            _watcher: watcher,
        })
    }

    /// Waits until something changed and the folder is quiet again. A change in doubt counts: who is told compiles
    /// once too often. `None` when there is nothing to wait for any more.
    pub(crate) fn next(&self) -> Option<()> {
        loop {
            if is_change(&self.told.recv().ok()?) {
                break;
            }
        }
        loop {
            match self.told.recv_timeout(QUIET) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Some(()),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

/// Reading a file is no change.
fn is_change(event: &notify::Result<Event>) -> bool {
    !matches!(
        event,
        Ok(Event {
            kind: EventKind::Access(_),
            ..
        })
    )
}
