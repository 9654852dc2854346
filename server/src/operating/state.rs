//! What the pages about mails and jobs need.

use std::sync::Arc;

use crate::{clock::Clock, db::Db, jobs::Notifier};

/// What the pages about mails and jobs need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Notified when a job is to be tried again.
    pub jobs: Notifier,
    /// The names of all kinds of jobs, in the order of the filter.
    pub kinds: Arc<[&'static str]>,
}
