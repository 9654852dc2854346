//! Routes of pages: which methods a page takes, and what it answers to others.
//!
//! Every page that can be read answers `HEAD` as it answers `GET`, without the body and without
//! leaving a trace ([`super::methods::head_as_get`]); every page tells its methods to who asks with another.

use actix_web::{
    FromRequest, Handler, HttpMessage as _, HttpRequest, HttpResponse, Responder, Route, Scope,
    dev::{AppService, HttpServiceFactory},
    http::{Method, header},
    web,
};

use super::{
    Anyone, Error, Reply, Visit,
    address::Address,
    methods::{Allow, READ, WAY_IN},
};

/// A page at an address, with a handler for each method that it takes.
pub struct Page {
    path: &'static str,
    routes: Vec<(Method, Route)>,
    is_way_in: bool,
}

/// Begins a page of a language.
#[must_use]
pub const fn page<A: Address>() -> Page {
    without_language(A::ROUTE)
}

/// Begins what is the same in every language, at a path of its own.
#[must_use]
pub const fn without_language(path: &'static str) -> Page {
    Page {
        path,
        routes: Vec::new(),
        is_way_in: false,
    }
}

/// Pages whose paths begin alike, so that an address is held against the patterns of these only if it does too.
pub fn below(start: &'static str, pages: impl IntoIterator<Item = Page>) -> Scope {
    pages
        .into_iter()
        .fold(web::scope(start), |scope, mut page| {
            page.path = page.path.strip_prefix(start).unwrap_or(page.path);
            scope.service(page)
        })
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
        let route = web::method(method.clone()).to(handler);
        self.routes.push((method, route));
        self
    }
}

impl HttpServiceFactory for Page {
    fn register(self, config: &mut AppService) {
        let (methods, routes): (Vec<_>, Vec<_>) = self.routes.into_iter().unzip();
        let allow = Allow::of(&methods);
        // Takes the visit so that the page knows who is signed in.
        let other = move |request: HttpRequest, _visit: Visit<Anyone>| {
            let allow = allow.clone();
            async move { other_method(&request, allow) }
        };
        let resource = routes
            .into_iter()
            .fold(web::resource(self.path), |resource, route| {
                resource.route(route)
            });
        let resource = if !methods.contains(&Method::GET) {
            resource
        } else if self.is_way_in {
            resource.name(WAY_IN)
        } else {
            resource.name(READ)
        };
        resource.default_service(web::to(other)).register(config);
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
