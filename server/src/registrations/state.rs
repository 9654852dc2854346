//! What registrations need.

use std::sync::Arc;

use crate::{
    clock::Clock,
    crypt::FieldKeys,
    db::Db,
    http::{limits::Limits, secret_key::SecretKey},
    jobs::Notifier,
    mail::Composer,
    programme::Programme,
};

/// What registrations need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Notified when mails were queued.
    pub jobs: Notifier,
    /// The kinds and strands of events.
    pub programme: Arc<Programme>,
    /// Writes mails.
    pub composer: Composer,
    /// Signs the links in mails.
    pub secret: SecretKey,
    /// Keys of what participants need.
    pub field_keys: FieldKeys,
    /// How many mails strangers can cause.
    pub limits: Arc<Limits>,
    /// The e-mail address of whoever organises events that name no own one.
    pub contact_email: Option<Arc<str>>,
}
