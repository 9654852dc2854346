//! Routes of pages: which methods a page takes, and what it answers to others.
//!
//! Every page that can be read answers `HEAD` as it answers `GET`, without the body and without
//! leaving a trace ([`head_as_get`]); every page tells its methods to who asks with another.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use actix_web::{
    FromRequest, Handler, HttpMessage as _, HttpRequest, HttpResponse, Resource, Responder,
    body::{BodySize, BoxBody, MessageBody},
    dev::{AppService, HttpServiceFactory, ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::Next,
    web::{self, Bytes},
};

use super::{Anyone, Error, Reply, Visit};

/// A page at a path, with a handler for each method that it takes.
pub struct Page {
    resource: Resource,
    methods: Vec<Method>,
}

/// Begins a page at a path.
#[must_use]
pub fn page(path: &str) -> Page {
    Page {
        resource: web::resource(path),
        methods: Vec::new(),
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
        self.resource
            .default_service(web::to(other))
            .register(config);
    }
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
