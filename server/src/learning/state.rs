//! What the pages of learning need, and what of it a request holds on to.

use std::sync::{Arc, PoisonError, RwLock};

use super::{Catalogue, Rendered, Sittings, service::Context};
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
        self.current().handbook().is_some()
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
    /// Pages rendered once and shown again while they are true.
    pub rendered: Rendered,
    /// Attempts under way.
    pub sittings: Sittings,
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
            clock: self.clock.clone(),
            db: self.db.clone(),
            catalogue: Arc::clone(catalogue),
            sittings: self.sittings.clone(),
            jobs: self.jobs.clone(),
            programme: Arc::clone(&self.programme),
            theme: self.theme.clone(),
            public_url: Arc::clone(&self.public_url),
            is_demo: self.is_demo,
        }
    }
}
