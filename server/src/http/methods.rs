//! Which addresses support `GET` and `HEAD`.
//!
//! The framework's route table marks by name the routes that support `GET` (`is_read`), so that no redirect
//! leads to an address that only accepts a form.

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

/// The name of routes that support `GET`.
pub(super) const READ: &str = "read";
/// The name of those among them that are for signing in, or reached by a link in a mail.
pub(super) const NOT_A_DESTINATION: &str = "not a destination";

/// Whether an address of this site supports `GET`.
#[must_use]
pub(super) fn is_read(request: &HttpRequest, address: &str) -> bool {
    name_at(request, address).is_some()
}

/// Whether an address may be the target of a redirect after signing in: it supports `GET` and is not itself
/// part of signing in.
#[must_use]
pub(super) fn is_destination(request: &HttpRequest, address: &str) -> bool {
    name_at(request, address) == Some(READ)
}

/// The nearest page above an address that only accepts a form: most likely the one with the form.
#[must_use]
pub(super) fn page_above(request: &HttpRequest, address: &str) -> Option<String> {
    let mut path = address.split('?').next()?;
    loop {
        path = path.rsplit_once('/')?.0;
        if is_destination(request, path) {
            return Some(path.to_owned());
        }
    }
}

/// The address that a request most likely means which found nothing: the same without slashes at the end, or that of
/// a front page without its slash. `None` if there is nothing, either.
#[must_use]
pub fn without_slash(request: &HttpRequest) -> Option<String> {
    let path = request.uri().path();
    // A browser would read two as the address of another site; CONNECT asks for no path.
    if !path.starts_with('/') || path.starts_with("//") {
        return None;
    }
    let meant = match path.trim_end_matches('/') {
        trimmed if trimmed.len() < path.len() => trimmed.to_owned(),
        _ => format!("{path}/"),
    };
    let decoded = Url::new(meant.parse().ok()?);
    if !request.resource_map().has_resource(decoded.path()) {
        return None;
    }
    Some(match request.uri().query() {
        Some(query) => format!("{meant}?{query}"),
        None => meant,
    })
}

fn name_at<'a>(request: &'a HttpRequest, address: &str) -> Option<&'a str> {
    let uri: Uri = address.parse().ok()?;
    // Decoded as the router does: `%73ign-out` is `sign-out`.
    let url = Url::new(uri);
    // A browser would normalise it to another address.
    if url
        .path()
        .split('/')
        .any(|part| [".", ".."].contains(&part))
    {
        return None;
    }
    request.resource_map().match_name(url.path())
}

/// The supported methods, for the `Allow` header.
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

/// Marks a `HEAD` request.
#[derive(Debug, Clone, Copy)]
struct IsHead;

/// Whether the request is `HEAD`: then nothing may be used up or recorded.
#[must_use]
pub(super) fn is_head(request: &HttpRequest) -> bool {
    request.extensions().contains::<IsHead>()
}

/// Middleware: routes `HEAD` to the handler of `GET`, and removes the body.
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

/// An empty body that reports the size that `GET` would have.
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
