//! The result of a compilation, its errors, and its progress.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use crate::bundle::{self, Bundle, Outline};
use crate::diagnostic::{Diagnostic, Sources};
use crate::load;
use crate::options::Options;

/// The result of a compilation.
#[derive(Clone, Debug)]
pub struct Compilation {
    /// The courses without errors.
    pub bundle: Bundle,
    /// All problems of all courses, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that diagnostics refer to.
    pub sources: Sources,
    /// For each course in the bundle, the text that its `course.lock` should have, by its folder. Empty when the
    /// bundle was only read.
    pub locks: BTreeMap<String, String>,
    /// Those of [`Options::decisions`] that were used, as they were written.
    pub decided: BTreeSet<String>,
}

impl Compilation {
    /// Whether there is an error, which excludes a course from the bundle.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Whether the course in this folder is excluded from the bundle by errors.
    #[must_use]
    pub fn is_broken(&self, folder: &str) -> bool {
        self.diagnostics
            .iter()
            .any(|found| found.is_error() && found.course_folder() == Some(folder))
    }

    /// Writes bundle and diagnostics to a folder; files that exist already are not written. The previous
    /// bundle stays intact until the new one is complete; see [`bundle::write`].
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub fn write(&self, bundle_dir: &Path) -> Result<(), Error> {
        bundle::store(&self.bundle, Some(&self.diagnostics), bundle_dir, None)
            .map(drop)
            .map_err(|source| Error::bundle(bundle_dir, source))
    }
}

/// The summary of building into a folder.
#[derive(Clone, Debug)]
pub struct Built {
    /// The courses in the bundle, by slug.
    pub courses: Vec<Outline>,
    /// All problems of all courses, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that diagnostics refer to.
    pub sources: Sources,
}

impl Built {
    /// Whether there is an error, which excludes a course from the bundle.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

impl From<Compilation> for Built {
    fn from(compilation: Compilation) -> Self {
        Self {
            courses: compilation.bundle.outlines(),
            diagnostics: compilation.diagnostics,
            sources: compilation.sources,
        }
    }
}

/// Why nothing could be compiled.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There are no courses to read.
    #[error(transparent)]
    Load(#[from] load::Error),
    /// The threads cannot be started.
    #[error("cannot start {threads} threads")]
    Threads {
        /// The requested number.
        threads: usize,
    },
    /// The bundle cannot be written.
    #[error("cannot write the bundle to {path}")]
    Bundle {
        /// The folder.
        path: String,
        /// Why.
        source: io::Error,
    },
}

impl Error {
    pub(super) fn bundle(path: &Path, source: io::Error) -> Self {
        Self::Bundle {
            path: path.display().to_string(),
            source,
        }
    }
}

/// Receives the progress of compiling; called from several threads.
pub trait Progress: Sync {
    /// Another program writes to the folder of the bundle; this one waits for it.
    fn waiting(&self) {}
    /// The number of files to compile.
    fn started(&self, files: usize);
    /// Another file is done.
    fn file_done(&self);
    /// All files are done.
    fn finished(&self);
}

/// Ignores the progress.
impl Progress for () {
    fn started(&self, _files: usize) {}
    fn file_done(&self) {}
    fn finished(&self) {}
}

/// The threads to use: its own thread pool, or the global one.
#[derive(Debug)]
pub(super) struct Threads(Option<rayon::ThreadPool>);

impl Threads {
    pub(super) fn new(options: &Options) -> Result<Self, Error> {
        let Some(threads) = options.threads else {
            return Ok(Self(None));
        };
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|_| Error::Threads { threads })?;
        Ok(Self(Some(pool)))
    }

    pub(super) fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.0 {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }
}
