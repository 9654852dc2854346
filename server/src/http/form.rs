//! Forms: what came, checked to come from our own page, and what is shown again with its errors.

use std::{collections::BTreeMap, future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header,
    web::{self, Bytes},
};
use serde::Serialize;

use super::{
    App, Error, Lang, csrf,
    theme::{Arg, Theme},
    visit::VisitCore,
};

/// The fields of a posted form, in their order, after the check of the form's token.
///
/// Taking this in a handler is what protects it against forged requests; a handler that changes
/// anything takes it.
#[derive(Debug, Clone)]
pub struct Posted(Vec<(String, String)>);

impl Posted {
    /// Fields given directly, for tests.
    #[must_use]
    pub fn from_fields(fields: &[(&str, &str)]) -> Self {
        Self(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    /// The first value of a field, trimmed; empty when absent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value as it was typed, e.g. a password.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value)
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// Everything, for readers of their own fields such as questions.
    #[must_use]
    pub fn fields(&self) -> &[(String, String)] {
        &self.0
    }
}

impl FromRequest for Posted {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = Bytes::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let app = request
                .app_data::<web::Data<App>>()
                .ok_or_else(|| Error::internal("no application"))?;
            if is_cross_site(&request, &app.config.public_url()) {
                return Err(Error::CrossSite);
            }
            let is_form = request
                .headers()
                .get(header::CONTENT_TYPE)
                .and_then(|value| value.to_str().ok())
                .is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
            if !is_form {
                return Err(Error::BadRequest("not a form"));
            }
            let body = body
                .await
                .map_err(|_| Error::BadRequest("the form is too large"))?;
            let fields: Vec<(String, String)> =
                url::form_urlencoded::parse(&body).into_owned().collect();
            let posted = Self(fields);
            let cookie = VisitCore::of(&request).cookie;
            if csrf::is_valid(&app.secret, &cookie, posted.raw(csrf::FIELD)) {
                Ok(posted)
            } else {
                Err(Error::FormExpired)
            }
        })
    }
}

/// What the browser says of where the form was: `Sec-Fetch-Site`, else `Origin`.
fn is_cross_site(request: &HttpRequest, public_url: &str) -> bool {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    match header("sec-fetch-site") {
        Some("cross-site" | "same-site") => true,
        Some(_) => false,
        None => header("origin").is_some_and(|origin| {
            let host = request.connection_info().host().to_owned();
            let origin_host = origin.split_once("://").map_or("", |(_, host)| host);
            origin != public_url && origin_host != host
        }),
    }
}

/// A form as it is shown: what was typed, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct FormState {
    values: BTreeMap<&'static str, String>,
    errors: Vec<FieldError>,
}

#[derive(Debug, Clone)]
struct FieldError {
    field: &'static str,
    key: &'static str,
    args: Vec<(&'static str, Arg<'static>)>,
}

impl FormState {
    /// An empty form.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Fills a field. Never called with a secret: those are typed again.
    #[must_use]
    pub fn value(mut self, field: &'static str, value: impl Into<String>) -> Self {
        self.values.insert(field, value.into());
        self
    }

    /// Says that a field is wrong; `key` is the message's.
    #[must_use]
    pub fn error(mut self, field: &'static str, key: &'static str) -> Self {
        self.add_error(field, key);
        self
    }

    /// The same, in place.
    pub fn add_error(&mut self, field: &'static str, key: &'static str) {
        self.add_error_with(field, key, &[]);
    }

    /// The same, with what the message is filled with.
    pub fn add_error_with(
        &mut self,
        field: &'static str,
        key: &'static str,
        args: &[(&'static str, Arg<'static>)],
    ) {
        self.errors.push(FieldError {
            field,
            key,
            args: args.to_vec(),
        });
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// As templates get it; every name in `fields` is there, also when empty.
    #[must_use]
    pub fn view(&self, theme: &Theme, lang: Lang, fields: &[&'static str]) -> FormView {
        let text = |error: &FieldError| theme.text_with(lang, error.key, &error.args);
        FormView {
            fields: fields
                .iter()
                .map(|name| {
                    let field = FieldView {
                        value: self.values.get(name).cloned().unwrap_or_default(),
                        error: self
                            .errors
                            .iter()
                            .find(|error| error.field == *name)
                            .map(text),
                    };
                    (*name, field)
                })
                .collect(),
            errors: self
                .errors
                .iter()
                .map(|error| ErrorView {
                    field: error.field,
                    text: text(error),
                })
                .collect(),
        }
    }
}

/// See [`FormState::view`].
#[derive(Debug, Serialize)]
pub struct FormView {
    fields: BTreeMap<&'static str, FieldView>,
    errors: Vec<ErrorView>,
}

#[derive(Debug, Serialize)]
struct FieldView {
    value: String,
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct ErrorView {
    field: &'static str,
    text: String,
}
