//! The handlers of the handbooks and the glossary.

use actix_web::web::{Data, Query, ServiceConfig};

use super::views::{ChapterPage, GlossaryPage, HandbookPage, HandbooksPage, Reading};
use crate::{
    http::{
        Anyone, Error, Path, Reply, Visit,
        address::{self, Address as _},
        route::page,
        search::Search as SearchText,
        see_other,
    },
    learning::Courses,
};

/// The search; empty shows the table of contents only.
#[derive(Debug, Default, serde::Deserialize)]
struct Search {
    #[serde(default)]
    q: SearchText,
}

/// What a reader of a chapter has set out to do; what is not understood is nothing.
#[derive(Debug, Default, serde::Deserialize)]
struct Way {
    #[serde(default)]
    task: String,
}

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Glossary>().get(glossary))
        .service(page::<address::Handbook>().get(handbooks))
        .service(page::<address::HandbookContents>().get(handbook))
        .service(page::<address::Chapter>().get(chapter));
}

/// `GET /{lang}/handbook`: open to anyone. If there is only one handbook, redirects to it.
async fn handbooks(courses: Data<Courses>, visit: Visit<Anyone>) -> Reply {
    let catalogue = courses.current();
    let open: Vec<_> = catalogue.handbooks().collect();
    match open.as_slice() {
        [] => Err(Error::NotFound),
        [handbook] => {
            let handbook = (*handbook).into();
            Ok(see_other(
                &address::HandbookContents { handbook }.url(visit.lang),
            ))
        }
        several => visit.show(&HandbooksPage::new(visit.theme(), visit.lang, several)),
    }
}

/// `GET /{lang}/handbook/{handbook}`: open to anyone.
async fn handbook(
    courses: Data<Courses>,
    visit: Visit<Anyone>,
    path: Path<address::HandbookContents>,
    search: Query<Search>,
) -> Reply {
    let catalogue = courses.current();
    let handbook = catalogue
        .handbook_by_slug(&path.handbook)
        .ok_or(Error::NotFound)?;
    let page = HandbookPage::new(
        visit.theme(),
        visit.lang,
        &catalogue,
        handbook,
        search.q.as_str(),
    );
    visit.show(&page)
}

/// `GET /{lang}/handbook/{handbook}/{chapter}`: open to anyone.
async fn chapter(
    courses: Data<Courses>,
    visit: Visit<Anyone>,
    path: Path<address::Chapter>,
    way: Query<Way>,
) -> Reply {
    let catalogue = courses.current();
    let handbook = catalogue
        .handbook_by_slug(&path.handbook)
        .ok_or(Error::NotFound)?;
    let Some(chapter) = handbook.lesson_by_slug(&path.chapter) else {
        let moved = handbook.lesson_by_slug_before(&path.chapter);
        return Err(moved.map_or(Error::NotFound, |chapter| {
            Error::Moved(visit.url(&address::Chapter {
                handbook: path.handbook.clone(),
                chapter: chapter.into(),
            }))
        }));
    };
    if chapter.test_rules().is_some() {
        return Err(Error::NotFound);
    }
    let reading = Reading {
        handbook,
        chapter,
        task: handbook.tasks.iter().find(|task| task.id == way.task),
    };
    let page = ChapterPage::new(visit.theme(), visit.lang, &catalogue, &reading);
    visit.show(&page)
}

/// `GET /{lang}/glossary`: open to anyone.
async fn glossary(courses: Data<Courses>, visit: Visit<Anyone>, search: Query<Search>) -> Reply {
    let catalogue = courses.current();
    let query = search.q.as_str();
    visit.show(&GlossaryPage::new(
        visit.theme(),
        visit.lang,
        &catalogue,
        query,
    ))
}
