//! Tells when something in a folder changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::Context as _;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// How long a folder has to be quiet until a change is told: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(10);

/// The changes in a folder, and in all below it, since it was made. The folder itself may go and come again.
pub(crate) struct Changes {
    folder: PathBuf,
    told: Receiver<notify::Result<Event>>,
    /// Watches as long as it lives: the folder with all below it, and the one above, which tells when the folder
    /// is another one.
    watcher: RecommendedWatcher,
}

impl Changes {
    /// Begins to watch.
    pub(crate) fn of(folder: &Path) -> anyhow::Result<Self> {
        let cannot = || format!("cannot watch {}", folder.display());
        let (sender, told) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).context("cannot watch files")?;
        let folder = folder.canonicalize().with_context(cannot)?;
        if let Some(above) = folder.parent() {
            watcher
                .watch(above, RecursiveMode::NonRecursive)
                .with_context(cannot)?;
        }
        watcher
            .watch(&folder, RecursiveMode::Recursive)
            .with_context(cannot)?;
        Ok(Self {
            folder,
            told,
            watcher,
        })
    }

    /// Waits until something changed and the folder is quiet again. A change in doubt counts: who is told compiles
    /// once too often. `None` when there is nothing to wait for any more.
    pub(crate) fn next(&mut self) -> Option<()> {
        let mut is_another = loop {
            let event = self.told.recv().ok()?;
            if self.is_change(&event) {
                break self.is_of_folder(&event);
            }
        };
        loop {
            match self.told.recv_timeout(QUIET) {
                Ok(event) => is_another |= self.is_of_folder(&event),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        if is_another {
            // What is watched may be gone, or be elsewhere by now. While there is no folder, the one above tells
            // when there is one.
            let _ = self.watcher.unwatch(&self.folder);
            let _ = self.watcher.watch(&self.folder, RecursiveMode::Recursive);
        }
        Some(())
    }

    /// Reading a file is no change, nor is what happens beside the folder.
    fn is_change(&self, event: &notify::Result<Event>) -> bool {
        match event {
            Ok(event) => {
                let is_within = |path: &PathBuf| path.starts_with(&self.folder);
                !matches!(event.kind, EventKind::Access(_))
                    && (event.paths.is_empty() || event.paths.iter().any(is_within))
            }
            Err(_) => true,
        }
    }

    /// Whether the folder itself was made, moved or removed, and not only something in it.
    fn is_of_folder(&self, event: &notify::Result<Event>) -> bool {
        self.is_change(event)
            && match event {
                Ok(event) => event.paths.contains(&self.folder),
                Err(_) => true,
            }
    }
}
