//! The state of the handlers of reports.

use crate::{clock::Clock, db::Db};

/// The state of the handlers of reports. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The clock, which also makes ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
}
