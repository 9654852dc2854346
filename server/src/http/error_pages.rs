//! Error responses: a page, or `application/problem+json`.
//!
//! The response says what happened and what to do next; the cause is logged with the request's id and is
//! never part of the response.

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError as _,
    body::{BodySize, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, Uri, header},
    middleware::Next,
};
use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::{
    Error, Flash, Lang,
    address::{self, Address as _},
    form::MAX_BYTES,
    methods::{Allow, page_above},
    see_other,
    theme::Theme,
    visit::{Section, View, VisitCore, address_of, page_of_form},
};

/// The error page's data.
#[derive(Debug, Serialize)]
pub struct ErrorPage {
    error: ErrorView,
}

#[derive(Debug, Serialize)]
struct ErrorView {
    status: u16,
    title: String,
    text: String,
    request_id: String,
    next: Vec<NextStep>,
}

/// A link to what can be done instead.
#[derive(Debug, Serialize)]
struct NextStep {
    url: String,
    label: String,
}

impl ErrorPage {
    fn new(theme: &Theme, lang: Lang, request_id: &str, error: &Error) -> Self {
        let slug = error.slug();
        let step = |url: String, key: &str| NextStep {
            url,
            label: theme.text(lang, key),
        };
        Self {
            error: ErrorView {
                status: error.status_code().as_u16(),
                title: theme.text(lang, &format!("error-{slug}-title")),
                text: match error {
                    Error::Refused(why) => why.clone(),
                    Error::TooLarge => {
                        let kilobytes = u32::try_from(MAX_BYTES / 1024).unwrap_or(u32::MAX);
                        let args = [("kilobytes", kilobytes.into())];
                        theme.text_with(lang, "error-too-large-text", &args)
                    }
                    _ => theme.text(lang, &format!("error-{slug}-text")),
                },
                request_id: request_id.to_owned(),
                next: vec![
                    step(address::Home.url(lang), "error-next-home"),
                    step(address::Courses.url(lang), "error-next-courses"),
                    step(address::Contact.url(lang), "error-next-contact"),
                ],
            },
        }
    }
}

impl View for ErrorPage {
    const TEMPLATE: &'static str = "pages/error.html";
    const SECTION: Section = Section::None;
    const IS_INDEXED: bool = false;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.error.title.clone()
    }

    fn next(&self, _: &str) -> Option<String> {
        None
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        [
            Error::NotFound,
            Error::Forbidden,
            Error::MethodNotAllowed,
            Error::FormExpired,
            Error::CrossSite,
            Error::BadRequest("sample"),
            Error::AddressTooLong,
            Error::TooLarge,
            Error::TooSlow,
            Error::NotAForm,
            Error::Refused("sample".to_owned()),
            Error::TooMany {
                retry_after_seconds: 60,
            },
            Error::Internal("sample".to_owned()),
            Error::SignInNeeded,
            Error::SecondFactorNeeded,
        ]
        .iter()
        .map(|error| Self::new(theme, lang, "0123456789abcdef", error))
        .collect()
    }
}

/// RFC 9457, Problem Details for HTTP APIs.
#[derive(Debug, Serialize)]
struct Problem<'a> {
    r#type: &'a str,
    title: &'a str,
    status: u16,
    detail: &'a str,
    instance: &'a str,
}

/// Middleware: gives every failed request its error response, and logs errors of the server.
///
/// # Errors
/// Only what the connection itself raises.
pub async fn pages_for_errors(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if let Some(error) = unreadable_address(request.uri()) {
        let (request, _) = request.into_parts();
        let answer = answer(&request, &error).await;
        return Ok(ServiceResponse::new(request, answer));
    }
    let (request, response) = next.call(request).await?.map_into_boxed_body().into_parts();
    let status = response.status();
    let answer = if is_problem(&response) {
        None
    } else if let Some(cause) = response.error() {
        match cause.as_error::<Error>() {
            Some(error) => Some(answer(&request, error).await),
            None => Some(answer(&request, &foreign(status, cause)).await),
        }
    } else if matches!(response.body().size(), BodySize::None | BodySize::Sized(0)) {
        match status {
            StatusCode::NOT_FOUND => Some(answer(&request, &Error::NotFound).await),
            StatusCode::METHOD_NOT_ALLOWED => {
                Some(answer(&request, &Error::MethodNotAllowed).await)
            }
            _ => None,
        }
    } else {
        None
    };
    Ok(ServiceResponse::new(request, answer.unwrap_or(response)))
}

/// The media type of RFC 9457.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// Whether a response is complete: the API answers its own mistakes.
fn is_problem<B>(response: &HttpResponse<B>) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes() == PROBLEM_JSON.as_bytes())
}

/// Whether the request is one of a program, which is always told in JSON and in English.
fn is_of_api(request: &HttpRequest) -> bool {
    request.path().starts_with("/api/")
}

/// The longest path, and the longest address with its query, in bytes; far longer than those of this site.
const LONGEST_PATH: usize = 4 * 1024;
const LONGEST_ADDRESS: usize = 32 * 1024;

/// Checks an address before it is routed.
fn unreadable_address(address: &Uri) -> Option<Error> {
    let (path, query) = (address.path(), address.query().unwrap_or_default());
    if path.len() > LONGEST_PATH || path.len() + query.len() > LONGEST_ADDRESS {
        return Some(Error::AddressTooLong);
    }
    // No page has such a path, and PostgreSQL refuses it as a parameter.
    let is_text = percent_decode_str(path)
        .decode_utf8()
        .is_ok_and(|path| !path.contains('\0'));
    (!is_text).then_some(Error::NotFound)
}

/// The error for a rejection by one of the framework's extractors.
fn foreign(status: StatusCode, cause: &actix_web::Error) -> Error {
    match status {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Error::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge,
        status if status.is_client_error() => Error::BadRequest("unreadable"),
        _ => Error::internal(cause),
    }
}

async fn answer(request: &HttpRequest, error: &Error) -> HttpResponse {
    if let Error::Moved(url) = error {
        return moved(request, url);
    }
    let Ok(mut visit) = VisitCore::of(request) else {
        return HttpResponse::new(error.status_code());
    };
    if is_of_api(request) {
        visit.lang = Lang::En;
    } else if is_met_before_the_visit(error) {
        visit = visit.recognised(request).await;
    }
    if matches!(error, Error::MethodNotAllowed) {
        visit = visit.opened(request);
    }
    let status = error.status_code();
    if status.is_server_error() {
        tracing::error!(request.route = route(request), %error, "request failed");
    } else {
        tracing::debug!(request.route = route(request), %error, "request refused");
    }
    let accept = request.headers().get(header::ACCEPT);
    let accepts_json = accept
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("json") && !accept.contains("text/html"));
    let wants_json = accepts_json || is_of_api(request);
    if !wants_json && matches!(error, Error::SignInNeeded) {
        return to_sign_in(request, &visit);
    }
    if !wants_json && matches!(error, Error::SecondFactorNeeded) {
        let set_up = see_other(&visit.url(&address::MySecondFactor));
        return Flash::info("flash-second-factor-needed").on(set_up);
    }
    let page = ErrorPage::new(visit.theme(), visit.lang, &visit.request_id, error);
    let mut builder = HttpResponseBuilder::new(status);
    match error {
        Error::TooMany {
            retry_after_seconds,
        } => {
            builder.insert_header((header::RETRY_AFTER, retry_after_seconds.to_string()));
        }
        Error::MethodNotAllowed => {
            if let Some(allow) = request.extensions().get::<Allow>() {
                builder.insert_header((header::ALLOW, allow.0.clone()));
            }
        }
        // The rest of the body is not read.
        Error::TooSlow | Error::TooLarge => {
            builder.force_close();
        }
        _ => {}
    }
    if wants_json {
        let problem = Problem {
            r#type: &format!("urn:iespeja:problem:{}", error.slug()),
            title: &page.error.title,
            status: page.error.status,
            detail: &page.error.text,
            instance: &page.error.request_id,
        };
        return builder
            .content_type(PROBLEM_JSON)
            .body(serde_json::to_string(&problem).unwrap_or_default());
    }
    visit
        .show_as(&mut builder, &page)
        .unwrap_or_else(|failure| {
            tracing::error!(%failure, "the error page failed");
            HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR)
        })
}

/// Leads to the address that a page has now, with the same query. A form that was sent to the old one is sent again
/// by the browser, whole (308).
fn moved(request: &HttpRequest, url: &str) -> HttpResponse {
    let query = request.uri().query();
    let url = query.map_or_else(|| url.to_owned(), |query| format!("{url}?{query}"));
    HttpResponse::PermanentRedirect()
        .insert_header((header::LOCATION, url))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .finish()
}

/// Whether an error may come before anybody has looked who asks, and leaves time to look.
const fn is_met_before_the_visit(error: &Error) -> bool {
    matches!(
        error,
        Error::NotFound
            | Error::MethodNotAllowed
            | Error::FormExpired
            | Error::CrossSite
            | Error::NotAForm
            | Error::BadRequest(_)
            | Error::TooLarge
            | Error::AddressTooLong
    )
}

/// The route's pattern, without the parameters of the path: one of them may be a one-time token.
fn route(request: &HttpRequest) -> String {
    request.match_pattern().unwrap_or_default()
}

/// Redirects to the sign-in page. After signing in, a page that was read is opened again; a form has to be
/// sent again from its page.
fn to_sign_in(request: &HttpRequest, visit: &VisitCore) -> HttpResponse {
    let sign_in = visit.url(&address::SignIn);
    let asked = address_of(request);
    let next = |page: &str| super::Next::parse(request, page);
    if request.method() == Method::GET {
        return see_other(&next(asked).after(&sign_in));
    }
    let pages = [
        page_of_form(request),
        Some(asked.to_owned()),
        page_above(request, asked),
        Some(visit.url(&address::Me)),
    ];
    let page = pages
        .iter()
        .flatten()
        .map(|page| next(page))
        .find(|next| next.path().is_some());
    let response = see_other(&page.unwrap_or_default().after(&sign_in));
    Flash::info("flash-sign-in-again").on(response)
}
