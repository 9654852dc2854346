//! A message shown once on the next page, e.g. “Saved”.
//!
//! A short-lived cookie carries a message key and perhaps counts. Even if somebody else sets it, only
//! messages named `flash-…` can be shown.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
};
use serde::Serialize;

use super::{Lang, theme::Theme};

const COOKIE: &str = "flash";

/// A message for the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    kind: Kind,
    key: String,
    /// The numbers for [`COUNTS`] in the message, as many as there are.
    counts: Vec<u32>,
}

/// The names of numbers in a message: how many were changed, were as they should be before, and were refused.
const COUNTS: [&str; 3] = ["count", "unchanged", "refused"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Success,
    Info,
    Error,
}

/// The message for templates.
#[derive(Debug, Serialize)]
pub struct FlashView {
    kind: Kind,
    text: String,
}

impl Flash {
    /// Success.
    #[must_use]
    pub fn success(key: &str) -> Self {
        Self {
            kind: Kind::Success,
            key: key.to_owned(),
            counts: Vec::new(),
        }
    }

    /// Information.
    #[must_use]
    pub fn info(key: &str) -> Self {
        Self {
            kind: Kind::Info,
            key: key.to_owned(),
            counts: Vec::new(),
        }
    }

    /// Failure.
    #[must_use]
    pub fn error(key: &str) -> Self {
        Self {
            kind: Kind::Error,
            key: key.to_owned(),
            counts: Vec::new(),
        }
    }

    /// The message with a count.
    #[must_use]
    pub fn count(self, count: usize) -> Self {
        self.counts([count])
    }

    /// The message with counts: `$count`, and as many of `$unchanged` and `$refused` as are given.
    #[must_use]
    pub fn counts(self, counts: impl IntoIterator<Item = usize>) -> Self {
        let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
        let counts = counts.into_iter().map(number).take(COUNTS.len()).collect();
        Self { counts, ..self }
    }

    /// Adds it to a redirect.
    #[must_use]
    pub fn on(&self, mut response: HttpResponse) -> HttpResponse {
        let kind = match self.kind {
            Kind::Success => "success",
            Kind::Info => "info",
            Kind::Error => "error",
        };
        let mut value = format!("{kind}.{}", self.key);
        for count in &self.counts {
            value = format!("{value}.{count}");
        }
        let cookie = Cookie::build(COOKIE, value)
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .max_age(Duration::minutes(1))
            .finish();
        // A key of ASCII letters and dashes always makes a valid header.
        let _ = response.add_cookie(&cookie);
        response
    }

    pub(super) fn of(request: &HttpRequest) -> Option<Self> {
        let cookie = request.cookie(COOKIE)?;
        let (kind, key) = cookie.value().split_once('.')?;
        let kind = match kind {
            "success" => Kind::Success,
            "info" => Kind::Info,
            "error" => Kind::Error,
            _ => return None,
        };
        let mut parts = key.split('.');
        let key = parts.next()?.to_owned();
        let counts: Vec<u32> = parts
            .map(|count| count.parse().ok())
            .collect::<Option<_>>()?;
        key.starts_with("flash-")
            .then_some(Self { kind, key, counts })
    }

    pub(super) fn view(&self, theme: &Theme, lang: Lang) -> Option<FlashView> {
        let counts = COUNTS.into_iter().zip(&self.counts);
        let counts: Vec<_> = counts
            .map(|(name, count)| (name, (*count).into()))
            .collect();
        let text = theme.messages().find(lang, &self.key, &counts)?;
        Some(FlashView {
            kind: self.kind,
            text,
        })
    }

    pub(super) fn removal() -> Cookie<'static> {
        let mut cookie = Cookie::build(COOKIE, "").path("/").finish();
        cookie.make_removal();
        cookie
    }
}
