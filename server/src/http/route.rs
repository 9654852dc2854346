//! Routes of pages: which methods a page takes, and what it answers to others.
//!
//! Every page that can be read answers `HEAD` as it answers `GET`, without the body and without
//! leaving a trace ([`super::methods::head_as_get`]); every page tells its methods to who asks with another.

use actix_web::{
    FromRequest, Handler, HttpMessage as _, HttpRequest, HttpResponse, Resource, Responder,
    dev::{AppService, HttpServiceFactory},
    http::{Method, header},
    web,
};

use super::{
    Anyone, Error, Reply, Visit,
    methods::{Allow, READ, WAY_IN},
};

/// A page at a path, with a handler for each method that it takes.
pub struct Page {
    resource: Resource,
    methods: Vec<Method>,
    is_way_in: bool,
}

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
