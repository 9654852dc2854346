//! What the pages of the register of organisations need.

use std::sync::Arc;

use super::OnChange;
use crate::{clock::Clock, db::Db, jobs::Notifier};

/// What the pages of the register of organisations need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Notified when mails were queued.
    pub jobs: Notifier,
    /// How other areas react when an organisation changes.
    pub on_change: Arc<dyn OnChange>,
}
