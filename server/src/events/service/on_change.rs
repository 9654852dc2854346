//! What happens elsewhere when an event changes.

use std::collections::BTreeMap;

use futures::future::LocalBoxFuture;
use sea_orm::DbErr;

use crate::{
    clock::Clock,
    db::Db,
    events::{
        model::{Event, Places},
        store::EventLock,
    },
    ids::EventId,
};

/// Why something about the registrations of an event is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// More places are taken than the event would have.
    #[error("{taken} places are taken")]
    TooFew {
        /// How many.
        taken: u64,
    },
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// What others know about the places of events, and how they react when an event changes. Implemented on top of the
/// areas, so that events do not depend on registrations. Methods with a lock are called in the transaction of the
/// change.
pub trait OnEventChange: Send + Sync {
    /// How many places are taken of each of these events, given with their numbers of places.
    fn places<'a>(
        &'a self,
        db: &'a Db,
        events: &'a [(EventId, i32)],
    ) -> LocalBoxFuture<'a, Result<BTreeMap<EventId, Places>, DbErr>>;

    /// Changes the number of places, which is not written by the caller. More places go to those who wait.
    fn resize<'a>(
        &'a self,
        event: &'a EventLock<'_>,
        clock: &'a Clock,
        capacity: i32,
    ) -> LocalBoxFuture<'a, Result<(), Refusal>>;

    /// Called after an event was cancelled; `event` is what it was before.
    fn cancelled<'a>(
        &'a self,
        lock: &'a EventLock<'_>,
        event: &'a Event,
        clock: &'a Clock,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>>;

    /// Called after time or place of an announced event changed, with its `sequence` incremented.
    fn changed<'a>(
        &'a self,
        lock: &'a EventLock<'_>,
        before: &'a Event,
        after: &'a Event,
        clock: &'a Clock,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>>;
}
