//! The current courses, compiled again whenever a file changes.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use course_compiler::Course;
use course_compiler::compile::{Compilation, Options, Session};
use course_compiler::load::Root;
use tokio::sync::watch;

use crate::changes::{Changes, Watching};

/// The state that pages show.
pub(super) struct Shown {
    /// The number of compilations of this process.
    number: u64,
    /// Identifies this state; another state has another version.
    pub(super) version: Arc<str>,
    /// The courses without errors, and all problems.
    pub(super) compilation: Compilation,
    /// The last version of every course without errors, by slug.
    before: BTreeMap<String, Arc<Course>>,
    /// The duration of compiling.
    pub(super) took: Duration,
}

impl Shown {
    /// What is shown at first, or after `before`.
    fn new(before: Option<&Self>, compilation: Compilation, took: Duration) -> Self {
        let number = before.map_or(1, |before| before.number.saturating_add(1));
        let mut good = before.map_or_else(BTreeMap::new, |before| before.before.clone());
        good.extend(remembered(&compilation));
        Self {
            number,
            version: format!("{}-{number}", std::process::id()).into(),
            before: good,
            compilation,
            took,
        }
    }

    /// A course, or its last version without errors; and whether it is the latter.
    pub(super) fn course(&self, slug: &str) -> Option<(&Course, bool)> {
        let now = self.compilation.bundle.course_by_slug(slug);
        match now {
            Some(course) => Some((course, false)),
            None if self.compilation.is_broken(slug) => Some((self.before.get(slug)?, true)),
            None => None,
        }
    }
}

fn remembered(compilation: &Compilation) -> impl Iterator<Item = (String, Arc<Course>)> {
    compilation
        .bundle
        .courses
        .iter()
        .map(|course| (course.slug.clone(), Arc::clone(course)))
}

/// Compiles the courses at the start and after every change, and notifies the pages.
pub(super) struct LiveCourses {
    shown: Arc<RwLock<Arc<Shown>>>,
    versions: watch::Receiver<Arc<str>>,
}

impl LiveCourses {
    /// Compiles the courses and starts to watch their folder.
    pub(super) fn open(
        courses: &Path,
        options: &Options,
        watching: Watching,
    ) -> anyhow::Result<Self> {
        let mut changes = Changes::of(&Root::find(courses)?, watching)?;
        let mut session = Session::new(courses, options.clone())?;
        let (compilation, took) = compile(&mut session)?;
        let first = Shown::new(None, compilation, took);
        let (sender, versions) = watch::channel(Arc::clone(&first.version));
        let shown = Arc::new(RwLock::new(Arc::new(first)));
        let live = Self {
            shown: Arc::clone(&shown),
            versions,
        };
        thread::spawn(move || {
            let mut told: Option<String> = None;
            while changes.next().is_some() {
                let before = current(&shown);
                match compile(&mut session) {
                    Ok((compilation, _))
                        if compilation.bundle.source_hash
                            == before.compilation.bundle.source_hash =>
                    {
                        told = None;
                    }
                    Ok((compilation, took)) => {
                        told = None;
                        let next = Arc::new(Shown::new(Some(&before), compilation, took));
                        *shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&next);
                        sender.send_replace(Arc::clone(&next.version));
                    }
                    // The folder may be available again soon. While it is not, this is said once.
                    Err(error) => {
                        let error = format!("error: {error:#}");
                        if told.as_ref() != Some(&error) {
                            eprintln!("{error}");
                        }
                        told = Some(error);
                    }
                }
            }
        });
        Ok(live)
    }

    /// The current courses.
    pub(super) fn shown(&self) -> Arc<Shown> {
        current(&self.shown)
    }

    /// The versions, as they change.
    pub(super) fn versions(&self) -> watch::Receiver<Arc<str>> {
        self.versions.clone()
    }
}

fn current(shown: &RwLock<Arc<Shown>>) -> Arc<Shown> {
    Arc::clone(&shown.read().unwrap_or_else(PoisonError::into_inner))
}

fn compile(session: &mut Session) -> anyhow::Result<(Compilation, Duration)> {
    let began = Instant::now();
    let update = session.rebuild(&())?;
    Ok((update.compilation, began.elapsed()))
}
