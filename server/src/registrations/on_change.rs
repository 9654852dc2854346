//! What follows for registrations when an organiser changes an event.

use std::collections::BTreeMap;

use futures::{FutureExt as _, future::LocalBoxFuture};
use sea_orm::DbErr;

use super::{
    places::{self, Refused},
    service,
    state::State,
};
use crate::{
    clock::Clock,
    db::Db,
    events::{Event, EventLock, OnEventChange, Places, Refusal, Session},
    ids::EventId,
};

impl OnEventChange for State {
    fn places<'a>(
        &'a self,
        db: &'a Db,
        events: &'a [(EventId, i32)],
    ) -> LocalBoxFuture<'a, Result<BTreeMap<EventId, Places>, DbErr>> {
        async move {
            let counted = places::counts_of(db.read(), events).await?;
            let places = counted.into_iter().map(|(id, counts)| {
                let (taken, waiting) = (counts.taken, counts.waiting);
                (id, Places { taken, waiting })
            });
            Ok(places.collect())
        }
        .boxed_local()
    }

    fn resize<'a>(
        &'a self,
        event: &'a EventLock<'_>,
        _clock: &'a Clock,
        capacity: i32,
    ) -> LocalBoxFuture<'a, Result<(), Refusal>> {
        async move {
            match service::resize_in(event, self, capacity).await {
                Ok(()) => Ok(()),
                Err(Refused::Taken { taken }) => Err(Refusal::TooFew { taken }),
                Err(Refused::Database(error)) => Err(error.into()),
                Err(error) => Err(DbErr::Custom(error.to_string()).into()),
            }
        }
        .boxed_local()
    }

    fn cancelled<'a>(
        &'a self,
        lock: &'a EventLock<'_>,
        _event: &'a Event,
        _clock: &'a Clock,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>> {
        service::event_cancelled_in(lock, self).boxed_local()
    }

    fn changed<'a>(
        &'a self,
        lock: &'a EventLock<'_>,
        before: &'a Event,
        after: &'a Event,
        _clock: &'a Clock,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>> {
        async move {
            let is_gone =
                |session: &&Session| !after.sessions.iter().any(|other| other.id == session.id);
            let gone: Vec<Session> = before.sessions.iter().filter(is_gone).cloned().collect();
            service::event_changed_in(lock, self, &gone).await
        }
        .boxed_local()
    }
}
