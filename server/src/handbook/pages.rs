//! The handlers of the handbook and the glossary.

use actix_web::web::{Data, Query, ServiceConfig};

use super::views::{ChapterPage, GlossaryPage, HandbookPage};
use crate::{
    http::{Anyone, Error, Path, Reply, Visit, address, route::page, search::Search as SearchText},
    learning::Courses,
};

/// What a visitor looks for; empty shows the contents alone.
#[derive(Debug, Default, serde::Deserialize)]
struct Search {
    #[serde(default)]
    q: SearchText,
}

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Glossary>().get(glossary))
        .service(page::<address::Handbook>().get(handbook))
        .service(page::<address::Chapter>().get(chapter));
}

/// `GET /{lang}/handbook`: open to anyone.
async fn handbook(courses: Data<Courses>, visit: Visit<Anyone>, search: Query<Search>) -> Reply {
    let catalogue = courses.current();
    let handbook = catalogue.handbook().ok_or(Error::NotFound)?;
    let page = HandbookPage::new(visit.theme(), visit.lang, handbook, search.q.as_str());
    visit.show(&page)
}

/// `GET /{lang}/handbook/{chapter}`: open to anyone.
async fn chapter(
    courses: Data<Courses>,
    visit: Visit<Anyone>,
    path: Path<address::Chapter>,
) -> Reply {
    let catalogue = courses.current();
    let handbook = catalogue.handbook().ok_or(Error::NotFound)?;
    let chapter = handbook
        .lesson_by_slug(&path.chapter)
        .filter(|lesson| lesson.test_rules().is_none())
        .ok_or(Error::NotFound)?;
    visit.show(&ChapterPage::new(visit.lang, handbook, chapter))
}

/// `GET /{lang}/glossary`: open to anyone.
async fn glossary(courses: Data<Courses>, visit: Visit<Anyone>) -> Reply {
    let catalogue = courses.current();
    visit.show(&GlossaryPage::new(visit.lang, catalogue.glossary()))
}
