//! What a token is, and what it may do.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::{
    events::Event,
    ids::{AccountId, ApiTokenId},
    registrations::{PlaceCounts, Registration},
};

/// What a token begins with, so that it is recognised where it does not belong, e.g. in a file of a program.
pub(super) const TOKEN_PREFIX: &str = "iespeja_";

/// How many days a token works, unless another number is chosen.
pub const DEFAULT_DAYS: u32 = 90;

/// The most days that a token can work.
pub const MOST_DAYS: u32 = 366;

/// The most tokens of one account that work at the same time.
pub(super) const MOST_TOKENS: u64 = 20;

/// Something that a token may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Reading events and their registrations.
    EventsRead,
    /// Registering people for events and cancelling registrations.
    EventsWrite,
}

/// Every scope.
pub const SCOPES: [Scope; 2] = [Scope::EventsRead, Scope::EventsWrite];

/// The name of a scope, on the command line, in the API and in messages (`token-scope-…`, with a hyphen).
#[must_use]
pub const fn scope_slug(scope: Scope) -> &'static str {
    match scope {
        Scope::EventsRead => "events:read",
        Scope::EventsWrite => "events:write",
    }
}

/// The scope of this name.
#[must_use]
pub fn scope_from_slug(slug: &str) -> Option<Scope> {
    SCOPES.into_iter().find(|scope| scope_slug(*scope) == slug)
}

/// Several scopes, in their order.
pub type Scopes = BTreeSet<Scope>;

/// As they are stored.
pub(super) fn scopes_text(scopes: &Scopes) -> String {
    let slugs: Vec<_> = scopes.iter().map(|scope| scope_slug(*scope)).collect();
    slugs.join(" ")
}

/// As they were stored.
pub(super) fn scopes_from_text(text: &str) -> Scopes {
    text.split(' ').filter_map(scope_from_slug).collect()
}

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its id.
    pub id: ApiTokenId,
    /// Whose account.
    pub account_id: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it expires.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to a minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Whether a token works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Works,
    /// Its time is over.
    Expired,
    /// It was revoked.
    Revoked,
}

impl Token {
    /// Whether it works.
    #[must_use]
    pub fn standing(&self, now: DateTime<Utc>) -> Standing {
        if self.revoked_at.is_some() {
            Standing::Revoked
        } else if self.expires_at <= now {
            Standing::Expired
        } else {
            Standing::Works
        }
    }
}

/// A token that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeToken {
    /// The token itself, which is shown once.
    pub secret: String,
    /// What is known of it later.
    pub token: Token,
}

/// An event with its places.
#[derive(Debug, Clone)]
pub(super) struct PlacedEvent {
    /// The event.
    pub event: Event,
    /// Its places.
    pub places: PlaceCounts,
}

/// A registration with its place in the queue, from 1, if it waits.
#[derive(Debug, Clone)]
pub(super) struct Queued {
    /// The registration.
    pub registration: Registration,
    /// Its place in the queue.
    pub queue_place: Option<i32>,
}

/// A key by which a program repeats a request without a second effect, with a hash of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct IdempotencyKey {
    /// SHA-256 of the key, hex.
    pub key_hash: String,
    /// SHA-256 of the key and what is asked for, hex. The key is part of it so that what was asked for, which is
    /// about a person, cannot be guessed from the hash.
    pub request_hash: String,
}

impl IdempotencyKey {
    /// The key of a request: of its path and its body.
    pub(super) fn of(key: &[u8], path: &str, body: &str) -> Self {
        let length = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap_or_default().to_be_bytes();
        let mut request = Sha256::new();
        for part in [key, path.as_bytes(), body.as_bytes()] {
            request.update(length(part));
            request.update(part);
        }
        Self {
            key_hash: HEXLOWER.encode(&Sha256::digest(key)),
            request_hash: HEXLOWER.encode(&request.finalize()),
        }
    }
}

/// A registration in the reply to a request that asked for it.
#[derive(Debug, Clone)]
pub(super) struct Registered {
    /// The registration, in the state that it had then.
    pub queued: Queued,
    /// Whether the request made it; else the person was registered already.
    pub is_made: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_they_are_stored() {
        for scopes in [
            Scopes::new(),
            Scopes::from([Scope::EventsRead]),
            Scopes::from(SCOPES),
        ] {
            assert_eq!(scopes_from_text(&scopes_text(&scopes)), scopes);
        }
        assert_eq!(
            scopes_from_text("events:read other"),
            [Scope::EventsRead].into()
        );
    }

    #[test]
    fn a_key_stands_for_its_path_and_body() {
        let of = |key: &str, path: &str, body: &str| IdempotencyKey::of(key.as_bytes(), path, body);
        let first = of("key", "/a", "{}");
        assert_eq!(of("key", "/a", "{}"), first);
        assert_eq!(of("key", "/b", "{}").key_hash, first.key_hash);
        assert_ne!(of("key", "/b", "{}").request_hash, first.request_hash);
        assert_ne!(of("key", "/a", "{ }").request_hash, first.request_hash);
        assert_ne!(of("key", "/", "a{}").request_hash, first.request_hash);
        assert_ne!(of("other", "/a", "{}").key_hash, first.key_hash);
    }
}
