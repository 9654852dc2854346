//! What every page needs, in whichever area.

use std::{fmt, net::IpAddr, sync::Arc};

use actix_web::{HttpRequest, web::Data};
use futures::future::LocalBoxFuture;
use sea_orm::DbErr;

use super::{
    Error,
    client::{self, TrustedProxies},
    limits::Limits,
    refusals::Refusals,
    secret_key::SecretKey,
    theme::Theme,
};
use crate::principal::Principal;

/// Finds out who is signed in.
pub trait Authenticator: Send + Sync {
    /// The name of the session's cookie.
    fn cookie_name(&self) -> &'static str;

    /// The person signed in with this value of the cookie; `None` if nobody is.
    fn authenticate<'a>(
        &'a self,
        cookie: &'a str,
    ) -> LocalBoxFuture<'a, Result<Option<Principal>, DbErr>>;
}

/// What the navigation has to know about the content of the site.
pub trait Site: Send + Sync {
    /// Whether there are handbooks.
    fn has_handbook(&self) -> bool;
}

/// The contact details of the organiser, for people who need help.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// An e-mail address.
    pub email: Option<String>,
    /// A telephone number, in the form that people read.
    pub phone: Option<String>,
}

/// Shared by all web workers; taken from a request with [`Shell::of`].
pub struct Shell {
    /// The address that links from outside start with, without a trailing slash.
    pub public_url: Arc<str>,
    /// Whether people use https; then cookies are sent by https only.
    pub is_https: bool,
    /// The contact details that pages show.
    pub contact: Contact,
    /// Whether this is the demonstration; every page says so.
    pub is_demo: bool,
    /// Whether mails reach nobody, although people on other machines use the site; administrators are told.
    pub lacks_mail_server: bool,
    /// The reverse proxies whose forwarding headers are trusted.
    pub trusted_proxies: TrustedProxies,
    /// Templates and messages.
    pub theme: Theme,
    /// Key of CSRF tokens and other signatures.
    pub secret: SecretKey,
    /// Rate limits.
    pub limits: Arc<Limits>,
    /// Counts who was refused a page for another role.
    pub refusals: Arc<Refusals>,
    /// Finds out who is signed in.
    pub authenticator: Arc<dyn Authenticator>,
    /// Used by the navigation.
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
    /// The shell of a request.
    ///
    /// # Errors
    /// [`Error::Internal`]: the web server was configured without one.
    pub fn of(request: &HttpRequest) -> Result<&Data<Self>, Error> {
        request
            .app_data::<Data<Self>>()
            .ok_or_else(|| Error::internal("the web server has no shell"))
    }

    /// The client's address for rate limits and the log: see [`TrustedProxies::client`].
    #[must_use]
    pub fn client_address(&self, request: &HttpRequest) -> IpAddr {
        client::client_address(&self.trusted_proxies, request)
    }
}
