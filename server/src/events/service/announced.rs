//! The events that anybody sees.

use sea_orm::DbErr;

use super::reading::{Listed, places};
use crate::{
    db::Db,
    events::{
        State,
        list::{AnnouncedQuery, announced_filters as announced_filters_with},
        model::{Event, EventStatus},
        store::{self, Material},
    },
    http::Lang,
    ids::EventId,
    list::{Extent, Filter, FoundRows, page_of},
};

/// The filters of the public list.
///
/// # Errors
/// The database fails.
pub(crate) async fn announced_filters(state: &State, lang: Lang) -> Result<Vec<Filter>, DbErr> {
    let db = state.db.read();
    let cities = store::announced_cities(db).await?;
    let months = store::announced_months(db).await?;
    Ok(announced_filters_with(
        &state.programme,
        lang,
        cities,
        months,
    ))
}

/// The announced events that match a query, with their places.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "events.announced", skip_all)]
pub(crate) async fn announced(
    state: &State,
    query: &AnnouncedQuery,
) -> Result<FoundRows<Listed>, DbErr> {
    let now = state.clock.now();
    // Whether places are free is not known to the query.
    let extent = if query.has_free {
        Extent::All
    } else {
        query.list.extent()
    };
    let found = store::announced(state.db.read(), query, now, extent).await?;
    let places = places(state, found.rows.iter()).await?;
    let found = found.map(|event| Listed {
        places: places.get(&event.row.id).copied().unwrap_or_default(),
        event,
    });
    if !query.has_free {
        return Ok(found);
    }
    let mut rows = found.rows;
    rows.retain(|listed| {
        let row = &listed.event.row;
        listed.event.is_open(now) && listed.places.free_of(row.capacity) > 0
    });
    Ok(page_of(rows, query.list.extent()))
}

/// An announced event, also if it was cancelled or is over.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "events.announced_one", skip_all, fields(event.id = %id))]
pub(crate) async fn announced_one(db: &Db, id: EventId) -> Result<Option<Event>, DbErr> {
    let found = store::find(db.read(), id).await?;
    Ok(found.filter(|event| event.row.status != EventStatus::Draft))
}

/// The materials of an event.
///
/// # Errors
/// The database fails.
pub(crate) async fn materials(db: &Db, id: EventId) -> Result<Vec<Material>, DbErr> {
    store::materials(db.read(), id).await
}

/// Every announced event that is not over, the next one first.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "events.coming", skip_all)]
pub(crate) async fn coming(state: &State) -> Result<Vec<Event>, DbErr> {
    let query = AnnouncedQuery::read("", &[]);
    let now = state.clock.now();
    let found = store::announced(state.db.read(), &query, now, Extent::All).await?;
    Ok(found.rows)
}

/// The next announced events for which one can register, at most so many, with their places.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "events.next", skip_all)]
pub(crate) async fn next(state: &State, most: usize) -> Result<Vec<Listed>, DbErr> {
    let mut events = coming(state).await?;
    let now = state.clock.now();
    events.retain(|event| now < event.closes_at());
    events.truncate(most);
    listed(state, events).await
}

/// The announced events that are not over whose title, city or kind has every word, at most so many, the next one
/// first; and how many there are.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "events.search", skip_all)]
pub(crate) async fn search(
    state: &State,
    words: &[String],
    lang: Lang,
    most: usize,
) -> Result<(Vec<Listed>, usize), DbErr> {
    let mut events = coming(state).await?;
    events.retain(|event| {
        let kind = state.programme.event_kind(&event.row.kind);
        let kind = kind.map_or("", |kind| kind.name(lang));
        let text = format!("{} {}", event.row.search_folded, crate::text::fold(kind));
        words.iter().all(|word| text.contains(word.as_str()))
    });
    let total = events.len();
    events.truncate(most);
    Ok((listed(state, events).await?, total))
}

async fn listed(state: &State, events: Vec<Event>) -> Result<Vec<Listed>, DbErr> {
    let places = places(state, events.iter()).await?;
    let listed = |event: Event| Listed {
        places: places.get(&event.row.id).copied().unwrap_or_default(),
        event,
    };
    Ok(events.into_iter().map(listed).collect())
}
