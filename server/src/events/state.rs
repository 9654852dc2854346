//! What the pages of events need.

use std::sync::Arc;

use super::service::OnEventChange;
use crate::{clock::Clock, db::Db, jobs::Notifier, programme::Programme};

/// What the pages of events need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Notified when mails were queued.
    pub jobs: Notifier,
    /// The kinds and strands of events.
    pub programme: Arc<Programme>,
    /// What registrations are told of, and say of places.
    pub on_change: Arc<dyn OnEventChange>,
}
