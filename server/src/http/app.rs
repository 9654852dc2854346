//! The running application: what every handler may use.

use std::{
    io::{self, Write as _},
    path::Path,
    sync::{Arc, RwLock},
};

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use rand::RngExt as _;
use sha2::Sha256;

use crate::{
    accounts::session::Sessions,
    clock::Clock,
    config::Config,
    db::Db,
    http::limits::Limits,
    http::theme::Theme,
    jobs::Bell,
    learning::{Catalogue, Rendered, Sittings},
    mail,
    programme::Programme,
    random,
};

/// Shared by all workers; every part is cheap to share or is behind an `Arc`.
pub struct App {
    /// Configuration.
    pub config: Config,
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
    /// The programme and its indicators, as configured.
    pub programme: Arc<Programme>,
    /// Pages rendered once and shown again while they are true.
    pub rendered: Rendered,
    /// Attempts under way.
    pub sittings: Sittings,
    /// Rings for the runners of jobs, after a transaction that queued some.
    pub jobs: Bell,
    /// Rings for the delivery of mails, after a transaction that queued some.
    pub outbox: mail::Outbox,
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
        Self {
            config,
            clock,
            db,
            theme,
            secret,
            sessions: Sessions::default(),
            limits: Limits::default(),
            programme: Arc::new(programme),
            rendered: Rendered::default(),
            sittings: Sittings::default(),
            jobs: Bell::default(),
            outbox: mail::Outbox::default(),
            catalogue,
        }
    }

    /// Words mails with links to this installation.
    #[must_use]
    pub fn composer(&self) -> mail::Composer {
        mail::Composer::new(self.theme.clone(), self.config.public_url())
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

/// 512 random bits, one block of SHA-256, made at the first start and kept beside the database.
#[derive(Clone)]
pub struct SecretKey([u8; 64]);

impl SecretKey {
    /// A key of given bytes, for tests.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }

    /// Reads `secret.key`, or makes it, readable by its owner only.
    ///
    /// # Errors
    /// The file cannot be read, written or understood.
    #[expect(
        clippy::disallowed_methods,
        reason = "the key's own file in the data folder"
    )]
    pub fn load_or_create(path: &Path) -> io::Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => BASE64URL_NOPAD
                .decode(text.trim().as_bytes())
                .ok()
                .and_then(|bytes| bytes.try_into().ok())
                .map(Self)
                .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "not a key of 64 bytes")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = Self(random::rng().random());
                let mut options = std::fs::OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                options
                    .open(path)?
                    .write_all(BASE64URL_NOPAD.encode(&key.0).as_bytes())?;
                Ok(key)
            }
            Err(error) => Err(error),
        }
    }

    /// An HMAC-SHA-256 for one purpose, so that a signature made for one is worth nothing for
    /// another.
    #[must_use]
    pub fn mac(&self, purpose: &str, text: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new((&self.0).into());
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac
    }
}
