//! Routes of pages: the supported methods, and the response to others.
//!
//! Every page that supports `GET` also supports `HEAD`, without a body and without recording anything
//! ([`super::methods::head_as_get`]); a request with another method is told which are supported.

use actix_web::{
    FromRequest, Handler, HttpMessage as _, HttpRequest, HttpResponse, Responder, Route, Scope,
    dev::{AppService, HttpServiceFactory},
    http::{Method, header},
    web,
};

use super::{
    Anyone, Error, Reply, Visit,
    address::Address,
    methods::{Allow, NOT_A_DESTINATION, READ},
};

/// A page at an address, with a handler for each supported method.
pub struct Page {
    path: &'static str,
    routes: Vec<(Method, Route)>,
    is_way_in: bool,
}

/// Starts the definition of a page below the language.
#[must_use]
pub const fn page<A: Address>() -> Page {
    without_language(A::ROUTE)
}

/// Starts the definition of a resource without a language, with its own path.
#[must_use]
pub const fn without_language(path: &'static str) -> Page {
    Page {
        path,
        routes: Vec::new(),
        is_way_in: false,
    }
}

/// Pages whose paths start with `start`; other addresses are not matched against their patterns.
pub fn below(start: &'static str, pages: impl IntoIterator<Item = Page>) -> Scope {
    pages
        .into_iter()
        .fold(web::scope(start), |scope, mut page| {
            page.path = page.path.strip_prefix(start).unwrap_or(page.path);
            scope.service(page)
        })
}

impl Page {
    /// Supports `GET` and `HEAD`.
    #[must_use]
    pub fn get<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.takes(Method::GET, handler)
    }

    /// Accepts a form.
    #[must_use]
    pub fn post<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.takes(Method::POST, handler)
    }

    /// The page is for people who are not signed in, or reached by a one-time link: no redirect leads to it.
    #[must_use]
    pub const fn not_a_destination(mut self) -> Self {
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
        // Takes the visit so that the page shows who is signed in.
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
            resource.name(NOT_A_DESTINATION)
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
    // For the error page, which is made by a middleware further out.
    request.extensions_mut().insert(allow);
    Err(Error::MethodNotAllowed)
}
