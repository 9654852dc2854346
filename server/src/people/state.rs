//! What the profile pages need.

use std::sync::Arc;

use super::{OnArrival, OnEmployer};
use crate::{clock::Clock, db::Db};

/// What the profile pages need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// How other areas react when a person names their employer.
    pub on_employer: Arc<dyn OnEmployer>,
    /// What follows when somebody is ready to learn.
    pub on_arrival: OnArrival,
}
