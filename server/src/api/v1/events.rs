//! `/api/v1/events`.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use chrono::{DateTime, Utc};

use super::{
    caller::{Caller, Read},
    problem::Problem,
    query::{self, Parameters},
    schema::{EventItem, EventPage},
};
use crate::{
    api::{State, model::PlacedEvent, service},
    events::{EventFilter, Strands, status_from_slug},
    http::Error,
    ids::EventId,
};

/// A moment by RFC 3339. A `+` that was not encoded in the query arrives as a space.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let read = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    let moment = read(text).or_else(|| read(&text.replace(' ', "+")))?;
    Some(moment.with_timezone(&Utc))
}

/// Events
///
/// The events of the strands that the owner of the token works on, drafts too, in the order in which they were made.
#[utoipa::path(
    get,
    path = "/api/v1/events",
    operation_id = "listEvents",
    tag = "events",
    params(
        ("status" = Option<String>, Query, pattern = "^(draft|published|cancelled|finished)$", description = "Only those with this status: `draft`, `published`, `cancelled` or `finished`."),
        ("from" = Option<String>, Query, format = DateTime, description = "Only those that begin at this moment or later (RFC 3339).", example = "2026-12-01T00:00:00Z"),
        ("until" = Option<String>, Query, format = DateTime, description = "Only those that begin before this moment (RFC 3339).", example = "2027-01-01T00:00:00+02:00"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "How many at most; 50 if it is left out."),
        ("cursor" = Option<String>, Query, format = "uuid", description = "Where the page begins, as in `next`."),
    ),
    responses((status = 200, description = "A page of events.", body = EventPage)),
    security(("token" = ["events:read"]))
)]
pub(super) async fn list(
    caller: Caller<Read>,
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let known = ["status", "from", "until", "limit", "cursor"];
    let mut parameters = Parameters::of(&request, &known);
    let is_moment = "This has to be a moment such as 2026-12-01T00:00:00Z (RFC 3339).";
    let is_status = "There is no such status: there are draft, published, cancelled and finished.";
    let filter = EventFilter {
        strands: Strands::default(),
        status: parameters.read("status", is_status, status_from_slug),
        from: parameters.read("from", is_moment, moment),
        until: parameters.read("until", is_moment, moment),
        after: parameters.cursor::<EventId>(),
    };
    let limit = parameters.limit();
    parameters.check()?;
    // One more than the page shows whether another follows.
    let mut found = service::events(&state.db, &caller.who, filter, limit + 1)
        .await
        .map_err(Error::from)?;
    let has_next = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = found.last().map(|placed| placed.event.row.id);
    let next = last
        .filter(|_| has_next)
        .map(|last| parameters.next(&request, last));
    Ok(HttpResponse::Ok().json(EventPage {
        items: found.into_iter().map(EventItem::from).collect(),
        next,
    }))
}

/// The event in the path, if the caller works on it.
pub(super) async fn of_path<N>(
    caller: &Caller<N>,
    state: &State,
    request: &HttpRequest,
) -> Result<PlacedEvent, Problem> {
    let id = query::id::<EventId>(request, "id")?;
    service::event(&state.db, &caller.who, id)
        .await
        .map_err(Error::from)?
        .ok_or_else(Problem::not_found)
}

/// One event
#[utoipa::path(
    get,
    path = "/api/v1/events/{id}",
    operation_id = "readEvent",
    tag = "events",
    params(("id" = String, Path, format = "uuid", description = "The id of the event.")),
    responses((status = 200, description = "The event.", body = EventItem)),
    security(("token" = ["events:read"]))
)]
pub(super) async fn one(
    caller: Caller<Read>,
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    Parameters::of(&request, &[]).check()?;
    let placed = of_path(&caller, &state, &request).await?;
    Ok(HttpResponse::Ok().json(EventItem::from(placed)))
}
