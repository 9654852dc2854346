//! What the API and the pages about its tokens need.

use std::sync::Arc;

use crate::{
    clock::Clock,
    db::Db,
    http::{limits::Limits, theme::Theme},
    principal::SessionRules,
    registrations,
};

/// What the API and the pages about its tokens need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Rate limits.
    pub limits: Arc<Limits>,
    /// The rules for roles that need a second factor.
    pub rules: SessionRules,
    /// The messages that say which rule of an input failed.
    pub theme: Theme,
    /// What registering needs.
    pub registrations: registrations::State,
}
