//! The running application: what every handler may use.

use std::sync::{Arc, RwLock};

pub use super::secret_key::SecretKey;
use crate::{
    accounts::session::Sessions,
    clock::Clock,
    config::Config,
    db::Db,
    http::connections::Connections,
    http::limits::Limits,
    http::theme::Theme,
    jobs::{self, Notifier},
    learning::{Catalogue, Rendered, Sittings},
    mail, organisations, people,
    programme::Programme,
    reactions::Reactions,
};

/// Shared by all workers; every part is cheap to share or is behind an `Arc`.
pub struct App {
    /// Configuration.
    pub config: Config,
    /// [`Config::public_url`], which every page and form asks for.
    pub public_url: Arc<str>,
    /// Time and new ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Templates and messages.
    pub theme: Theme,
    /// Key of CSRF tokens and other signatures.
    pub secret: SecretKey,
    /// Who asks.
    pub sessions: Sessions,
    /// Rate limits.
    pub limits: Limits,
    /// The connections that are open, and how long their clients are waited for.
    pub connections: Connections,
    /// The programme and its indicators, as configured.
    pub programme: Arc<Programme>,
    /// What follows when somebody says for whom they work.
    pub on_employer: Arc<dyn people::OnEmployer>,
    /// What follows when an organisation changes.
    pub on_register_change: Arc<dyn organisations::OnChange>,
    /// Pages rendered once and shown again while they are true.
    pub rendered: Rendered,
    /// Attempts under way.
    pub sittings: Sittings,
    /// Wakes the runners of jobs, after a transaction that queued some.
    pub jobs: Notifier,
    catalogue: RwLock<Arc<Catalogue>>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        config: Config,
        clock: Clock,
        db: Db,
        theme: Theme,
        secret: SecretKey,
        catalogue: Catalogue,
        programme: Programme,
    ) -> Self {
        let catalogue = RwLock::new(Arc::new(catalogue));
        let programme = Arc::new(programme);
        let public_url: Arc<str> = config.public_url().into();
        let composer = mail::Composer::new(theme.clone(), public_url.to_string());
        let reactions = Arc::new(Reactions::new(Arc::clone(&programme), composer));
        Self {
            public_url,
            config,
            clock,
            db,
            theme,
            secret,
            sessions: Sessions::default(),
            limits: Limits::default(),
            connections: Connections::default(),
            programme,
            on_employer: reactions.clone(),
            on_register_change: reactions,
            rendered: Rendered::default(),
            sittings: Sittings::default(),
            jobs: Notifier::default(),
            catalogue,
        }
    }

    /// The queue of jobs.
    #[must_use]
    pub fn queue(&self) -> jobs::Queue {
        jobs::Queue {
            db: self.db.clone(),
            clock: self.clock.clone(),
            notifier: self.jobs.clone(),
        }
    }

    /// Words mails with links to this installation.
    #[must_use]
    pub fn composer(&self) -> mail::Composer {
        mail::Composer::new(self.theme.clone(), self.public_url.to_string())
    }

    /// The courses as of now; a request keeps the one it began with.
    #[must_use]
    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(
            &self
                .catalogue
                .read()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        )
    }

    /// Swaps the courses whole.
    pub fn set_catalogue(&self, catalogue: Catalogue) {
        *self
            .catalogue
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(catalogue);
    }
}
