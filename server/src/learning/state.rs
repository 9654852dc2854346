//! What the handlers and use cases of learning need.

use std::{
    ops::Deref,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

use course_compiler::{CourseId, model::Status};
use futures::future::{BoxFuture, LocalBoxFuture};
use sea_orm::DbErr;
use serde::Serialize;

use super::{AttemptCache, Catalogue, Rendered, paths::LearningPath};
use crate::{
    clock::Clock,
    crypt::FieldKeys,
    db::{Db, Transaction},
    http::{Error, Lang, TextLink, secret_key::SecretKey, shell::Site, theme::Theme},
    ids::PersonId,
    jobs::Notifier,
    list::Tone,
    mail::Composer,
    programme::Programme,
};

/// The offered courses, replaced as a whole when they change. Cheap to clone; clones share them.
#[derive(Clone)]
pub struct Courses(Arc<RwLock<Arc<Catalogue>>>);

impl Courses {
    /// Holds this catalogue.
    #[must_use]
    pub fn new(catalogue: Catalogue) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(catalogue))))
    }

    /// The current courses; a request uses the same ones until it ends.
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

/// Where people get mails about their learning. Implemented on top of the areas that know their addresses.
pub trait Addresses: Send + Sync {
    /// A person's confirmed address and language; `None` if they have none.
    fn of<'a>(
        &'a self,
        txn: &'a Transaction,
        person_id: PersonId,
    ) -> BoxFuture<'a, Result<Option<(String, Lang)>, DbErr>>;
}

/// Something that is coming or over, as the page of one's own learning names it.
#[derive(Debug, Clone, Serialize)]
pub struct ComingEntry {
    /// Its title and page.
    pub link: TextLink,
    /// When and where.
    pub facts: String,
    /// What there is to say of the person's place, or of places.
    pub note: String,
    /// The colour of the note.
    pub tone: Tone,
    /// What the person has to do or should know, if anything.
    pub to_do: Option<String>,
}

/// What another area shows on the page of one's own learning.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Coming {
    /// What is still to come and the person has a part in, the soonest first.
    pub own: Vec<ComingEntry>,
    /// What the person took part in, the latest first.
    pub past: Vec<ComingEntry>,
    /// What else is coming.
    pub others: Vec<ComingEntry>,
}

/// What another area has for a person, in this language; for the page of one's own learning.
pub type ComingFor =
    Arc<dyn Fn(PersonId, Lang) -> LocalBoxFuture<'static, Result<Coming, Error>> + Send + Sync>;

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
    /// The cache of rendered pages.
    pub rendered: Rendered,
    /// The cache of open attempts.
    pub attempt_cache: AttemptCache,
    /// Notified when a completion has queued the rendering of its certificate.
    pub jobs: Notifier,
    /// The programme with its indicators.
    pub programme: Arc<Programme>,
    /// The texts of certificates.
    pub theme: Theme,
    /// The address that links start with, without a trailing slash.
    pub public_url: Arc<str>,
    /// Whether certificates are marked as samples.
    pub is_demo: bool,
    /// Writes mails.
    pub composer: Composer,
    /// Where people get them.
    pub addresses: Arc<dyn Addresses>,
    /// Keys of encrypted fields.
    pub field_keys: FieldKeys,
    /// Signs the links that stop reminders.
    pub secret: SecretKey,
    /// After how many days without activity people are reminded of a course.
    pub reminder_days: Arc<[u32]>,
    /// What is coming besides courses.
    pub coming: ComingFor,
}

impl State {
    /// The context of a request that started with these courses.
    #[must_use]
    pub fn context(&self, catalogue: &Arc<Catalogue>) -> Context {
        Context {
            state: self.clone(),
            catalogue: Arc::clone(catalogue),
        }
    }
}

/// What every use case needs: the state, and the courses at the start of the request.
#[derive(Clone)]
pub struct Context {
    state: State,
    /// The courses at the start of the request.
    pub catalogue: Arc<Catalogue>,
}

impl Context {
    /// Whether a person who takes this course now takes a draft that was opened for trying out. Completions of
    /// drafts do not count, except in the demo, where everything is invented.
    pub(super) fn is_trial(&self, course_id: &CourseId) -> bool {
        let course = self.catalogue.by_id(course_id);
        !self.is_demo && course.is_some_and(|course| course.status == Status::Draft)
    }

    /// Whether a person who takes this path now tries it out: it has a step with drafts only. The certificate of a
    /// trial is a sample.
    pub(super) fn is_trial_path(&self, path: &LearningPath) -> bool {
        path.steps.iter().any(|step| {
            let courses = step.0.iter();
            let mut known = courses.filter(|id| self.catalogue.by_id(id).is_some());
            known.all(|id| self.is_trial(id))
        })
    }
}

impl Deref for Context {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}
