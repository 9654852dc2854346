//! Detects changes in a folder.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::Args;
use course_compiler::load::Root;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// How long a folder has to be unchanged before a change is reported: editors write a file in several steps.
const QUIET: Duration = Duration::from_millis(10);

/// How long a change waits for that at most: some programs never stop writing.
const LONGEST_WAIT: Duration = Duration::from_millis(500);

/// The changes in a folder of courses, and in everything below it. The folder itself may be removed and
/// created again. For a single course, the changes in its folder and in the files that all courses share.
pub(crate) enum Changes {
    /// Told by the system.
    Told(Box<Watched>),
    /// Looked for again and again: on network folders the system tells nothing.
    Polled(Duration),
}

/// How to notice changes.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Watching {
    /// Looks for changes every so many seconds, 2 when no number is given, instead of being told by the system: for
    /// folders on a network, in a virtual machine or in a container.
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "2", value_parser = interval)]
    pub(crate) poll: Option<Duration>,
}

/// A number of seconds from a tenth to an hour.
fn interval(text: &str) -> Result<Duration, String> {
    let seconds: Option<f64> = text.parse().ok();
    seconds
        .filter(|seconds| (0.1..=3600.0).contains(seconds))
        .map(Duration::from_secs_f64)
        .ok_or_else(|| "write a number of seconds from 0.1 to 3600".to_owned())
}

impl Changes {
    /// Starts to look for changes.
    pub(crate) fn of(root: &Root, watching: Watching) -> anyhow::Result<Self> {
        match watching.poll {
            Some(interval) => Ok(Self::Polled(interval)),
            None => Watched::of(root).map(|watched| Self::Told(Box::new(watched))),
        }
    }

    /// Waits until something has changed, or may have. `None` if no further change is possible.
    pub(crate) fn next(&mut self) -> Option<()> {
        match self {
            Self::Told(watched) => watched.next(),
            Self::Polled(interval) => {
                thread::sleep(*interval);
                Some(())
            }
        }
    }
}

/// What the system tells.
pub(crate) struct Watched {
    /// The folders that are watched recursively.
    folders: Vec<PathBuf>,
    /// A file that is watched too.
    file: Option<PathBuf>,
    told: Receiver<notify::Result<Event>>,
    /// The watcher; it watches the folders recursively, and the folder above, to notice when one of them is
    /// replaced.
    watcher: RecommendedWatcher,
}

impl Watched {
    /// Starts to watch.
    fn of(root: &Root) -> anyhow::Result<Self> {
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
                [course, "glossary", "snippets"]
                    .map(|name| courses.join(name))
                    .to_vec(),
                Some(courses.join("programme.toml")),
            ),
        };
        if let Some(above) = above {
            watcher
                .watch(&above, RecursiveMode::NonRecursive)
                .with_context(cannot)?;
        }
        for folder in &folders {
            // The creation of a missing one is reported for the folder above.
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
    fn next(&mut self) -> Option<()> {
        let mut is_another = loop {
            let event = self.told.recv().ok()?;
            if self.is_change(&event) {
                break self.is_of_folder(&event);
            }
        };
        let until = Instant::now() + LONGEST_WAIT;
        while Instant::now() < until {
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
