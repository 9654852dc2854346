//! The handlers of learning: read the request, call a use case, show a page or redirect.

mod attempt;
mod course;
mod lesson;

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, ServiceConfig},
};

use super::{Catalogue, service::Context};
use crate::http::{App, Error, assets, route::page};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    // Two scopes, so that an address is held against the patterns of its own only.
    let attempts = web::scope("/attempts/{id}")
        .service(page("").get(attempt::question))
        .service(page("/answers").post(attempt::answer))
        .service(
            page("/finish")
                .get(attempt::before_finish)
                .post(attempt::finish),
        )
        .service(page("/review").get(attempt::review));
    let courses = web::scope("/courses")
        .service(page("").get(course::catalogue))
        .service(page("/{slug}").get(course::course))
        .service(page("/{slug}/lessons/{lesson}").get(lesson::read))
        .service(page("/{slug}/lessons/{lesson}/done").post(lesson::done))
        .service(page("/{slug}/lessons/{lesson}/questions/{question}").post(lesson::answer))
        .service(page("/{slug}/enrol").post(course::enrol))
        .service(page("/{slug}/test").get(attempt::before))
        .service(page("/{slug}/test/start").post(attempt::start));
    config
        .service(courses)
        .service(attempts)
        .service(page("/me").get(course::me))
        .service(page("/author/courses").get(course::workshop))
        .service(page("/manage/completions/{id}").get(course::completion));
}

/// `GET /media/{name}`: a file of a course, or a part of it, open to anyone. Its name changes with its content.
///
/// # Errors
/// [`Error::NotFound`] when no course has such a file (any more).
pub async fn media(
    app: web::Data<App>,
    name: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let catalogue = app.catalogue();
    let bytes = catalogue.asset(&name).ok_or(Error::NotFound)?;
    let content_type = assets::content_type(&name);
    Ok(assets::part_or_whole(&request, bytes, content_type))
}

pub(crate) fn context(app: &App, catalogue: &Arc<Catalogue>) -> Context {
    Context {
        clock: app.clock.clone(),
        db: app.db.clone(),
        catalogue: Arc::clone(catalogue),
        sittings: app.sittings.clone(),
        programme: Arc::clone(&app.programme),
        theme: app.theme.clone(),
        public_url: app.config.public_url(),
        is_demo: app.config.demo,
    }
}

/// An id in a path; what is none is nowhere.
fn id(text: &str) -> Result<uuid::Uuid, Error> {
    text.parse().map_err(|_| Error::NotFound)
}
