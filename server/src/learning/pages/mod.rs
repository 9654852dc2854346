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
use crate::http::{App, Error, assets};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    // Two scopes, so that an address is held against the patterns of its own only.
    let attempts = web::scope("/attempts/{id}")
        .service(web::resource("").route(web::get().to(attempt::question)))
        .service(web::resource("/answers").route(web::post().to(attempt::answer)))
        .service(
            web::resource("/finish")
                .route(web::get().to(attempt::before_finish))
                .route(web::post().to(attempt::finish)),
        )
        .service(web::resource("/review").route(web::get().to(attempt::review)));
    let courses = web::scope("/courses")
        .service(web::resource("").route(web::get().to(course::catalogue)))
        .service(web::resource("/{slug}").route(web::get().to(course::course)))
        .service(web::resource("/{slug}/lessons/{lesson}").route(web::get().to(lesson::read)))
        .service(web::resource("/{slug}/lessons/{lesson}/done").route(web::post().to(lesson::done)))
        .service(
            web::resource("/{slug}/lessons/{lesson}/questions/{question}")
                .route(web::post().to(lesson::answer)),
        )
        .service(web::resource("/{slug}/enrol").route(web::post().to(course::enrol)))
        .service(web::resource("/{slug}/test").route(web::get().to(attempt::before)))
        .service(web::resource("/{slug}/test/start").route(web::post().to(attempt::start)));
    config
        .service(courses)
        .service(attempts)
        .service(web::resource("/me").route(web::get().to(course::me)))
        .service(web::resource("/author/courses").route(web::get().to(course::workshop)))
        .service(
            web::resource("/manage/completions/{id}").route(web::get().to(course::completion)),
        );
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
