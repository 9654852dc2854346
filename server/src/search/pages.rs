//! The handler of the search.

use actix_web::web::{Data, Query, ServiceConfig};

use super::{
    model::Kind,
    views::{Asked, SearchPage},
};
use crate::{
    events,
    http::{Anyone, Reply, Visit, address, route::page, search::Search as SearchText},
    learning::{self, State},
};

/// How many coming events are shown beside other hits.
const EVENTS: usize = 5;

/// What a visitor looks for.
#[derive(Debug, Default, serde::Deserialize)]
struct Search {
    #[serde(default)]
    q: SearchText,
    /// Among what alone; what is not understood is among everything.
    #[serde(default, rename = "in")]
    kind: String,
}

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config.service(page::<address::Search>().get(search));
}

/// `GET /{lang}/search`: open to anyone. A lesson is linked for those who may open it; others are led to its course.
async fn search(
    state: Data<State>,
    coming: Data<events::State>,
    visit: Visit<Anyone>,
    search: Query<Search>,
) -> Reply {
    let catalogue = state.courses.current();
    let own = match &visit.who {
        Some(who) if !search.q.as_str().is_empty() => {
            learning::courses_of(&state.db, who.person_id).await?
        }
        _ => Vec::new(),
    };
    let asked = Asked {
        text: search.q.as_str(),
        kind: Kind::from_word(&search.kind),
        own: &own,
    };
    let (mut cards, all) = events::found_cards(&coming, &visit, asked.text, EVENTS).await?;
    if asked.kind.is_some() {
        cards.clear();
    }
    visit.show(&SearchPage::new(
        (visit.theme(), visit.lang),
        &catalogue,
        &asked,
        (cards, all),
    ))
}
