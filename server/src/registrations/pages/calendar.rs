//! The feed of a person's own events.

use actix_web::{
    HttpResponse,
    http::header::{CacheControl, CacheDirective},
    web::{Data, ServiceConfig},
};

use crate::{
    events::CalendarSource,
    http::{
        Anyone, Error, Flash, Path, Posted, Reply, SignedIn, Visit, address, route::page, see_other,
    },
    registrations::{
        State,
        service::{calendar, own::Own},
        views::calendar::{RenewFeedPage, entry},
    },
};

/// For how many seconds a program may keep the feed.
const AGE: u32 = 15 * 60;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::MyFeed>().get(renew_form).post(renew))
        .service(page::<address::OwnFeed>().not_a_destination().get(feed));
}

/// `GET /{lang}/me/events/calendar`: asks before the address is renewed.
async fn renew_form(state: Data<State>, visit: Visit<SignedIn>) -> Reply {
    let is_made = calendar::token_of(&state, visit.who.account_id)
        .await?
        .is_some();
    visit.show(&RenewFeedPage::new(is_made))
}

/// `POST /{lang}/me/events/calendar`: makes the address, or a new one.
async fn renew(state: Data<State>, visit: Visit<SignedIn>, _posted: Posted) -> Reply {
    calendar::renew(&state, visit.who.account_id).await?;
    let back = visit.url(&address::MyEvents);
    Ok(Flash::success("flash-feed-made").on(see_other(&back)))
}

/// `GET /{lang}/calendar/{token}/events.ics`: for whoever has the address; private, because it says where somebody is.
async fn feed(state: Data<State>, visit: Visit<Anyone>, path: Path<address::OwnFeed>) -> Reply {
    let own = calendar::feed(&state, &path.token)
        .await?
        .ok_or(Error::NotFound)?;
    let now = state.clock.now();
    let source = CalendarSource {
        theme: visit.theme(),
        lang: visit.lang,
        public_url: &visit.shell().public_url,
        contact_email: state.contact_email.as_deref(),
        now,
    };
    let entries: Vec<_> = own
        .iter()
        .map(|one: &Own| entry(visit.lang, one, now))
        .collect();
    let name = visit.theme().text(visit.lang, "my-feed-name");
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header(CacheControl(vec![
            CacheDirective::Private,
            CacheDirective::MaxAge(AGE),
        ]))
        .insert_header(("X-Robots-Tag", "noindex, nofollow"))
        .body(source.own_feed(&name, &entries)))
}
