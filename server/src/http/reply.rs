//! What handlers answer.

use super::Error;

/// What a handler gives back.
pub type Reply = Result<actix_web::HttpResponse, Error>;

/// 303: look at `url` now. What every successful form answers.
#[must_use]
pub fn see_other(url: &str) -> actix_web::HttpResponse {
    actix_web::HttpResponse::SeeOther()
        .insert_header((actix_web::http::header::LOCATION, url))
        .finish()
}
