//! The events that anybody sees.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{
        CacheControl, CacheDirective, ContentDisposition, DispositionParam, DispositionType,
    },
    web::{Data, ServiceConfig},
};

use crate::{
    events::{
        State,
        calendar::{CalendarMethod, CalendarSource, FEED_AGE},
        list::AnnouncedQuery,
        model::Event,
        service::{self, Listed},
        views::{
            Words,
            public::{EventCard, EventPage, EventsPage},
        },
    },
    http::{Anyone, Error, Path, Reply, Visit, VisitCore, address, route::page},
    ids::EventId,
    text::search_words,
};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Events>().get(events))
        .service(page::<address::EventsFeed>().get(feed))
        .service(page::<address::Event>().get(event))
        .service(page::<address::EventFile>().get(file));
}

/// `GET /{lang}/events?q=&city=&form=&kind=&audience=&month=&free=&when=&page=`: open to anyone.
async fn events(state: Data<State>, visit: Visit<Anyone>, request: HttpRequest) -> Reply {
    let filters = service::announced_filters(&state, visit.lang).await?;
    let query = AnnouncedQuery::read(request.query_string(), &filters);
    let found = service::announced(&state, &query).await?;
    visit.show(&EventsPage::new(
        (visit.theme(), visit.lang),
        &state.programme,
        (&query, &filters),
        found,
        state.clock.now(),
    ))
}

async fn find(state: &State, id: EventId) -> Result<Event, Error> {
    service::announced_one(&state.db, id)
        .await?
        .ok_or(Error::NotFound)
}

/// `GET /{lang}/events/{event}`: open to anyone; a draft is not found.
async fn event(state: Data<State>, visit: Visit<Anyone>, path: Path<address::Event>) -> Reply {
    let event = find(&state, path.event).await?;
    let places = service::places_of(&state, &event).await?;
    let materials = service::materials(&state.db, event.row.id).await?;
    visit.show(&EventPage::new(
        (visit.theme(), visit.lang),
        &state.programme,
        (&event, &materials),
        places,
        visit.shell().contact.email.as_deref(),
        state.clock.now(),
    ))
}

fn source<'a>(state: &State, visit: &'a VisitCore) -> CalendarSource<'a> {
    CalendarSource {
        theme: visit.theme(),
        lang: visit.lang,
        public_url: &visit.shell().public_url,
        contact_email: visit.shell().contact.email.as_deref(),
        now: state.clock.now(),
    }
}

/// `GET /{lang}/events/{event}/event.ics`: an event for a calendar; open to anyone.
async fn file(state: Data<State>, visit: Visit<Anyone>, path: Path<address::EventFile>) -> Reply {
    let event = find(&state, path.event).await?;
    let file = source(&state, &visit).event(&event, CalendarMethod::Publish, None);
    Ok(HttpResponse::Ok()
        .content_type(CALENDAR)
        .insert_header(ContentDisposition {
            disposition: DispositionType::Attachment,
            parameters: vec![DispositionParam::Filename("event.ics".to_owned())],
        })
        .body(file))
}

/// `GET /{lang}/events.ics`: every announced event that is still to come, for calendars that subscribe to it; open to
/// anyone.
async fn feed(state: Data<State>, visit: Visit<Anyone>) -> Reply {
    let events = service::coming(&state).await?;
    let name = visit.theme().text(visit.lang, "events-feed-name");
    let file = source(&state, &visit).feed(&name, &events);
    let seconds = u32::try_from(FEED_AGE.num_seconds()).unwrap_or_default();
    Ok(HttpResponse::Ok()
        .content_type(CALENDAR)
        .insert_header(CacheControl(vec![
            CacheDirective::Public,
            CacheDirective::MaxAge(seconds),
        ]))
        .body(file))
}

/// The events that come next and for which one can register, at most so many, for pages of other areas.
///
/// # Errors
/// The database fails.
pub(crate) async fn next_cards(
    state: &State,
    core: &VisitCore,
    most: usize,
) -> Result<Vec<EventCard>, Error> {
    next_events(state, (core.theme(), core.lang), most).await
}

/// The same without a visit.
///
/// # Errors
/// The database fails.
pub(crate) async fn next_events(
    state: &State,
    words: Words<'_>,
    most: usize,
) -> Result<Vec<EventCard>, Error> {
    let next = service::next(state, most).await?;
    Ok(cards(state, words, &next))
}

/// The coming events that a search finds by title, city and kind, at most so many; and how many there are.
///
/// # Errors
/// The database fails.
pub(crate) async fn found_cards(
    state: &State,
    core: &VisitCore,
    text: &str,
    most: usize,
) -> Result<(Vec<EventCard>, usize), Error> {
    let words = search_words(text);
    if words.is_empty() {
        return Ok((Vec::new(), 0));
    }
    let (found, total) = service::search(state, &words, core.lang, most).await?;
    let words = (core.theme(), core.lang);
    Ok((cards(state, words, &found), total))
}

fn cards(state: &State, words: Words<'_>, events: &[Listed]) -> Vec<EventCard> {
    let now = state.clock.now();
    let card = |listed: &Listed| EventCard::new(words, &state.programme, listed, now);
    events.iter().map(card).collect()
}

/// The media type of calendar files.
const CALENDAR: &str = "text/calendar; charset=utf-8";
