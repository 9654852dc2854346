//! What the pages and use cases of accounts need.

use std::sync::Arc;

use crate::{
    clock::Clock,
    db::Db,
    http::{limits::Limits, secret_key::SecretKey},
    jobs::Notifier,
    mail::Composer,
};

/// What the pages and use cases of accounts need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Words the mails.
    pub composer: Composer,
    /// Told when mails were queued.
    pub jobs: Notifier,
    /// How often somebody may try.
    pub limits: Arc<Limits>,
    /// Key of the marks by which a browser is known.
    pub secret: SecretKey,
    /// Whether cookies are sent by HTTPS alone.
    pub is_https: bool,
    /// Whether mails are written as files, because there is no relay.
    pub writes_mails_as_files: bool,
}
