//! What the pages of reports need.

use crate::{clock::Clock, db::Db};

/// What the pages of reports need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
}
