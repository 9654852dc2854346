//! What every page needs, whichever area it belongs to.

use std::{fmt, net::IpAddr, sync::Arc};

use actix_web::{HttpRequest, web::Data};
use futures::future::LocalBoxFuture;
use sea_orm::DbErr;

use super::{
    Error,
    client::{self, TrustedProxies},
    limits::Limits,
    secret_key::SecretKey,
    theme::Theme,
};
use crate::principal::Principal;

/// Finds out who asks.
pub trait Authenticator: Send + Sync {
    /// The name of the cookie that a browser is known by once somebody has signed in.
    fn cookie_name(&self) -> &'static str;

    /// Who the cookie's value stands for now; `None` when nobody.
    fn authenticate<'a>(
        &'a self,
        cookie: &'a str,
    ) -> LocalBoxFuture<'a, Result<Option<Principal>, DbErr>>;
}

/// What the navigation offers, as far as that depends on what there is.
pub trait Site: Send + Sync {
    /// Whether there are handbooks.
    fn has_handbook(&self) -> bool;
}

/// How people reach those who organise the courses.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// An e-mail address.
    pub email: Option<String>,
    /// A telephone number as it is written for people.
    pub phone: Option<String>,
}

/// Shared by all workers; taken from a request with [`Shell::of`].
pub struct Shell {
    /// The address that links from outside start with, without a trailing slash.
    pub public_url: Arc<str>,
    /// Whether browsers come by HTTPS: then cookies are sent by nothing else.
    pub is_https: bool,
    /// Whom people write to.
    pub contact: Contact,
    /// Whether everything in it is invented, which every page says.
    pub is_demo: bool,
    /// The reverse proxies whose word on a client's address is taken.
    pub trusted_proxies: TrustedProxies,
    /// Templates and messages.
    pub theme: Theme,
    /// Key of CSRF tokens and other signatures.
    pub secret: SecretKey,
    /// Rate limits.
    pub limits: Arc<Limits>,
    /// Finds out who asks.
    pub authenticator: Arc<dyn Authenticator>,
    /// What the navigation offers.
    pub site: Arc<dyn Site>,
}

impl fmt::Debug for Shell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shell")
            .field("public_url", &self.public_url)
            .finish_non_exhaustive()
    }
}

impl Shell {
    /// The shell in which a request is answered.
    ///
    /// # Errors
    /// [`Error::Internal`]: the web server was put together without one.
    pub fn of(request: &HttpRequest) -> Result<&Data<Self>, Error> {
        request
            .app_data::<Data<Self>>()
            .ok_or_else(|| Error::internal("the web server has no shell"))
    }

    /// The address that limits count, and that the log may name: see [`TrustedProxies::client`].
    #[must_use]
    pub fn client_address(&self, request: &HttpRequest) -> IpAddr {
        client::client_address(&self.trusted_proxies, request)
    }
}
