//! The tracing span of a request, with the id that error pages show.

use std::fmt;

use actix_web::{
    Error, HttpMessage as _, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};
use tracing::Instrument as _;

use crate::random;

/// Identifies a request in the log and on error pages: 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId(u64);

impl RequestId {
    /// The id of a request; set by [`in_span`].
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        let mut extensions = request.extensions_mut();
        if let Some(id) = extensions.get() {
            return *id;
        }
        let id = Self(random::bits());
        extensions.insert(id);
        id
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// Middleware, outermost: a span `request` around the whole request. It contains neither the address, which
/// may carry a one-time token, nor the person.
///
/// # Errors
/// Only what the connection itself raises.
pub async fn in_span<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let id = RequestId::of(request.request());
    let span = tracing::info_span!("request", request.id = %id, request.method = %request.method());
    next.call(request).instrument(span).await
}
