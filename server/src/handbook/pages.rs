//! The handlers of the handbooks and the glossary.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Query, ServiceConfig, block},
};
use course_compiler::{Course, Lesson};

use super::{
    State,
    model::version,
    print::Printing,
    views::{ChapterPage, GlossaryPage, HandbookPage, HandbooksPage, Reading},
};
use crate::{
    http::{
        Anyone, Error, Lang, Path, Reply, Visit,
        address::{self, Address as _},
        route::page,
        search::Search as SearchText,
        see_other,
    },
    learning::{Catalogue, Courses},
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
        // Before the pages, whose patterns these addresses fit, too.
        .service(page::<address::HandbookFile>().get(handbook_file))
        .service(page::<address::ChapterFile>().get(chapter_file))
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

/// The handbook of an address, and a chapter of it.
fn find<'a>(
    catalogue: &'a Catalogue,
    handbook: &str,
    chapter: Option<&str>,
) -> Option<(&'a Course, Option<&'a Lesson>)> {
    let handbook = catalogue.handbook_by_slug(handbook)?;
    let chapter = match chapter {
        Some(slug) => Some(
            handbook
                .lesson_by_slug(slug)
                .filter(|lesson| lesson.test_rules().is_none())?,
        ),
        None => None,
    };
    Some((handbook, chapter))
}

/// `GET /{lang}/handbook/{handbook}.pdf`: open to anyone.
async fn handbook_file(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::HandbookFile>,
) -> Reply {
    file(&state, &visit, &path.handbook, None).await
}

/// `GET /{lang}/handbook/{handbook}/{chapter}.pdf`: open to anyone.
async fn chapter_file(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::ChapterFile>,
) -> Reply {
    file(&state, &visit, &path.handbook, Some(&path.chapter)).await
}

async fn file(
    state: &State,
    visit: &Visit<Anyone>,
    handbook: &str,
    chapter: Option<&str>,
) -> Reply {
    let catalogue = state.courses.current();
    let (found, _) = find(&catalogue, handbook, chapter).ok_or(Error::NotFound)?;
    let name = file_name(visit.lang, found, chapter);
    let (handbook, chapter) = (handbook.to_owned(), chapter.map(str::to_owned));
    let (prints, theme, lang) = (state.prints.clone(), visit.theme().clone(), visit.lang);
    let public_url = Arc::clone(&visit.shell().public_url);
    // Making a document needs processor time: it runs outside the web worker's thread.
    let made = block(move || {
        let (handbook, chapter) = find(&catalogue, &handbook, chapter.as_deref())?;
        let printing = Printing {
            theme: &theme,
            lang,
            public_url: &public_url,
            content_hash: catalogue.content_hash(),
            handbook,
            chapter,
        };
        Some(prints.get(&printing))
    });
    let pdf = made
        .await
        .map_err(Error::internal)?
        .ok_or(Error::NotFound)?
        .map_err(Error::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.pdf\""),
        ))
        .body(pdf))
}

/// `handbook-budzets-lv-2026-11-29`: what it is, in which language, of which version.
fn file_name(lang: Lang, handbook: &Course, chapter: Option<&str>) -> String {
    let version = version(lang, handbook).map(|date| date.to_string());
    let parts = [
        Some(handbook.slug.clone()),
        chapter.map(str::to_owned),
        Some(lang.to_string()),
        version,
    ];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join("-");
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    name.chars()
        .map(|c| if is_plain(c) { c } else { '-' })
        .collect()
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
