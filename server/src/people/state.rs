//! What the pages about oneself need.

use std::sync::Arc;

use super::OnEmployer;
use crate::{clock::Clock, db::Db};

/// What the pages about oneself need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// What follows when somebody says for whom they work.
    pub on_employer: Arc<dyn OnEmployer>,
}
