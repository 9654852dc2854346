//! The handlers of the site's own pages.

use actix_web::web::{Data, ServiceConfig};

use super::{
    State,
    views::{ContactPage, HomePage, StyleguidePage},
};
use crate::{
    events,
    http::{Anyone, Reply, Visit, address, route::page},
    learning,
};

/// How many coming events the front page names.
const COMING: usize = 3;

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Home>().get(home))
        .service(page::<address::Contact>().get(contact))
        .service(page::<address::Styleguide>().get(styleguide));
}

/// `GET /{lang}/`: open to anyone; leads on whoever is in a course.
async fn home(state: Data<State>, visit: Visit<Anyone>) -> Reply {
    let going_on = match &visit.who {
        Some(who) => learning::going_on(&state.learning, &visit, who.person_id).await?,
        None => None,
    };
    let courses = state.courses.current();
    let coming = events::next_cards(&state.events, &visit, COMING).await?;
    let page = HomePage::new(visit.theme(), visit.lang, &courses, going_on);
    visit.show(&page.with_events(coming))
}

/// `GET /{lang}/contact`: open to anyone.
async fn contact(visit: Visit<Anyone>) -> Reply {
    visit.show(&ContactPage::new(&visit.shell().contact))
}

/// `GET /{lang}/styleguide`: open to anyone.
async fn styleguide(visit: Visit<Anyone>) -> Reply {
    visit.show(&StyleguidePage::new(visit.theme(), visit.lang))
}
