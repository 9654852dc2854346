//! The description of the API for programs: `OpenAPI` 3.1, generated from the handlers.

use std::sync::LazyLock;

use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, Content, HeaderBuilder, ObjectBuilder, Ref, Response, ResponseBuilder,
        path::{Operation, ParameterIn},
        schema::Type,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{events, problem::ProblemBody, registrations};
use crate::http::error_pages::PROBLEM_JSON;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Iespēja",
        description = "Events and registrations of the programme, for other programs of organisers and managers. A token is made on the page “My account” or with `iespeja token create`. Problems are answered as RFC 9457 says, in English.",
        license(name = "", identifier = ""),
        contact()
    ),
    paths(
        events::list,
        events::one,
        registrations::list,
        registrations::create,
        registrations::one,
        registrations::cancel
    ),
    components(schemas(ProblemBody)),
    modifiers(&Token, &Problems)
)]
struct Description;

/// How a program says who it is.
struct Token;

impl Modify for Token {
    fn modify(&self, api: &mut openapi::OpenApi) {
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A token of an organiser or a manager, with the scope that the operation names.",
            ))
            .build();
        if let Some(components) = &mut api.components {
            components.add_security_scheme("token", SecurityScheme::Http(bearer));
        }
        api.info.license = None;
        api.info.contact = None;
    }
}

/// The problems that every operation can answer with, and those that follow from its parameters and its body.
struct Problems;

impl Modify for Problems {
    fn modify(&self, api: &mut openapi::OpenApi) {
        for item in api.paths.paths.values_mut() {
            let operations = [&mut item.get, &mut item.post, &mut item.delete];
            for operation in operations.into_iter().flatten() {
                add(operation);
            }
        }
    }
}

fn add(operation: &mut Operation) {
    const UNAUTHORIZED: &str = "There is no token, or it does not work.";
    const FORBIDDEN: &str =
        "The token lacks the scope, or its owner has to set up a second factor first.";
    let mut problems = vec![
        ("401", UNAUTHORIZED, Some("WWW-Authenticate")),
        ("403", FORBIDDEN, None),
        ("414", "The address is too long.", None),
        (
            "422",
            "The request is not valid; `errors` says what is wrong with which field, parameter or header.",
            None,
        ),
        (
            "429",
            "Too many requests with this token, or from this network without one.",
            Some("Retry-After"),
        ),
        ("500", "The server failed; nothing was changed.", None),
    ];
    let has_id = operation.parameters.iter().flatten().any(|parameter| {
        matches!(parameter, openapi::RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Path)
    });
    if has_id {
        problems.push(("404", "There is nothing here that the token may see.", None));
    }
    if operation.request_body.is_some() {
        problems.extend([
            ("400", "The body is not a JSON object.", None),
            ("408", "The body did not come in time.", None),
            ("413", "The body is too large.", None),
            (
                "415",
                "The body is not JSON in UTF-8, or is compressed.",
                None,
            ),
        ]);
    }
    for (status, description, header) in problems {
        let response = problem(description, header);
        operation
            .responses
            .responses
            .insert(status.to_owned(), response.into());
    }
}

fn problem(description: &str, header: Option<&str>) -> Response {
    let body = Content::new(Some(Ref::from_schema_name("Problem")));
    let response = ResponseBuilder::new()
        .description(description)
        .content(PROBLEM_JSON, body);
    match header {
        Some(name) => {
            let text = ObjectBuilder::new().schema_type(Type::String).build();
            response
                .header(name, HeaderBuilder::new().schema(Some(text)).build())
                .build()
        }
        None => response.build(),
    }
}

/// The description as JSON.
pub(super) fn text() -> &'static str {
    static TEXT: LazyLock<String> =
        LazyLock::new(|| Description::openapi().to_json().unwrap_or_default());
    &TEXT
}
