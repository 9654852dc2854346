//! A message shown once on the next page, e.g. “Saved”.
//!
//! A short-lived cookie carries a message key and perhaps a count. Even if somebody else sets it, only
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
    /// The number for `$count` in the message.
    count: Option<u32>,
}

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
            count: None,
        }
    }

    /// Information.
    #[must_use]
    pub fn info(key: &str) -> Self {
        Self {
            kind: Kind::Info,
            key: key.to_owned(),
            count: None,
        }
    }

    /// Failure.
    #[must_use]
    pub fn error(key: &str) -> Self {
        Self {
            kind: Kind::Error,
            key: key.to_owned(),
            count: None,
        }
    }

    /// The message with a count.
    #[must_use]
    pub fn count(self, count: usize) -> Self {
        let count = Some(u32::try_from(count).unwrap_or(u32::MAX));
        Self { count, ..self }
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
        if let Some(count) = self.count {
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
        let (key, count) = match key.split_once('.') {
            Some((key, count)) => (key, Some(count.parse().ok()?)),
            None => (key, None),
        };
        key.starts_with("flash-").then(|| Self {
            kind,
            key: key.to_owned(),
            count,
        })
    }

    pub(super) fn view(&self, theme: &Theme, lang: Lang) -> Option<FlashView> {
        let count = self.count.map(|count| ("count", count.into()));
        let text = theme.messages().find(lang, &self.key, count.as_slice())?;
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
