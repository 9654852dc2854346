//! Routes of pages: which methods a page takes, and what it answers to others.
//!
//! Every page that can be read answers `HEAD` as it answers `GET`, without the body and without
//! leaving a trace ([`head_as_get`]); every page tells its methods to who asks with another.
//!
//! The framework's map of routes knows by a name which addresses `GET` serves (`is_read`), so that
//! nobody is led to one that only takes a form.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    FromRequest, Handler, HttpMessage as _, HttpRequest, HttpResponse, Resource, Responder,
    body::{BodySize, BoxBody, MessageBody},
    dev::{AppService, HttpServiceFactory, ServiceRequest, ServiceResponse, Url},
    http::{Method, Uri, header},
    middleware::Next,
    web::{self, Bytes},
};

use super::{Anyone, Error, Reply, Visit};

/// A page at a path, with a handler for each method that it takes.
pub struct Page {
    resource: Resource,
    methods: Vec<Method>,
    is_way_in: bool,
}

/// The name of pages that `GET` serves.
const READ: &str = "read";
/// The name of those among them that lead in, or are behind a mailed link.
const WAY_IN: &str = "way in";

/// Begins a page at a path.
#[must_use]
pub fn page(path: &str) -> Page {
    Page {
        resource: web::resource(path),
        methods: Vec::new(),
        is_way_in: false,
    }
}

impl Page {
    /// Reads the page; `HEAD` too.
    #[must_use]
    pub fn get<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.takes(Method::GET, handler)
    }

    /// Takes a form.
    #[must_use]
    pub fn post<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.takes(Method::POST, handler)
    }

    /// The page is for who is not signed in, or is behind a one-time link: nobody is led on to it.
    #[must_use]
    pub const fn way_in(mut self) -> Self {
        self.is_way_in = true;
        self
    }

    fn takes<F, Args>(mut self, method: Method, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.resource = self.resource.route(web::method(method.clone()).to(handler));
        self.methods.push(method);
        self
    }
}

impl HttpServiceFactory for Page {
    fn register(self, config: &mut AppService) {
        let allow = Allow::of(&self.methods);
        // Takes the visit so that the page knows who is signed in.
        let other = move |request: HttpRequest, _visit: Visit<Anyone>| {
            let allow = allow.clone();
            async move { other_method(&request, allow) }
        };
        let resource = if !self.methods.contains(&Method::GET) {
            self.resource
        } else if self.is_way_in {
            self.resource.name(WAY_IN)
        } else {
            self.resource.name(READ)
        };
        resource.default_service(web::to(other)).register(config);
    }
}

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
    fn of(methods: &[Method]) -> Self {
        let mut names: Vec<&str> = methods.iter().map(Method::as_str).collect();
        if methods.contains(&Method::GET) {
            names.push(Method::HEAD.as_str());
        }
        names.push(Method::OPTIONS.as_str());
        names.sort_unstable();
        Self(names.join(", "))
    }
}

fn other_method(request: &HttpRequest, allow: Allow) -> Reply {
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent()
            .insert_header((header::ALLOW, allow.0))
            .finish());
    }
    // For the page of the error, which is made further out.
    request.extensions_mut().insert(allow);
    Err(Error::MethodNotAllowed)
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
