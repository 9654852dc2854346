//! What the pages and use cases of privacy need.

use std::{collections::BTreeMap, net::IpAddr, sync::Arc};

use futures::future::LocalBoxFuture;

use crate::{
    clock::Clock, db::Db, http::Error, ids::AccountId, jobs::Notifier, mail::Composer,
    personal::Registry,
};

/// Checks the password of an account. Implemented on top of the areas, so that this one does not depend on
/// `accounts`.
pub trait OwnPassword: Send + Sync {
    /// Whether it is the account's password; guesses are delayed.
    fn fits(
        &self,
        account_id: AccountId,
        password: String,
        address: IpAddr,
    ) -> LocalBoxFuture<'_, Result<bool, Error>>;
}

/// Days by the name of a rule, where they are configured.
pub type Retention = BTreeMap<String, u32>;

/// What the pages and use cases of privacy need. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// The areas with records about people.
    pub registry: Registry,
    /// Checks passwords.
    pub password: Arc<dyn OwnPassword>,
    /// Writes mails.
    pub composer: Composer,
    /// Notified when mails were queued.
    pub jobs: Notifier,
    /// The configured terms of retention.
    pub retention: Arc<Retention>,
}

impl State {
    /// What applying the rules of retention needs.
    #[must_use]
    pub fn rules(&self) -> Rules {
        Rules {
            clock: self.clock.clone(),
            db: self.db.clone(),
            registry: self.registry.clone(),
            retention: Arc::clone(&self.retention),
        }
    }
}

/// What applying the rules of retention needs.
#[derive(Clone)]
pub struct Rules {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// The areas with records about people.
    pub registry: Registry,
    /// The configured terms.
    pub retention: Arc<Retention>,
}
