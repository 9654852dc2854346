//! The handlers of the handbook and the glossary.

use actix_web::web::{self, Data, Path, Query, ServiceConfig};

use super::views::{ChapterPage, GlossaryPage, HandbookPage};
use crate::http::{Anyone, App, Error, Lang, Reply, Visit};

/// The longest query that is searched for, in characters; of a longer one, its beginning.
const LONGEST_QUERY: usize = 200;

/// What a visitor looks for; empty shows the contents alone.
#[derive(Debug, Default, serde::Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
}

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(web::resource("/glossary").route(web::get().to(glossary)))
        .service(web::resource("/handbook").route(web::get().to(handbook)))
        .service(web::resource("/handbook/{chapter}").route(web::get().to(chapter)));
}

/// `GET /{lang}/handbook`: open to anyone.
async fn handbook(app: Data<App>, visit: Visit<Anyone>, search: Query<Search>) -> Reply {
    let catalogue = app.catalogue();
    let handbook = catalogue.handbook().ok_or(Error::NotFound)?;
    let query: String = search.q.trim().chars().take(LONGEST_QUERY).collect();
    let page = HandbookPage::new(&app.theme, visit.lang, handbook, &query);
    visit.show(&app, &page)
}

/// `GET /{lang}/handbook/{chapter}`: open to anyone.
async fn chapter(app: Data<App>, visit: Visit<Anyone>, path: Path<(Lang, String)>) -> Reply {
    let catalogue = app.catalogue();
    let handbook = catalogue.handbook().ok_or(Error::NotFound)?;
    let chapter = handbook
        .lesson_by_slug(&path.1)
        .filter(|lesson| lesson.test_rules().is_none())
        .ok_or(Error::NotFound)?;
    visit.show(&app, &ChapterPage::new(visit.lang, handbook, chapter))
}

/// `GET /{lang}/glossary`: open to anyone.
async fn glossary(app: Data<App>, visit: Visit<Anyone>) -> Reply {
    let catalogue = app.catalogue();
    visit.show(&app, &GlossaryPage::new(visit.lang, catalogue.glossary()))
}
