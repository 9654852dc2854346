//! What the pages of programme managers need.

use std::sync::Arc;

use futures::future::LocalBoxFuture;
use sea_orm::DbErr;

use super::{Programme, pace::Calendar};
use crate::{clock::Clock, db::Db, http::Lang, source::SourceLabels};

/// Completes what follows from the passage of time and affects figures. Provided by the application, because
/// this area does not depend on those whose records it counts.
pub type CatchUp = Arc<dyn Fn() -> LocalBoxFuture<'static, Result<(), DbErr>> + Send + Sync>;

/// What the pages of programme managers need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// The programme and its indicators, as configured.
    pub programme: Arc<Programme>,
    /// The kinds of records that prove facts.
    pub sources: Arc<SourceLabels>,
    /// Called before figures are read.
    pub catch_up: CatchUp,
}

impl State {
    /// Today, and the time that the programme has.
    pub(super) fn calendar(&self) -> Calendar {
        Calendar {
            period: self.programme.period,
            today: Lang::riga_date(self.clock.now()),
        }
    }
}
