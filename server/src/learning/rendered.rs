//! Pages rendered once and shown again while they are still true.
//!
//! The key holds everything that a page depends on: who asks (by their session, whose form tokens
//! the page carries), what they may see, the version of what is recorded about them, the courses'
//! content, the address. The session and the version are read from the database for every request,
//! so an entry can be neither stale nor of a session that has ended: such keys are not asked for. What
//! time alone changes, the end of a test's time, is kept with the page: it is not shown after that moment.

use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use moka::sync::Cache;

use super::Catalogue;
use crate::{
    http::VisitCore,
    principal::{Principal, Roles},
};

/// How much is kept at most.
const MAX_BYTES: u64 = 48 * 1024 * 1024;

/// The pages kept. Cheap to clone.
#[derive(Clone)]
pub struct Rendered(Cache<Key, Kept>);

#[derive(Clone)]
struct Kept {
    page: Bytes,
    /// The last moment at which it is true.
    until: Option<DateTime<Utc>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    cookie: String,
    roles: Roles,
    name: String,
    record_version: i64,
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
    /// A page of this visit, if it is kept and still true; never one with a message for this answer only.
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

    /// Keeps a page made for this visit from what was read after `who` was; it is true until then, if
    /// nothing is written.
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
        content: catalogue.content_hash().to_owned(),
        path: visit.path().to_owned(),
    }
}
