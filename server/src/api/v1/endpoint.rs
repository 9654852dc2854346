//! A resource of the API: its methods, and the reply to others.

use actix_web::{
    FromRequest, Handler, HttpRequest, HttpResponse, Responder, Route,
    dev::{AppService, HttpServiceFactory},
    http::{Method, header},
    web,
};

use super::problem::Problem;

/// A resource with a handler for each method.
pub(super) struct Endpoint {
    path: &'static str,
    routes: Vec<(Method, Route)>,
}

/// Starts the definition of a resource.
pub(super) const fn endpoint(path: &'static str) -> Endpoint {
    Endpoint {
        path,
        routes: Vec::new(),
    }
}

impl Endpoint {
    /// Handles a method; `GET` also answers `HEAD` ([`crate::http::methods::head_as_get`]).
    pub(super) fn on<F, Args>(mut self, method: Method, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let route = web::method(method.clone()).to(handler);
        self.routes.push((method, route));
        self
    }

    /// Its path, with the parameters in braces.
    #[cfg(test)]
    pub(super) const fn path(&self) -> &'static str {
        self.path
    }

    /// The methods that it handles.
    #[cfg(test)]
    pub(super) fn methods(&self) -> impl Iterator<Item = &Method> {
        self.routes.iter().map(|(method, _)| method)
    }
}

/// The methods for the `Allow` header.
fn allowed<'a>(methods: impl Iterator<Item = &'a Method>) -> String {
    let mut names = vec![Method::OPTIONS.as_str().to_owned()];
    for method in methods {
        names.push(method.as_str().to_owned());
        if *method == Method::GET {
            names.push(Method::HEAD.as_str().to_owned());
        }
    }
    names.sort_unstable();
    names.join(", ")
}

impl HttpServiceFactory for Endpoint {
    fn register(self, config: &mut AppService) {
        let allow = allowed(self.routes.iter().map(|(method, _)| method));
        let other = move |request: HttpRequest| {
            let allow = allow.clone();
            async move { other_method(&request, allow) }
        };
        let resource = self
            .routes
            .into_iter()
            .fold(web::resource(self.path), |resource, (_, route)| {
                resource.route(route)
            });
        resource.default_service(web::to(other)).register(config);
    }
}

fn other_method(request: &HttpRequest, allow: String) -> Result<HttpResponse, Problem> {
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent()
            .insert_header((header::ALLOW, allow))
            .finish());
    }
    Err(Problem::method_not_allowed(allow))
}
