//! Detects changes in a folder.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use anyhow::Context as _;
use course_compiler::load::Root;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// How long a folder has to be unchanged before a change is reported: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(10);

/// The changes in a folder of courses, and in everything below it. The folder itself may be removed and
/// created again. For a single course, the changes in its folder and in the files that all courses share.
pub(crate) struct Changes {
    /// The folders that are watched recursively.
    folders: Vec<PathBuf>,
    /// A file that is watched too.
    file: Option<PathBuf>,
    told: Receiver<notify::Result<Event>>,
    /// The watcher; it watches the folders recursively, and the folder above, to notice when one of them is
    /// replaced.
    watcher: RecommendedWatcher,
}

impl Changes {
    /// Starts to watch.
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
            // The creation of a missing glossary is reported for the folder above.
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

    /// Waits until something has changed and the folder is unchanged again for a moment. In case of doubt it
    /// reports a change: then the courses are compiled once too often. `None` if no further change is
    /// possible.
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
            // A watched folder may have been removed or replaced. While it does not exist, the folder above
            // reports its creation.
            for folder in &self.folders {
                let _ = self.watcher.unwatch(folder);
                let _ = self.watcher.watch(folder, RecursiveMode::Recursive);
            }
        }
        Some(())
    }

    /// Reading a file is not a change, and neither are events beside the folder.
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

    /// Whether a folder itself was created, moved or removed.
    fn is_of_folder(&self, event: &notify::Result<Event>) -> bool {
        self.is_change(event)
            && match event {
                Ok(event) => event.paths.iter().any(|path| self.folders.contains(path)),
                Err(_) => true,
            }
    }
}
