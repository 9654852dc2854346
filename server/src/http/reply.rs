//! What handlers return.

use super::Error;

/// What a handler returns.
pub type Reply = Result<actix_web::HttpResponse, Error>;

/// 303 See Other: the response to every successful form.
#[must_use]
pub fn see_other(url: &str) -> actix_web::HttpResponse {
    actix_web::HttpResponse::SeeOther()
        .insert_header((actix_web::http::header::LOCATION, url))
        .finish()
}
