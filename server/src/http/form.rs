//! Forms: what came, checked to come from our own page, and what is shown again with its errors.

use std::{borrow::Cow, collections::BTreeMap, future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, error::PayloadError, http::header};
use futures::StreamExt as _;
use percent_encoding::percent_decode;
use serde::{
    Serialize,
    de::{DeserializeOwned, value},
};
use serde_json::Value;

use super::{
    Error, Lang, Next, Shell, client, csrf, next,
    theme::{Arg, Theme},
    visit::VisitCore,
};
use crate::input::{self, Field, Input, Problem};

/// The fields of a posted form, in their order, after the check of the form's token.
///
/// Taking this in a handler is what protects it against forged requests; a handler that changes
/// anything takes it.
#[derive(Debug, Clone)]
pub struct Posted {
    fields: Vec<(String, String)>,
    next: Next,
}

impl Posted {
    /// Fields given directly, for tests.
    #[must_use]
    pub fn from_fields(fields: &[(&str, &str)]) -> Self {
        Self {
            fields: fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            next: Next::default(),
        }
    }

    /// Whether the browser says that the form was on a page of our own.
    pub(super) fn check_origin(request: &HttpRequest) -> Result<(), Error> {
        if is_cross_site(Shell::of(request)?, request) {
            return Err(Error::CrossSite);
        }
        Ok(())
    }

    /// A form of these fields, if its token is the one of the visit.
    pub(super) fn checked(
        request: &HttpRequest,
        fields: Vec<(String, String)>,
    ) -> Result<Self, Error> {
        let next = Next::parse(request, first(&fields, next::FIELD).trim());
        let posted = Self { fields, next };
        let cookie = VisitCore::of(request)?.cookie;
        if csrf::is_valid(
            &Shell::of(request)?.secret,
            &cookie,
            posted.raw(csrf::FIELD),
        ) {
            Ok(posted)
        } else {
            Err(Error::FormExpired)
        }
    }

    /// The first value of a field, trimmed; empty when absent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The first value as it was typed, e.g. a password.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        first(&self.fields, name)
    }

    /// Reads an input from its fields and checks it.
    ///
    /// # Errors
    /// The form to show again, with what was typed.
    pub fn read<I: Input + DeserializeOwned>(&self) -> Result<I::Checked, FormState> {
        self.read_with(|_: &mut I| {})
    }

    /// The same for an input with values that are not in the form; `add` sets them.
    ///
    /// # Errors
    /// The form to show again, with what was typed.
    pub fn read_with<I: Input + DeserializeOwned>(
        &self,
        add: impl FnOnce(&mut I),
    ) -> Result<I::Checked, FormState> {
        let sent = I::FIELDS
            .iter()
            .filter(|field| self.has(field.name))
            .map(|field| (field.name, self.raw(field.name)));
        I::deserialize(value::MapDeserializer::<_, value::Error>::new(sent))
            .map_err(|error| input::unreadable(I::FIELDS, &error.to_string()))
            .and_then(|mut input| {
                add(&mut input);
                input.check()
            })
            .map_err(|problems| self.typed::<I>().problems(problems))
    }

    /// The form with the typed values, unchecked and without secrets.
    #[must_use]
    pub fn typed<I: Input>(&self) -> FormState {
        I::FIELDS
            .iter()
            .filter(|field| !field.is_secret)
            .fold(FormState::new(), |form, field| {
                form.value(field.name, self.get(field.name))
            })
    }

    /// Every value of a field that may be there several times, such as the boxes of ticked rows; in their order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_name = self.fields.iter().filter(move |(field, _)| field == name);
        of_name.map(|(_, value)| value.trim())
    }

    /// Where the form says that somebody wanted to go.
    #[must_use]
    pub fn next(&self) -> Next {
        self.next.clone()
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// The fields whose names begin with a prefix, without it: one of several parts of a form that have the same
    /// fields, such as the sessions of an event. Shown with [`FormState::part_view`].
    #[must_use]
    pub fn part(&self, prefix: &str) -> Self {
        let own = self.fields.iter().filter_map(|(name, value)| {
            let name = name.strip_prefix(prefix)?;
            Some((name.to_owned(), value.clone()))
        });
        Self {
            fields: own.collect(),
            next: self.next.clone(),
        }
    }

    /// Everything, for readers of their own fields such as questions.
    #[must_use]
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }
}

fn first<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields
        .iter()
        .find(|(field, _)| field == name)
        .map_or("", |(_, value)| value)
}

/// The largest form, in bytes: the answers of a whole test fit many times over.
pub const MAX_BYTES: usize = 256 * 1024;

impl FromRequest for Posted {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            Self::check_origin(&request)?;
            // Its size first: that is told of a body of any kind.
            let body = read(&request, payload).await?;
            if !is_form(request.headers()) {
                return Err(Error::NotAForm);
            }
            Self::checked(&request, fields(&body)?)
        })
    }
}

/// All of the body, whether its length was told before or not, up to [`MAX_BYTES`].
///
/// # Errors
/// It is too large, comes too slowly, or is not whole.
pub async fn read(request: &HttpRequest, mut payload: Payload) -> Result<Vec<u8>, Error> {
    let told = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|length| length > MAX_BYTES) {
        return Err(Error::TooLarge);
    }
    let mut body = Vec::new();
    while let Some(part) = payload.next().await {
        let part = part.map_err(unreadable)?;
        if body.len() + part.len() > MAX_BYTES {
            return Err(Error::TooLarge);
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}

fn unreadable(error: PayloadError) -> Error {
    match error {
        PayloadError::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => Error::TooSlow,
        PayloadError::Overflow => Error::TooLarge,
        _ => Error::BadRequest("the body is not whole"),
    }
}

/// A form of text in UTF-8, as browsers send it: not compressed, no files.
fn is_form(headers: &header::HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let is_plain = text(header::CONTENT_ENCODING)
        .is_none_or(|encoding| encoding.trim().eq_ignore_ascii_case("identity"));
    let mut parts = text(header::CONTENT_TYPE).unwrap_or_default().split(';');
    let is_form = parts.next().is_some_and(|kind| {
        kind.trim()
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    });
    let is_utf8 = parts
        .filter_map(|part| part.split_once('='))
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .all(|(_, charset)| {
            let charset = charset.trim().trim_matches('"');
            ["utf-8", "utf8", "us-ascii"]
                .iter()
                .any(|known| charset.eq_ignore_ascii_case(known))
        });
    is_plain && is_form && is_utf8
}

/// A text as somebody can have typed it and a database keeps it; anything else would be read as something that
/// nobody typed.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, Error> {
    let text = String::from_utf8(bytes).map_err(|_| Error::BadRequest("not UTF-8"))?;
    if text.contains('\0') {
        return Err(Error::BadRequest("a character that cannot be kept"));
    }
    Ok(text)
}

/// The fields of a form's text. What is not UTF-8 and what no database keeps is refused whole: it
/// would be read as something that nobody typed.
fn fields(body: &[u8]) -> Result<Vec<(String, String)>, Error> {
    let decoded = |bytes: &[u8]| -> Result<String, Error> {
        let spaced: Vec<u8> = bytes
            .iter()
            .map(|byte| if *byte == b'+' { b' ' } else { *byte })
            .collect();
        text(percent_decode(&spaced).collect())
    };
    body.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let (name, value) = (halves.next(), halves.next());
            Ok((
                decoded(name.unwrap_or_default())?,
                decoded(value.unwrap_or_default())?,
            ))
        })
        .collect()
}

/// What the browser says of where the form was: `Sec-Fetch-Site`, else `Origin`.
fn is_cross_site(shell: &Shell, request: &HttpRequest) -> bool {
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
            let asked = client::asked_host(&shell.trusted_proxies, request);
            let origin_host = origin.split_once("://").map(|(_, host)| host);
            origin != &*shell.public_url
                && (origin_host.is_none() || origin_host != asked.as_deref())
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
    key: Cow<'static, str>,
    args: Vec<(Cow<'static, str>, Arg<'static>)>,
}

/// The most characters of a field that are shown again: more than anybody types.
const MOST_SHOWN: usize = 10_000;

impl FormState {
    /// An empty form.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Fills a field. Never called with a secret: those are typed again.
    #[must_use]
    pub fn value(mut self, field: &'static str, value: impl Into<String>) -> Self {
        let mut value = value.into();
        if let Some((end, _)) = value.char_indices().nth(MOST_SHOWN) {
            value.truncate(end);
        }
        self.values.insert(field, value);
        self
    }

    /// Says that a field is wrong; `key` is the message's.
    #[must_use]
    pub fn error(mut self, field: &'static str, key: &'static str) -> Self {
        self.errors.push(FieldError {
            field,
            key: key.into(),
            args: Vec::new(),
        });
        self
    }

    /// The value of a field; empty if it has none.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// Whether anything is wrong.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Whether a field has a value.
    #[must_use]
    pub fn is_filled(&self, field: &str) -> bool {
        self.values
            .get(field)
            .is_some_and(|value| !value.is_empty())
    }

    /// Whether a field is wrong for this reason.
    #[must_use]
    pub fn has_error(&self, key: &str) -> bool {
        self.errors.iter().any(|error| error.key == key)
    }

    /// The same for a message with an argument.
    #[must_use]
    pub fn error_with(
        mut self,
        field: &'static str,
        key: &'static str,
        name: &'static str,
        value: String,
    ) -> Self {
        self.errors.push(FieldError {
            field,
            key: key.into(),
            args: vec![(name.into(), value.into())],
        });
        self
    }

    /// Adds problems.
    #[must_use]
    pub fn problems(mut self, problems: Vec<Problem>) -> Self {
        self.errors.extend(problems.into_iter().map(|problem| {
            let args = problem.params.into_iter();
            FieldError {
                field: problem.field,
                key: problem.code,
                args: args.map(|(name, value)| (name, argument(value))).collect(),
            }
        }));
        self
    }

    /// As templates get it; every one of `fields` is there, also when empty.
    #[must_use]
    pub fn view(&self, theme: &Theme, lang: Lang, fields: &[Field]) -> FormView {
        self.part_view(theme, lang, fields, "")
    }

    /// The same for a part of a form whose fields have names with a prefix: see [`Posted::part`].
    #[must_use]
    pub fn part_view(&self, theme: &Theme, lang: Lang, fields: &[Field], prefix: &str) -> FormView {
        let text = |error: &FieldError| {
            let args: Vec<_> = error
                .args
                .iter()
                .map(|(name, arg)| (name.as_ref(), arg.clone()))
                .collect();
            theme.text_with(lang, &error.key, &args)
        };
        FormView {
            fields: fields
                .iter()
                .map(|field| {
                    let view = FieldView {
                        value: self.values.get(field.name).cloned().unwrap_or_default(),
                        error: self
                            .errors
                            .iter()
                            .find(|error| error.field == field.name)
                            .map(text),
                        max: field.max,
                    };
                    (field.name, view)
                })
                .collect(),
            errors: self
                .in_order(fields)
                .map(|error| ErrorView {
                    field: format!("{prefix}{}", error.field),
                    text: text(error),
                })
                .collect(),
        }
    }
}

impl FormState {
    /// What is wrong, in the order of the fields; of one field, as it was found.
    fn in_order(&self, fields: &[Field]) -> impl Iterator<Item = &FieldError> {
        let place = |error: &&FieldError| {
            let place = fields.iter().position(|field| field.name == error.field);
            place.unwrap_or(fields.len())
        };
        let mut errors: Vec<&FieldError> = self.errors.iter().collect();
        errors.sort_by_key(place);
        errors.into_iter()
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
    /// The most characters that can be typed.
    max: Option<u64>,
}

impl FormView {
    /// Takes the errors out, for a page whose form has several parts and one summary of what is wrong.
    pub fn take_errors(&mut self) -> Vec<ErrorView> {
        std::mem::take(&mut self.errors)
    }
}

/// What is wrong with a field, for the summary on top of the page.
#[derive(Debug, Serialize)]
pub struct ErrorView {
    field: String,
    text: String,
}

/// The parameter of a failed rule as the argument of its message.
#[must_use]
pub fn argument(value: Value) -> Arg<'static> {
    match value {
        Value::String(text) => text.into(),
        Value::Number(number) => number
            .as_f64()
            .map_or_else(|| number.to_string().into(), Arg::from),
        other => other.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use validator::Validate;

    use super::*;

    #[derive(Debug, Default, Deserialize, Validate)]
    #[serde(default)]
    struct Raw {
        #[serde(deserialize_with = "input::tidied")]
        #[validate(length(min = 1, max = 5, code = "given-name"))]
        name: String,
        #[validate(length(min = 3, code = "password"))]
        secret: String,
        count: u8,
    }

    impl Input for Raw {
        const FIELDS: &'static [Field] = &[
            Field::new("name").at_most(5),
            Field::new("secret").secret(),
            Field::new("count"),
        ];
        type Checked = (String, String);

        fn into_checked(self) -> Option<Self::Checked> {
            Some((self.name, self.secret))
        }
    }

    #[test]
    fn an_input_is_read_from_the_first_field_of_each_name() {
        let fields = [
            ("csrf", "token"),
            ("name", "  An  B "),
            ("name", "Eva"),
            ("secret", " x "),
            ("other", "1"),
        ];
        let read = Posted::from_fields(&fields).read::<Raw>().unwrap();
        assert_eq!(read, ("An B".to_owned(), " x ".to_owned()));
    }

    #[test]
    fn a_refused_form_keeps_what_was_typed_without_secrets_and_within_a_limit() {
        let theme = Theme::load().unwrap();
        let shown = |fields: &[(&str, &str)]| {
            let form = Posted::from_fields(fields).read::<Raw>().unwrap_err();
            serde_json::to_value(form.view(&theme, Lang::En, Raw::FIELDS)).unwrap()
        };
        let view = shown(&[("name", " Annabel "), ("secret", "ab")]);
        assert_eq!(
            view["fields"]["name"],
            serde_json::json!({
                "value": "Annabel",
                "error": "The given name is too long: at most 5 characters",
                "max": 5,
            })
        );
        assert_eq!(view["fields"]["secret"]["value"], "");
        assert!(!view.to_string().contains("ab\""));
        let long = "ā".repeat(200_000);
        let view = shown(&[("name", &long)]);
        let value = view["fields"]["name"]["value"].as_str().unwrap();
        assert_eq!(value.chars().count(), MOST_SHOWN);
        // A field whose type cannot be read from every text is a bug, and is reported.
        let view = shown(&[("name", "Anna"), ("secret", "abc"), ("count", "many")]);
        assert_eq!(view["errors"][0]["field"], "name");
    }

    #[test]
    fn fields_are_read_as_they_were_typed() {
        for (body, expected) in [
            ("", vec![]),
            ("a=1&&b", vec![("a", "1"), ("b", "")]),
            ("a=r%C4%ABts+un+vakars%2B", vec![("a", "rīts un vakars+")]),
            ("a==&=b", vec![("a", "="), ("", "b")]),
            ("a=ā&a=%zz%", vec![("a", "ā"), ("a", "%zz%")]),
            ("a=%EF%BF%BD%F0%9F%8E%93", vec![("a", "\u{fffd}🎓")]),
        ] {
            let read = fields(body.as_bytes()).unwrap();
            let read: Vec<_> = read.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            assert_eq!(read, expected, "{body}");
        }
    }

    #[test]
    fn what_nobody_can_have_typed_is_refused() {
        let bodies: [&[u8]; 7] = [
            b"a=%00",
            b"a\0=1",
            b"a=%ff",
            b"a=\xff",
            b"%c3=1",
            b"a=%ED%A0%80",
            b"a=%C0%80",
        ];
        for body in bodies {
            assert!(
                matches!(fields(body), Err(Error::BadRequest(_))),
                "{body:?}"
            );
        }
    }

    #[test]
    fn a_form_says_that_it_is_one() {
        for (content_type, encoding, is_one) in [
            ("application/x-www-form-urlencoded", None, true),
            (
                "Application/X-WWW-Form-Urlencoded; charset=UTF-8",
                None,
                true,
            ),
            (
                "application/x-www-form-urlencoded;charset=\"utf-8\"",
                Some("identity"),
                true,
            ),
            (
                "application/x-www-form-urlencoded; charset=utf-16",
                None,
                false,
            ),
            (
                "application/x-www-form-urlencoded; charset=windows-1257",
                None,
                false,
            ),
            ("application/x-www-form-urlencoded", Some("gzip"), false),
            ("application/x-www-form-urlencodedx", None, false),
            ("application/json", None, false),
            ("multipart/form-data; boundary=x", None, false),
            ("", None, false),
        ] {
            let mut request = actix_web::test::TestRequest::post()
                .insert_header((header::CONTENT_TYPE, content_type));
            if let Some(encoding) = encoding {
                request = request.insert_header((header::CONTENT_ENCODING, encoding));
            }
            let request = request.to_http_request();
            assert_eq!(
                is_form(request.headers()),
                is_one,
                "{content_type} {encoding:?}"
            );
        }
    }
}
