//! The handlers of learning: read the request, call a use case, show a page or redirect.

mod answering;
mod attempt;
mod course;
mod lesson;

use actix_files::NamedFile;
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, ServiceConfig},
};

use super::State;
use crate::http::{Error, assets, route::page};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    // Two scopes, so that an address is held against the patterns of its own only.
    let attempts = web::scope("/attempts/{id}")
        .service(page("").get(attempt::question))
        .service(page("/answers").post(attempt::answer))
        .service(page("/answers/clear").post(attempt::clear))
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
        .service(page("/{slug}/lessons/{lesson}/questions/{question}/clear").post(lesson::clear))
        .service(page("/{slug}/enrol").post(course::enrol))
        .service(page("/{slug}/test").get(attempt::before))
        .service(page("/{slug}/test/start").post(attempt::start));
    config
        .service(courses)
        .service(attempts)
        .service(page("/me").get(course::me))
        .service(page("/author/courses").get(course::author_courses))
        .service(page("/manage/completions/{id}").get(course::completion));
}

/// `GET /media/{name}`: a file of a course, or the part of it that a player asks for, open to anyone. Its name
/// changes with its content. It is read from the folder of the compiled courses as it is sent.
///
/// # Errors
/// [`Error::NotFound`] when no course has such a file (any more).
pub async fn media(
    state: web::Data<State>,
    name: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    if !state.courses.current().has_asset(&name) {
        return Err(Error::NotFound);
    }
    let file = NamedFile::open_async(state.media_dir.join(name.as_str()))
        .await
        .map_err(|error| Error::internal(format!("{name}: {error}")))?;
    let mut answer = file.disable_content_disposition().into_response(&request);
    let (name, value) = assets::FOR_GOOD;
    answer
        .headers_mut()
        .insert(name, header::HeaderValue::from_static(value));
    Ok(answer)
}
