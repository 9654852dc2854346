//! `/api/v1`: the handlers, what they read and what they answer.

mod caller;
mod endpoint;
mod events;
mod openapi;
mod problem;
mod query;
mod registrations;
mod schema;

use actix_web::{
    HttpResponse,
    http::{Method, header},
    web::{self, ServiceConfig},
};

use self::{
    endpoint::{Endpoint, endpoint},
    problem::Problem,
};
use super::views::{GUIDE, OPENAPI};

/// The description of the API for people.
const GUIDE_TEXT: &str = include_str!("../../../../docs/api.md");

/// Every route below `/api/v1`; a test compares them with the description.
fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint("/api/v1/events").on(Method::GET, events::list),
        endpoint("/api/v1/events/{id}").on(Method::GET, events::one),
        endpoint("/api/v1/events/{id}/registrations")
            .on(Method::GET, registrations::list)
            .on(Method::POST, registrations::create),
        endpoint("/api/v1/events/{id}/registrations/{registration}")
            .on(Method::GET, registrations::one)
            .on(Method::DELETE, registrations::cancel),
    ]
}

/// The routes of the API.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(endpoint(OPENAPI).on(Method::GET, description))
        .service(endpoint(GUIDE).on(Method::GET, guide));
    for endpoint in endpoints() {
        config.service(endpoint);
    }
    config.service(web::scope("/api").default_service(web::to(nowhere)));
}

/// `GET /api/openapi.json`: open to everybody; the rules are no secret.
async fn description() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .body(openapi::text())
}

/// `GET /api/guide.txt`: open to everybody.
async fn guide() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CONTENT_LANGUAGE, "en"))
        .body(GUIDE_TEXT)
}

async fn nowhere() -> Result<HttpResponse, Problem> {
    Err(Problem::not_found())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_description_names_every_route_and_no_other() {
        let routed: BTreeSet<(String, String)> = endpoints()
            .iter()
            .flat_map(|endpoint| {
                endpoint.methods().map(|method| {
                    let method = method.as_str().to_lowercase();
                    (endpoint.path().to_owned(), method)
                })
            })
            .collect();
        let text: serde_json::Value = serde_json::from_str(openapi::text()).unwrap();
        let described: BTreeSet<(String, String)> = text["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, methods)| {
                let methods = methods.as_object().unwrap().keys();
                methods.map(|method| (path.clone(), method.clone()))
            })
            .collect();
        assert_eq!(described, routed);
        assert!(text["openapi"].as_str().unwrap().starts_with("3.1"));
    }

    #[test]
    fn every_reply_of_every_operation_says_what_it_is() {
        let text: serde_json::Value = serde_json::from_str(openapi::text()).unwrap();
        for (path, methods) in text["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let at = format!("{method} {path}");
                let replies = operation["responses"].as_object().unwrap();
                for status in ["401", "403", "429", "500"] {
                    assert!(replies.contains_key(status), "{at}: {status}");
                }
                assert!(replies.keys().any(|status| status.starts_with('2')), "{at}");
                for (status, reply) in replies {
                    assert_ne!(reply["description"], "", "{at}: {status}");
                }
                assert!(
                    operation["security"]
                        .as_array()
                        .is_some_and(|s| !s.is_empty()),
                    "{at}"
                );
            }
        }
    }
}
