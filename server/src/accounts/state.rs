//! What the pages and use cases of accounts need.

use std::sync::{Arc, atomic::AtomicU64};

use super::service::{OnAddress, OnRightsLost};
use crate::{
    clock::Clock,
    config::MailWay,
    crypt::FieldKeys,
    db::Db,
    http::{limits::Limits, refusals::Refusals, secret_key::SecretKey},
    jobs::Notifier,
    mail::Composer,
    people::OnArrival,
    principal::SessionRules,
};

/// What the pages and use cases of accounts need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Writes the mails.
    pub composer: Composer,
    /// Notified when mails were queued.
    pub jobs: Notifier,
    /// Rate limits.
    pub limits: Arc<Limits>,
    /// The key that signs the tokens of known browsers.
    pub secret: SecretKey,
    /// How many sign-ins failed since they were last recorded.
    pub failures: Arc<AtomicU64>,
    /// Who was refused a page for another role since that was last recorded.
    pub refusals: Arc<Refusals>,
    /// Whether cookies are sent by HTTPS only.
    pub is_https: bool,
    /// What becomes of mails.
    pub mail_way: MailWay,
    /// Keys of encrypted fields.
    pub field_keys: FieldKeys,
    /// The rules for sessions.
    pub rules: SessionRules,
    /// What follows when somebody signs in who is ready to learn.
    pub on_arrival: OnArrival,
    /// How other areas react when an account loses rights.
    pub on_rights_lost: Arc<dyn OnRightsLost>,
    /// What follows when an address is confirmed.
    pub on_address: Arc<dyn OnAddress>,
}
