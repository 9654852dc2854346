//! Tells when something in a folder changed.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::Context as _;
use course_compiler::load::Root;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// How long a folder has to be quiet until a change is told: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(10);

/// The changes in a folder of courses, and in all below it, since it was made. The folder itself may go and come
/// again. Of a single course, the changes in its folder and in what all courses share.
pub(crate) struct Changes {
    /// What is watched with all below it.
    folders: Vec<PathBuf>,
    /// A file that counts beside them.
    file: Option<PathBuf>,
    told: Receiver<notify::Result<Event>>,
    /// Watches as long as it lives: the folders with all below them, and the one above, which tells when a folder
    /// is another one.
    watcher: RecommendedWatcher,
}

impl Changes {
    /// Begins to watch.
    pub(crate) fn of(root: &Root) -> anyhow::Result<Self> {
        let cannot = || format!("cannot watch {}", root.shown(""));
        let (sender, told) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).context("cannot watch files")?;
        let courses = root.folder().canonicalize().with_context(cannot)?;
        let (above, folders, file) = match root.course() {
            None => (
                courses.parent().map(PathBuf::from),
                vec![courses.clone()],
                None,
            ),
            Some(course) => (
                Some(courses.clone()),
                vec![courses.join(course), courses.join("glossary")],
                Some(courses.join("programme.toml")),
            ),
        };
        if let Some(above) = above {
            watcher
                .watch(&above, RecursiveMode::NonRecursive)
                .with_context(cannot)?;
        }
        for folder in &folders {
            // A glossary that is not there yet is told of by the folder above.
            if folder.is_dir() {
                watcher
                    .watch(folder, RecursiveMode::Recursive)
                    .with_context(cannot)?;
            }
        }
        Ok(Self {
            folders,
            file,
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
            for folder in &self.folders {
                let _ = self.watcher.unwatch(folder);
                let _ = self.watcher.watch(folder, RecursiveMode::Recursive);
            }
        }
        Some(())
    }

    /// Reading a file is no change, nor is what happens beside the folder.
    fn is_change(&self, event: &notify::Result<Event>) -> bool {
        match event {
            Ok(event) => {
                let is_within = |path: &PathBuf| {
                    self.folders.iter().any(|folder| path.starts_with(folder))
                        || self.file.as_ref() == Some(path)
                };
                !matches!(event.kind, EventKind::Access(_))
                    && (event.paths.is_empty() || event.paths.iter().any(is_within))
            }
            Err(_) => true,
        }
    }

    /// Whether one of the folders itself was made, moved or removed, and not only something in it.
    fn is_of_folder(&self, event: &notify::Result<Event>) -> bool {
        self.is_change(event)
            && match event {
                Ok(event) => event.paths.iter().any(|path| self.folders.contains(path)),
                Err(_) => true,
            }
    }
}
