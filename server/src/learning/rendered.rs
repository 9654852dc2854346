//! A cache of rendered pages.
//!
//! The key contains everything on which a page depends: the session (the page's forms carry a token made from
//! it), the roles, the version of what is recorded about the person, the content of the courses, and the
//! address. The session and the version are read from the database for every request, so an outdated page, or
//! one of an ended session, is never found: its key is not used any more. The one thing that changes by time
//! alone, the end of a test's time, is stored with the page as its expiry.

use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use moka::sync::Cache;

use super::Catalogue;
use crate::{
    http::VisitCore,
    principal::{Principal, Roles},
};

/// The most memory for pages.
const MAX_BYTES: u64 = 48 * 1024 * 1024;

/// The cached pages. Cheap to clone.
#[derive(Clone)]
pub struct Rendered(Cache<Key, Kept>);

#[derive(Clone)]
struct Kept {
    page: Bytes,
    /// When it expires.
    until: Option<DateTime<Utc>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    cookie: String,
    roles: Roles,
    name: String,
    record_version: i64,
    is_address_refused: bool,
    content: String,
    path: String,
}

impl Default for Rendered {
    fn default() -> Self {
        let size = |key: &Key, kept: &Kept| {
            u32::try_from(kept.page.len() + key.path.len() + key.content.len() + 256)
                .unwrap_or(u32::MAX)
        };
        Self(
            Cache::builder()
                .weigher(size)
                .max_capacity(MAX_BYTES)
                .build(),
        )
    }
}

impl Rendered {
    /// The page of this visit, if it is cached and has not expired; never one with a one-time message.
    #[must_use]
    pub fn find(
        &self,
        visit: &VisitCore,
        who: &Principal,
        catalogue: &Catalogue,
        now: DateTime<Utc>,
    ) -> Option<Bytes> {
        if visit.has_flash() {
            return None;
        }
        let kept = self.0.get(&key(visit, who, catalogue))?;
        kept.until
            .is_none_or(|until| now <= until)
            .then_some(kept.page)
    }

    /// Caches a page that was rendered for this visit from data read after `who` was. It expires at `until`.
    pub fn keep(
        &self,
        visit: &VisitCore,
        who: &Principal,
        catalogue: &Catalogue,
        (page, until): (Bytes, Option<DateTime<Utc>>),
    ) {
        if !visit.has_flash() {
            let kept = Kept { page, until };
            self.0.insert(key(visit, who, catalogue), kept);
        }
    }
}

fn key(visit: &VisitCore, who: &Principal, catalogue: &Catalogue) -> Key {
    Key {
        cookie: visit.cookie.clone(),
        roles: who.roles,
        name: who.display_name.clone(),
        record_version: who.record_version,
        is_address_refused: who.is_address_refused,
        content: catalogue.content_hash().to_owned(),
        path: visit.path().to_owned(),
    }
}
