//! What a request says: ids in its path, parameters of its query, its JSON body.

use std::str::FromStr;

use actix_web::{HttpRequest, http::header, web::Payload};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::problem::{FieldProblem, Problem};
use crate::{
    http::{
        Lang, form,
        theme::{Arg, Theme},
    },
    input::{self, Input},
};

/// How many items a page has, unless another number is asked for.
const DEFAULT_LIMIT: u64 = 50;
/// The most items of a page.
pub(super) const MOST_ITEMS: u64 = 100;

/// An id in the path.
///
/// # Errors
/// 404: it is none.
pub(super) fn id<Id: FromStr>(request: &HttpRequest, name: &str) -> Result<Id, Problem> {
    let text = request.match_info().get(name).unwrap_or_default();
    text.parse().map_err(|_| Problem::not_found())
}

/// The parameters of a query: each at most once, and none that is not known.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    given: Vec<(String, String)>,
    errors: Vec<FieldProblem>,
}

impl Parameters {
    /// Those of a request.
    pub(super) fn of(request: &HttpRequest, known: &[&str]) -> Self {
        let mut parameters = Self::default();
        for (name, value) in form_urlencoded::parse(request.query_string().as_bytes()) {
            if !known.contains(&&*name) {
                parameters.wrong(&name, "There is no such parameter.");
            } else if parameters.get(&name).is_some() {
                parameters.wrong(&name, "The parameter is given more than once.");
            } else {
                parameters.given.push((name.into(), value.into()));
            }
        }
        parameters
    }

    /// The value of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.given.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }

    fn wrong(&mut self, name: &str, detail: &str) {
        self.errors.push(FieldProblem {
            field: name.to_owned(),
            detail: detail.to_owned(),
        });
    }

    /// A parameter as a value, if it is given; `detail` says what it has to be.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        detail: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let value = read(self.get(name)?);
        if value.is_none() {
            self.wrong(name, detail);
        }
        value
    }

    /// How many items the page has at most.
    pub(super) fn limit(&mut self) -> u64 {
        let read = |text: &str| {
            let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
            let limit = text.parse().ok().filter(|_| is_number);
            limit.filter(|limit| (1..=MOST_ITEMS).contains(limit))
        };
        self.read("limit", "The limit is a number from 1 to 100.", read)
            .unwrap_or(DEFAULT_LIMIT)
    }

    /// After which item the page begins.
    pub(super) fn cursor<Id: FromStr>(&mut self) -> Option<Id> {
        let detail = "The cursor is not one of this list; follow “next” as it is.";
        self.read("cursor", detail, |text| text.parse().ok())
    }

    /// Whether all of them are right.
    ///
    /// # Errors
    /// 422, with each that is wrong.
    pub(super) fn check(&mut self) -> Result<(), Problem> {
        if self.errors.is_empty() {
            return Ok(());
        }
        Err(Problem::invalid(std::mem::take(&mut self.errors)))
    }

    /// The path of the next page: that of the request with the same parameters and a cursor.
    pub(super) fn next(&self, request: &HttpRequest, cursor: impl ToString) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in &self.given {
            if name != "cursor" {
                query.append_pair(name, value);
            }
        }
        query.append_pair("cursor", &cursor.to_string());
        format!("{}?{}", request.path(), query.finish())
    }
}

/// The text of a JSON body.
///
/// # Errors
/// 413, 408, 415 or 400.
pub(super) async fn body(request: &HttpRequest, payload: Payload) -> Result<String, Problem> {
    if !is_json(request.headers()) {
        return Err(Problem::not_json());
    }
    let bytes = form::read(request, payload.into_inner()).await?;
    String::from_utf8(bytes).map_err(|_| Problem::malformed("The body is not UTF-8."))
}

fn is_json(headers: &header::HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_plain = text(header::CONTENT_ENCODING)
        .is_none_or(|encoding| encoding.trim().eq_ignore_ascii_case("identity"));
    let mut parts = text(header::CONTENT_TYPE).unwrap_or_default().split(';');
    let kind = parts.next().unwrap_or_default().trim();
    let is_utf8 = parts
        .filter_map(|part| part.split_once('='))
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .all(|(_, charset)| {
            charset
                .trim()
                .trim_matches('"')
                .eq_ignore_ascii_case("utf-8")
        });
    is_plain && is_utf8 && kind.eq_ignore_ascii_case("application/json")
}

/// Reads an input from a JSON object and checks it. A field that is `null` is as one that is left out.
///
/// # Errors
/// 400 if it is no JSON object; 422, with each field that is wrong, unknown or of another type.
pub(super) fn read<I: Input + DeserializeOwned>(
    theme: &Theme,
    text: &str,
) -> Result<I::Checked, Problem> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Problem::malformed(format!("The body is not JSON: {error}.")))?;
    let Value::Object(mut fields) = value else {
        return Err(Problem::malformed("The body is not a JSON object."));
    };
    let strange = strange::<I>(&fields);
    if !strange.is_empty() {
        return Err(Problem::invalid(strange));
    }
    fields.retain(|_, value| !value.is_null());
    serde_json::from_value(Value::Object(fields))
        .map_err(|error| input::unreadable(I::FIELDS, &error.to_string()))
        .and_then(I::check)
        .map_err(|problems| {
            let told = problems.into_iter().map(|problem| told(theme, problem));
            Problem::invalid(told.collect())
        })
}

/// The field that is a boolean; all others are texts.
const BOOLEAN: &str = "single_name";

/// Fields that are not known, or of another type.
fn strange<I: Input>(fields: &Map<String, Value>) -> Vec<FieldProblem> {
    let wrong = |(name, value): (&String, &Value)| {
        let detail = if !I::FIELDS.iter().any(|field| field.name == name) {
            "There is no such field."
        } else if value.is_null() {
            return None;
        } else if name == BOOLEAN && !value.is_boolean() {
            "This has to be true or false."
        } else if name != BOOLEAN && !value.is_string() {
            "This has to be a string."
        } else {
            return None;
        };
        Some(FieldProblem {
            field: name.clone(),
            detail: detail.to_owned(),
        })
    };
    fields.iter().filter_map(wrong).collect()
}

/// A failed rule in words.
fn told(theme: &Theme, problem: input::Problem) -> FieldProblem {
    let args: Vec<(&str, Arg<'_>)> = problem
        .params
        .iter()
        .map(|(name, value)| (&**name, form::argument(value.clone())))
        .collect();
    FieldProblem {
        field: problem.field.to_owned(),
        detail: format!("{}.", theme.text_with(Lang::En, &problem.code, &args)),
    }
}
