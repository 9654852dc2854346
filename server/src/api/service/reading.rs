//! Reading events and their registrations.

use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    api::model::{PlacedEvent, Queued},
    db::Db,
    events::{self, Event, EventFilter},
    ids::{EventId, RegistrationId},
    principal::Principal,
    registrations::{self, Registration, RegistrationState},
};

/// The events that somebody works on and that match, at most so many.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "api.events", skip_all)]
pub(in crate::api) async fn events(
    db: &Db,
    who: &Principal,
    filter: EventFilter,
    at_most: u64,
) -> Result<Vec<PlacedEvent>, DbErr> {
    let db = db.read();
    let filter = EventFilter {
        strands: events::strands_of(db, who).await?,
        ..filter
    };
    let found = events::page_of(db, &filter, at_most).await?;
    let capacities: Vec<_> = found
        .iter()
        .map(|event| (event.row.id, event.row.capacity))
        .collect();
    let mut counts = registrations::counts_of(db, &capacities).await?;
    let placed = |event: Event| PlacedEvent {
        places: counts.remove(&event.row.id).unwrap_or_default(),
        event,
    };
    Ok(found.into_iter().map(placed).collect())
}

/// An event that somebody works on; `None` if there is none, or it is of a strand that they were not given.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "api.event", skip_all)]
pub(in crate::api) async fn event(
    db: &Db,
    who: &Principal,
    id: EventId,
) -> Result<Option<PlacedEvent>, DbErr> {
    let db = db.read();
    let Some(event) = events::for_organiser(db, who, id).await? else {
        return Ok(None);
    };
    let places = registrations::counts(db, id, event.row.capacity).await?;
    Ok(Some(PlacedEvent { event, places }))
}

/// Adds the places in the queue to registrations of an event.
///
/// # Errors
/// The database fails.
pub(in crate::api) async fn in_queue(
    db: &impl ConnectionTrait,
    event_id: EventId,
    found: Vec<Registration>,
) -> Result<Vec<Queued>, DbErr> {
    let waits = |row: &Registration| row.state == RegistrationState::Waiting;
    let waiting = if found.iter().any(waits) {
        registrations::waiting_numbers(db, event_id).await?
    } else {
        Vec::new()
    };
    let queued = |registration: Registration| Queued {
        queue_place: waiting
            .binary_search(&registration.number)
            .ok()
            .filter(|_| waits(&registration))
            .and_then(|before| i32::try_from(before + 1).ok()),
        registration,
    };
    Ok(found.into_iter().map(queued).collect())
}

/// The registrations of an event that were made after another one, at most so many.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "api.registrations", skip_all)]
pub(in crate::api) async fn registrations(
    db: &Db,
    event_id: EventId,
    after: Option<RegistrationId>,
    at_most: u64,
) -> Result<Vec<Queued>, DbErr> {
    let found = registrations::page_of(db.read(), event_id, after, at_most).await?;
    in_queue(db.read(), event_id, found).await
}

/// A registration of an event.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "api.registration", skip_all)]
pub(in crate::api) async fn registration(
    db: &Db,
    event_id: EventId,
    id: RegistrationId,
) -> Result<Option<Queued>, DbErr> {
    let found = registrations::find_of(db.read(), event_id, id).await?;
    let queued = in_queue(db.read(), event_id, found.into_iter().collect()).await?;
    Ok(queued.into_iter().next())
}
