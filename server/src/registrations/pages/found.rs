//! What an address names.

use crate::{
    events::{self, Event},
    http::Error,
    ids::EventId,
    registrations::{
        State,
        service::{self, Seen},
    },
};

/// An event that people can see: announced, cancelled or finished.
pub(super) async fn announced(state: &State, id: EventId) -> Result<Event, Error> {
    events::find(state.db.read(), id)
        .await?
        .filter(|event| event.row.status != events::EventStatus::Draft)
        .ok_or(Error::NotFound)
}

/// The registration that a link opens.
pub(super) async fn opened(state: &State, token: &str) -> Result<Seen, Error> {
    service::open(state, token).await?.ok_or(Error::NotFound)
}
