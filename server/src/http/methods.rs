//! Which addresses `GET` serves, and `HEAD`.
//!
//! The framework's map of routes knows by a name which addresses `GET` serves (`is_read`), so that
//! nobody is led to one that only takes a form.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    HttpMessage as _, HttpRequest,
    body::{BodySize, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse, Url},
    http::{Method, Uri},
    middleware::Next,
    web::Bytes,
};

/// The name of pages that `GET` serves.
pub(super) const READ: &str = "read";
/// The name of those among them that lead in, or are behind a mailed link.
pub(super) const WAY_IN: &str = "way in";

/// Whether `GET` serves what is at an address of this site.
#[must_use]
pub(super) fn is_read(request: &HttpRequest, address: &str) -> bool {
    name_at(request, address).is_some()
}

/// Whether somebody may be led on to an address: `GET` serves it, and it is no way in.
#[must_use]
pub(super) fn may_follow(request: &HttpRequest, address: &str) -> bool {
    name_at(request, address) == Some(READ)
}

/// The nearest page above an address that only takes a form: most likely the one that has the form.
#[must_use]
pub(super) fn page_above(request: &HttpRequest, address: &str) -> Option<String> {
    let mut path = address.split('?').next()?;
    loop {
        path = path.rsplit_once('/')?.0;
        if may_follow(request, path) {
            return Some(path.to_owned());
        }
    }
}

fn name_at<'a>(request: &'a HttpRequest, address: &str) -> Option<&'a str> {
    let uri: Uri = address.parse().ok()?;
    // As the router reads it: `%73ign-out` is `sign-out`.
    let url = Url::new(uri);
    // A browser would go elsewhere.
    if url
        .path()
        .split('/')
        .any(|part| [".", ".."].contains(&part))
    {
        return None;
    }
    request.resource_map().match_name(url.path())
}

/// The methods that a page takes, as the header says it.
#[derive(Debug, Clone)]
pub(super) struct Allow(pub(super) String);

impl Allow {
    pub(super) fn of(methods: &[Method]) -> Self {
        let mut names: Vec<&str> = methods.iter().map(Method::as_str).collect();
        if methods.contains(&Method::GET) {
            names.push(Method::HEAD.as_str());
        }
        names.push(Method::OPTIONS.as_str());
        names.sort_unstable();
        Self(names.join(", "))
    }
}

/// Marks a request that asks for the head of an answer only.
#[derive(Debug, Clone, Copy)]
struct IsHead;

/// Whether only the head of the answer is asked for: then nothing may be used up or recorded.
#[must_use]
pub(super) fn is_head(request: &HttpRequest) -> bool {
    request.extensions().contains::<IsHead>()
}

/// Middleware: lets `HEAD` be answered by whoever answers `GET`, and takes the body away.
///
/// # Errors
/// Only what the connection itself raises.
pub async fn head_as_get(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if request.method() != Method::HEAD {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    request.extensions_mut().insert(IsHead);
    request.head_mut().method = Method::GET;
    let response = next.call(request).await?;
    Ok(response.map_body(|_, body| BoxBody::new(Absent(body.size()))))
}

/// The body that `GET` would have had: its size and nothing of it.
struct Absent(BodySize);

impl MessageBody for Absent {
    type Error = std::convert::Infallible;

    fn size(&self) -> BodySize {
        self.0
    }

    fn poll_next(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Poll::Ready(None)
    }
}
