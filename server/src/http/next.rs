//! The page to go on to after signing in or completing the profile.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use super::{
    Error, Lang,
    address::{self, has_language, with_query},
    methods,
};

/// A page of this site that supports `GET`; never another site's, whatever the request says, and never a page
/// for signing in.
///
/// As an argument of a handler it is read from the address; from a form, see [`super::Posted`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Next(Option<String>);

/// The name of the query parameter and the form field.
pub const FIELD: &str = "next";

/// The longest address in bytes.
const LONGEST: usize = 500;

/// The characters that browsers encode in an address.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>');

impl Next {
    /// Reads a path with its query; anything but a page of this site that can be opened is ignored.
    #[must_use]
    pub fn parse(request: &HttpRequest, text: &str) -> Self {
        let page = plain(text).filter(|page| methods::is_destination(request, page));
        Self(page)
    }

    /// A page that is known to be one that can be opened.
    #[cfg(test)]
    pub(crate) fn to(page: &str) -> Self {
        Self(Some(page.to_owned()))
    }

    /// The page.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The page, or `other` if there is none.
    #[must_use]
    pub fn or(self, other: String) -> String {
        self.0.unwrap_or(other)
    }

    /// The query parameter that remembers the page, for an address with further ones.
    #[must_use]
    pub fn parameter(&self) -> Option<(&'static str, &str)> {
        self.path().map(|page| (FIELD, page))
    }

    /// `path`, with the page as its query parameter.
    #[must_use]
    pub fn after(&self, path: &str) -> String {
        after(path, self.path())
    }
}

/// `path`, with `page` as its query parameter, if there is one.
#[must_use]
pub(super) fn after(path: &str, page: Option<&str>) -> String {
    with_query(path, page.map(|page| (FIELD, page)))
}

/// The page at `here` in this language. The page that it was asked to go on to comes along, in the same language; a form
/// that is shown again has it in a field only.
#[must_use]
pub(super) fn in_language(here: &str, next: Option<&str>, lang: Lang) -> String {
    let page = address::in_language(here, lang);
    match next.filter(|next| *next != here) {
        Some(next) => address::with_parameter(&page, FIELD, &address::in_language(next, lang)),
        None => page,
    }
}

/// An address that starts with one of the languages and is safe in a header; `None` for any other.
fn plain(text: &str) -> Option<String> {
    let is_ours = has_language(text);
    // A browser reads a backslash as a slash and ignores control characters.
    let is_plain = !text.contains(['\\', '#']) && !text.chars().any(char::is_control);
    let page = utf8_percent_encode(text, ENCODED).to_string();
    (is_ours && is_plain && page.len() <= LONGEST).then_some(page)
}

impl FromRequest for Next {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let next = url::form_urlencoded::parse(request.query_string().as_bytes())
            .find(|(name, _)| name == FIELD)
            .map(|(_, page)| Self::parse(request, &page));
        ready(Ok(next.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_never_a_page_of_another_site() {
        for text in [
            "https://elsewhere.example/lv/",
            "//elsewhere.example/lv/",
            "/\\elsewhere.example",
            "/lv/\\..\\",
            "/lv/a\r\nb",
            "javascript:alert(1)",
            "/assets/x",
            "",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn is_taken_along_to_the_other_language() {
        let to_english = |here, next| in_language(here, next, Lang::En);
        let next = Some("/lv/courses?theme=x&y=1");
        let there = "/en/register?next=%2Fen%2Fcourses%3Ftheme%3Dx%26y%3D1";
        assert_eq!(to_english("/lv/register", next), there);
        assert_eq!(to_english("/lv/register?next=%2Flv%2Fcourses", next), there);
        assert_eq!(to_english("/lv/me?x=1", Some("/lv/me?x=1")), "/en/me?x=1");
        assert_eq!(to_english("/lv/me", None), "/en/me");
    }

    #[test]
    fn remembers_a_page_with_its_query() {
        let next = Next::to("/lv/courses?ground=age&x=1");
        assert_eq!(
            next.after("/lv/me/profile"),
            "/lv/me/profile?next=%2Flv%2Fcourses%3Fground%3Dage%26x%3D1"
        );
        assert_eq!(next.or("/lv/me".to_owned()), "/lv/courses?ground=age&x=1");
        assert_eq!(Next::default().or("/lv/me".to_owned()), "/lv/me");
        assert_eq!(
            plain("/lv/handbook?q=rīga <b>").as_deref(),
            Some("/lv/handbook?q=r%C4%ABga%20%3Cb%3E")
        );
    }
}
