//! Errors of requests that are answered by an error page; see [`super::error_pages`].

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use sea_orm::DbErr;

/// Every error that is answered by an error page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such page, or the person may not see it.
    #[error("not found")]
    NotFound,
    /// The page has another address now, this one. Answered by leading there, with the query of the request.
    #[error("moved to {0}")]
    Moved(String),
    /// The page needs a sign-in.
    #[error("sign-in needed")]
    SignInNeeded,
    /// A role of the person needs a second factor, which they have not set up.
    #[error("second factor needed")]
    SecondFactorNeeded,
    /// Signed in, but without the role.
    #[error("forbidden")]
    Forbidden,
    /// The page does not support this method.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// The form came without a valid token.
    #[error("missing or stale form token")]
    FormExpired,
    /// The form came from another site.
    #[error("form sent from another site")]
    CrossSite,
    /// The address is longer than any of this site.
    #[error("address too long")]
    AddressTooLong,
    /// The body is larger than any form.
    #[error("body too large")]
    TooLarge,
    /// The body did not come in time.
    #[error("body too slow")]
    TooSlow,
    /// The body is not a form.
    #[error("not a form")]
    NotAForm,
    /// The request is incomplete, or a field has an impossible value.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// The state no longer allows the action; the value is part of the message key `error-{0}-title`.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// An answer was not accepted, with the reason in the page's language. For scripts; without a script the
    /// form is shown again.
    #[error("refused")]
    Refused(String),
    /// Too many attempts.
    #[error("too many requests")]
    TooMany {
        /// Seconds to wait.
        retry_after_seconds: u64,
    },
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// Any other error for an administrator.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// Wraps an error that the person cannot correct.
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    /// The part of the message keys `error-{slug}-title` and `error-{slug}-text`.
    #[must_use]
    pub const fn slug(&self) -> &'static str {
        match self {
            // Nobody sees a page of it.
            Self::NotFound | Self::Moved(_) => "not-found",
            Self::SignInNeeded => "sign-in-needed",
            Self::SecondFactorNeeded => "second-factor-needed",
            Self::Forbidden => "forbidden",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::FormExpired => "form-expired",
            Self::CrossSite => "cross-site",
            Self::AddressTooLong => "address-too-long",
            Self::TooLarge => "too-large",
            Self::TooSlow => "too-slow",
            Self::NotAForm => "not-a-form",
            Self::BadRequest(_) => "bad-request",
            Self::Conflict(slug) => slug,
            Self::Refused(_) => "refused",
            Self::TooMany { .. } => "too-many",
            Self::Database(_) | Self::Internal(_) => "internal",
        }
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Moved(_) => StatusCode::PERMANENT_REDIRECT,
            Self::SignInNeeded => StatusCode::UNAUTHORIZED,
            Self::SecondFactorNeeded | Self::Forbidden | Self::FormExpired | Self::CrossSite => {
                StatusCode::FORBIDDEN
            }
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Database(_) | Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    // The body is made by `pages_for_errors`, which has the request.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}
