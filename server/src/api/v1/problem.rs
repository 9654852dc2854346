//! What is answered instead of a result: `application/problem+json` (RFC 9457), in English.

use actix_web::{
    HttpResponse, HttpResponseBuilder, ResponseError,
    http::{StatusCode, header},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::model::{Scope, scope_slug},
    http::{Error, error_pages::PROBLEM_JSON},
    registrations::Refused,
};

/// Why a request was not carried out (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct ProblemBody {
    /// The kind of problem: a name that does not change, not an address to open.
    #[schema(example = "urn:iespeja:problem:invalid")]
    r#type: String,
    /// The kind of problem in words.
    title: String,
    /// The status of the reply.
    status: u16,
    /// What is wrong with this request.
    detail: String,
    /// What is wrong with each field or parameter, if that is the problem.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<FieldProblem>,
}

/// What is wrong with a field of the body, a parameter or a header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct FieldProblem {
    /// Its name.
    pub(super) field: String,
    /// What is wrong with it.
    pub(super) detail: String,
}

/// A problem as the reply to a request.
#[derive(Debug, thiserror::Error)]
#[error("{}", body.detail)]
pub(super) struct Problem {
    body: Box<ProblemBody>,
    header: Option<(header::HeaderName, String)>,
    /// Whether the rest of the request's body is left unread.
    ends_connection: bool,
}

impl Problem {
    fn new(status: StatusCode, slug: &str, title: &str, detail: impl Into<String>) -> Self {
        Self {
            body: Box::new(ProblemBody {
                r#type: format!("urn:iespeja:problem:{slug}"),
                title: title.to_owned(),
                status: status.as_u16(),
                detail: detail.into(),
                errors: Vec::new(),
            }),
            header: None,
            ends_connection: false,
        }
    }

    /// 401: there is no token, or one that does not work.
    pub(super) fn unauthorized(was_given: bool) -> Self {
        let (detail, challenge) = if was_given {
            (
                "The token does not work: it is mistyped, expired or revoked, or its account has lost the role.",
                "Bearer realm=\"iespeja\", error=\"invalid_token\"",
            )
        } else {
            (
                "Send a token in the header “Authorization: Bearer …”.",
                "Bearer realm=\"iespeja\"",
            )
        };
        let slug = "unauthorized";
        Self::new(StatusCode::UNAUTHORIZED, slug, "A token is needed", detail)
            .with(header::WWW_AUTHENTICATE, challenge.to_owned())
    }

    /// 403: the token lacks a scope.
    pub(super) fn scope_missing(scope: Scope) -> Self {
        let scope = scope_slug(scope);
        let challenge =
            format!("Bearer realm=\"iespeja\", error=\"insufficient_scope\", scope=\"{scope}\"");
        Self::new(
            StatusCode::FORBIDDEN,
            "scope-missing",
            "The token may not do this",
            format!("The token lacks the scope {scope}."),
        )
        .with(header::WWW_AUTHENTICATE, challenge)
    }

    /// 403: a role of the account needs a second factor.
    pub(super) fn second_factor_needed() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "second-factor-needed",
            "The account needs a second factor",
            "The owner of the token has to set up a second factor on the page “My account” first.",
        )
    }

    /// 404: there is no such thing, or not for this token.
    pub(super) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            "Not found",
            "There is nothing here that this token may see.",
        )
    }

    /// 405, with the methods that there are.
    pub(super) fn method_not_allowed(allow: String) -> Self {
        let detail = format!("The methods here are {allow}.");
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method-not-allowed",
            "Method not allowed",
            detail,
        )
        .with(header::ALLOW, allow)
    }

    /// 400: the body is no JSON object.
    pub(super) fn malformed(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            "The request cannot be read",
            detail,
        )
    }

    /// 415: the body is not JSON.
    pub(super) fn not_json() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not-json",
            "The body is not JSON",
            "Send JSON in UTF-8, uncompressed, with “Content-Type: application/json”.",
        )
    }

    /// 422: fields, parameters or headers are wrong.
    pub(super) fn invalid(errors: Vec<FieldProblem>) -> Self {
        let mut problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "The request is not valid",
            "See “errors” for each field.",
        );
        problem.body.errors = errors;
        problem
    }

    /// 422: the key was used for another request.
    pub(super) fn key_reused() -> Self {
        Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "idempotency-key-reused",
            "The Idempotency-Key was used for another request",
            "Use a new key for every new request, and the same key only to repeat one unchanged.",
        )
    }

    fn conflict(slug: &str, detail: impl Into<String>) -> Self {
        let title = "This is not possible now";
        Self::new(StatusCode::CONFLICT, slug, title, detail)
    }

    /// 409: what the key made is gone.
    pub(super) fn gone() -> Self {
        Self::conflict(
            "registration-gone",
            "The registration that was made with this Idempotency-Key is no longer there.",
        )
    }

    fn with(mut self, name: header::HeaderName, value: String) -> Self {
        self.header = Some((name, value));
        self
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotOffered => Self::conflict(
                "not-offered",
                "The event is a draft, was cancelled, or is over: nobody can be registered.",
            ),
            Refused::NotYet(at) => Self::conflict(
                "not-open-yet",
                format!("Registration opens at {}.", super::schema::time(at)),
            ),
            Refused::Closed(at) => Self::conflict(
                "closed",
                format!("Registration closed at {}.", super::schema::time(at)),
            ),
            Refused::TooLate(at) => Self::conflict(
                "too-late",
                format!("The deadline was {}.", super::schema::time(at)),
            ),
            Refused::Ended => Self::conflict("ended", "The registration has ended."),
            Refused::NotAllFit { free } => {
                Self::conflict("not-all-fit", format!("{free} places are free."))
            }
            Refused::TooManyToday { most } => Self::conflict(
                "too-many-today",
                format!("At most {most} people are registered in 24 hours."),
            ),
            Refused::NoPlace => {
                Self::conflict("no-place", "The registration has no place to take over.")
            }
            Refused::NoOrganisation => {
                Self::conflict("no-organisation", "The registration names no organisation.")
            }
            Refused::SubstituteIsRegistered => Self::conflict(
                "substitute-registered",
                "The substitute is registered already.",
            ),
            Refused::NeedsOrganisation | Refused::OtherAudience => Self::conflict(
                "other-audience",
                "The event is for people of other organisations.",
            ),
            Refused::Taken { taken } => {
                Self::conflict("taken", format!("{taken} places are taken."))
            }
            Refused::Database(error) => Error::from(error).into(),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::not_found(),
            Error::TooMany {
                retry_after_seconds,
            } => Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many",
                "Too many requests",
                format!("Wait {retry_after_seconds} seconds before the next request."),
            )
            .with(header::RETRY_AFTER, retry_after_seconds.to_string()),
            Error::TooLarge => Self {
                ends_connection: true,
                ..Self::new(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "too-large",
                    "The body is too large",
                    "No request of this API is so large.",
                )
            },
            Error::TooSlow => Self {
                ends_connection: true,
                ..Self::new(
                    StatusCode::REQUEST_TIMEOUT,
                    "too-slow",
                    "The body did not come in time",
                    "Send the request again.",
                )
            },
            Error::BadRequest(detail) => Self::malformed(detail),
            other => {
                tracing::error!(error = %other, "request of the API failed");
                Self::new(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "internal",
                    "The server failed",
                    "Nothing was changed. Try again later.",
                )
            }
        }
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponseBuilder::new(self.status_code());
        if let Some((name, value)) = &self.header {
            answer.insert_header((name.clone(), value.as_str()));
        }
        if self.ends_connection {
            answer.force_close();
        }
        answer
            .content_type(PROBLEM_JSON)
            .body(serde_json::to_string(&self.body).unwrap_or_default())
    }
}
