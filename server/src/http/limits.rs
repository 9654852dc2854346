//! Limits on how often something may be tried, by address and by account.
//!
//! Kept in memory: a restart forgives, and each of several servers counts for itself. Passwords
//! are protected by Argon2id's cost besides.

use std::{net::IpAddr, num::NonZeroU32};

use actix_web::HttpRequest;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock as _};

use super::{App, Error};

/// The limits of one process.
pub struct Limits {
    sign_in_by_address: DefaultKeyedRateLimiter<IpAddr>,
    sign_in_by_account: DefaultKeyedRateLimiter<String>,
    mail_by_address: DefaultKeyedRateLimiter<IpAddr>,
    verify_by_address: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for Limits {
    /// What an office behind one address can use, and a guesser cannot.
    fn default() -> Self {
        Self {
            sign_in_by_address: RateLimiter::keyed(per_minute(30)),
            sign_in_by_account: RateLimiter::keyed(per_minute(5)),
            mail_by_address: RateLimiter::keyed(per_minute(10)),
            verify_by_address: RateLimiter::keyed(per_minute(60)),
        }
    }
}

impl Limits {
    /// Limits that never refuse, for measuring and for tests of other things.
    #[must_use]
    pub fn none() -> Self {
        let quota = || Quota::per_second(NonZeroU32::MAX);
        Self {
            sign_in_by_address: RateLimiter::keyed(quota()),
            sign_in_by_account: RateLimiter::keyed(quota()),
            mail_by_address: RateLimiter::keyed(quota()),
            verify_by_address: RateLimiter::keyed(quota()),
        }
    }

    /// A try to sign in.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub fn sign_in(&self, address: IpAddr, email: &str) -> Result<(), Error> {
        check(&self.sign_in_by_address, &address)?;
        check(&self.sign_in_by_account, &email.to_lowercase())
    }

    /// Something that sends a mail.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub fn mail(&self, address: IpAddr) -> Result<(), Error> {
        check(&self.mail_by_address, &address)
    }

    /// A look at a certificate by its code.
    ///
    /// # Errors
    /// [`Error::TooMany`].
    pub fn verify(&self, address: IpAddr) -> Result<(), Error> {
        check(&self.verify_by_address, &address)
    }

    /// Forgets whom nobody has heard of for a while; called now and then.
    pub fn shrink(&self) {
        self.sign_in_by_address.retain_recent();
        self.sign_in_by_account.retain_recent();
        self.mail_by_address.retain_recent();
        self.verify_by_address.retain_recent();
    }
}

fn per_minute(count: u32) -> Quota {
    Quota::per_minute(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN))
}

fn check<K: std::hash::Hash + Eq + Clone>(
    limiter: &DefaultKeyedRateLimiter<K>,
    key: &K,
) -> Result<(), Error> {
    limiter.check_key(key).map_err(|refusal| Error::TooMany {
        retry_after_seconds: refusal.wait_time_from(limiter.clock().now()).as_secs() + 1,
    })
}

/// The address that limits count: the peer's, or what a trusted proxy says.
#[must_use]
pub fn client_address(app: &App, request: &HttpRequest) -> IpAddr {
    let forwarded = app
        .config
        .behind_proxy
        .then(|| {
            // The last hop is what our proxy saw; those before it are what a client says of itself.
            let hops = request.headers().get("x-forwarded-for")?.to_str().ok()?;
            hops.rsplit(',').next()?.trim().parse().ok()
        })
        .flatten();
    forwarded
        .or_else(|| request.peer_addr().map(|peer| peer.ip()))
        .unwrap_or(IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED))
}
