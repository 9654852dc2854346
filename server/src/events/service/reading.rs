//! What organisers see of events.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    events::{
        State,
        list::{OrganisedQuery, organised_filters},
        model::{Event, Places, Strands},
        store,
    },
    http::Lang,
    ids::EventId,
    list::{Extent, Filter, FoundRows},
    principal::{Principal, Role},
};

/// The strands on whose events somebody works: all for a manager, for an organiser those that were given.
///
/// # Errors
/// The database fails.
pub async fn strands_of(db: &impl ConnectionTrait, who: &Principal) -> Result<Strands, DbErr> {
    if who.roles.has(Role::Manager) {
        return Ok(Strands::All);
    }
    if !who.roles.has(Role::Organiser) {
        return Ok(Strands::Some([].into()));
    }
    store::granted_strands(db, who.account_id)
        .await
        .map(Strands::Some)
}

/// An event on which somebody works; `None` if there is none, or it is of a strand that they were not given.
///
/// # Errors
/// The database fails.
pub async fn for_organiser(
    db: &impl ConnectionTrait,
    who: &Principal,
    id: EventId,
) -> Result<Option<Event>, DbErr> {
    let strands = strands_of(db, who).await?;
    let found = store::find(db, id).await?;
    Ok(found.filter(|event| strands.has(&event.row.strand)))
}

/// An event in an organiser's list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    /// The event.
    pub event: Event,
    /// Its places.
    pub places: Places,
}

/// The filters of somebody's list of events.
///
/// # Errors
/// The database fails.
pub(crate) async fn filters(
    state: &State,
    who: &Principal,
    lang: Lang,
) -> Result<Vec<Filter>, DbErr> {
    let strands = strands_of(state.db.read(), who).await?;
    let months = store::months(state.db.read(), &strands).await?;
    // The latest first, like the events.
    Ok(organised_filters(
        &state.programme,
        lang,
        months.into_iter().rev(),
    ))
}

/// The events on which somebody works, that match a query.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "events.organised", skip_all)]
pub(crate) async fn organised(
    state: &State,
    who: &Principal,
    query: &OrganisedQuery,
    extent: Extent,
) -> Result<FoundRows<Listed>, DbErr> {
    let db = state.db.read();
    let strands = strands_of(db, who).await?;
    let found = store::organised(db, &strands, query, state.clock.now(), extent).await?;
    let places = places(state, found.rows.iter()).await?;
    Ok(found.map(|event| Listed {
        places: places.get(&event.row.id).copied().unwrap_or_default(),
        event,
    }))
}

/// The places of an event.
///
/// # Errors
/// The database fails.
pub(crate) async fn places_of(state: &State, event: &Event) -> Result<Places, DbErr> {
    let places = places(state, std::iter::once(event)).await?;
    Ok(places.get(&event.row.id).copied().unwrap_or_default())
}

/// The places of these events.
pub(super) async fn places(
    state: &State,
    events: impl Iterator<Item = &Event>,
) -> Result<BTreeMap<EventId, Places>, DbErr> {
    let asked: Vec<_> = events
        .map(|event| (event.row.id, event.row.capacity))
        .collect();
    state.on_change.places(&state.db, &asked).await
}
