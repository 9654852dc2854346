//! What the pages of learning need, and what of it a request holds on to.

use std::{
    ops::Deref,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

use super::{AttemptCache, Catalogue, Rendered};
use crate::{
    clock::Clock,
    db::Db,
    http::{shell::Site, theme::Theme},
    jobs::Notifier,
    programme::Programme,
};

/// The courses that are offered, swapped whole when they change. Cheap to clone; clones share them.
#[derive(Clone)]
pub struct Courses(Arc<RwLock<Arc<Catalogue>>>);

impl Courses {
    /// These courses.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(catalogue))))
    }

    /// The courses as of now; a request keeps the ones it began with.
    #[must_use]
    pub fn current(&self) -> Arc<Catalogue> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Site for Courses {
    fn has_handbook(&self) -> bool {
        self.current().handbooks().next().is_some()
    }
}

/// What the pages of learning need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// The courses.
    pub courses: Courses,
    /// The folder of the courses' pictures and other files.
    pub media_dir: Arc<Path>,
    /// Pages rendered once and shown again while they are true.
    pub rendered: Rendered,
    /// Attempts under way.
    pub attempt_cache: AttemptCache,
    /// Told when a completion has queued the rendering of its certificate.
    pub jobs: Notifier,
    /// What counts towards which indicator.
    pub programme: Arc<Programme>,
    /// Words of certificates.
    pub theme: Theme,
    /// The address that links start with, without a trailing slash.
    pub public_url: Arc<str>,
    /// Whether certificates are marked as samples.
    pub is_demo: bool,
}

impl State {
    /// What the use cases of a request need that began with these courses.
    #[must_use]
    pub fn context(&self, catalogue: &Arc<Catalogue>) -> Context {
        Context {
            state: self.clone(),
            catalogue: Arc::clone(catalogue),
        }
    }
}

/// What every use case needs: what the pages do, and the courses as they were when the request began.
#[derive(Clone)]
pub struct Context {
    state: State,
    /// The courses as they were when the request began.
    pub catalogue: Arc<Catalogue>,
}

impl Deref for Context {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}
