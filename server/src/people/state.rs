//! What the profile pages need.

use std::sync::Arc;

use futures::future::LocalBoxFuture;
use sea_orm::DbErr;

use super::OnEmployer;
use crate::{clock::Clock, db::Db, http::Lang, ids::PersonId};

/// Told when somebody is ready to learn and goes on to a page, by that page's path: begins what they wanted to begin
/// there before they had to say who they are.
pub type OnArrival =
    Arc<dyn Fn(PersonId, Lang, String) -> LocalBoxFuture<'static, Result<(), DbErr>> + Send + Sync>;

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
