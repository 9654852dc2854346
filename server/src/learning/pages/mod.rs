//! The handlers of learning: read the request, call a use case, show a page or redirect.

mod attempt;
mod course;
mod lesson;

use std::str::FromStr;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, ServiceConfig},
};

use course_compiler::{Question, QuestionView, Response};

use super::{State, model::Replacing};
use crate::http::{Error, Lang, Posted, assets, route::page, theme::TrustedHtml};

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
        .service(page("/author/courses").get(course::workshop))
        .service(page("/manage/completions/{id}").get(course::completion));
}

/// `GET /media/{name}`: a file of a course, or a part of it, open to anyone. Its name changes with its content.
///
/// # Errors
/// [`Error::NotFound`] when no course has such a file (any more).
pub async fn media(
    state: web::Data<State>,
    name: web::Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let catalogue = state.courses.current();
    let bytes = catalogue.asset(&name).ok_or(Error::NotFound)?;
    let content_type = assets::content_type(&name);
    Ok(assets::part_or_whole(&request, bytes, content_type))
}

/// The field that carries the version of the answer that a form was shown with, and the header that tells
/// a script the version of what was saved.
const VERSION_FIELD: &str = "version";
const VERSION_HEADER: &str = "answer-version";

/// The language that a form's button asks for.
/// Whether a form that shows another answer as saved was sent by a button that chooses neither: the one that
/// changes the language, or the one that leads to handing in.
fn leaves_open(form: &Posted) -> bool {
    !form.get("beside").is_empty() && (switch_to(form).is_some() || form.get("go") == "review")
}

fn switch_to(form: &Posted) -> Option<Lang> {
    Lang::from_tag(form.get("switch"))
}

/// What a form says of the answer that it replaces.
fn replacing<V: FromStr>(question: &Question, lang: Lang, form: &Posted) -> Replacing<V> {
    let unconfirmed = form.raw("unconfirmed");
    let sent: Vec<(String, String)> = url::form_urlencoded::parse(unconfirmed.as_bytes())
        .into_owned()
        .collect();
    Replacing {
        version: form.get(VERSION_FIELD).parse().ok(),
        unconfirmed: if sent.is_empty() {
            None
        } else {
            question.read(&sent, lang.into()).ok().flatten()
        },
        may_empty: form.get("empty") == "yes",
    }
}

/// Tells a script that an answer is saved, with its version, and what is still to be asked or told about it.
fn saved(version: impl ToString, remark: Option<Remark>) -> HttpResponse {
    let version = (VERSION_HEADER, version.to_string());
    match remark {
        None => HttpResponse::NoContent().insert_header(version).finish(),
        Some(remark) => HttpResponse::Ok().insert_header(version).json(remark),
    }
}

/// What a script gets to show about an answer that was saved and is not complete.
#[derive(serde::Serialize)]
struct Remark {
    /// What there is to say.
    detail: String,
    /// The question's fields as the page now shows them, with what is asked beneath.
    html: TrustedHtml,
}

impl Remark {
    /// What is still to be asked or told about an answer.
    fn about(question: &Question, response: &Response, lang: Lang) -> Option<Self> {
        let detail = question.remark(response, lang.into())?;
        let id = question.id.to_string();
        let html = question.render(&QuestionView {
            response: Some(response),
            ..QuestionView::new(lang.into(), &id)
        });
        Some(Self {
            detail,
            html: TrustedHtml(html),
        })
    }
}

/// An id in a path; what is none is nowhere.
fn id(text: &str) -> Result<uuid::Uuid, Error> {
    text.parse().map_err(|_| Error::NotFound)
}
