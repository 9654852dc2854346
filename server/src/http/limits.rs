//! Rate limits for guessing: responses to failed attempts are delayed, longer with every failure, up to
//! [`LONGEST_WAIT`]. Nobody is refused because of what others do with the same address (decision 15).
//!
//! Failures are counted, successes are not: for an account from a network, for a network, for an account, and
//! in total. The counts are in memory, in tables of fixed size under keyed hashes. So a restart resets them,
//! each of several servers counts for itself, and requests cannot increase the memory in use.

mod decaying_counts;
mod network;

use std::{
    collections::HashMap,
    hash::{BuildHasher as _, Hash, RandomState},
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use self::{decaying_counts::DecayingCounts, network::Network};
use super::Error;

/// The longest delay of a response.
pub const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// The first delay.
const SHORTEST_WAIT: Duration = Duration::from_millis(250);
/// The longest delay because of failures elsewhere: the owner of an account at which many are guessing can
/// still sign in from anywhere.
const LONGEST_WAIT_FOR_OTHERS: Duration = Duration::from_millis(500);
/// The additional delay for each failure elsewhere.
const WAIT_FOR_ANOTHER: Duration = Duration::from_millis(50);

/// Attempts at an account from a network without a delay.
const FREE_OF_PAIR: u32 = 3;
/// Wrong passwords from a network (for all accounts) without a delay: typing mistakes in a seminar room.
const FREE_OF_NETWORK: u32 = 30;
/// Wrong passwords from a /48 of IPv6 without a delay.
const FREE_OF_WIDE_NETWORK: u32 = 90;
/// Wrong passwords for an account (from all networks) without a delay.
const FREE_OF_ACCOUNT: u32 = 10;
/// Wrong passwords for all accounts from all networks without a delay. Only those are counted that no other
/// limit explains.
const FREE_OF_ALL: u32 = 20;
/// Wrong passwords in a known browser before it is treated like any other.
const FREE_OF_BROWSER: u32 = 10;
/// Codes without a certificate, from a network, without a delay.
const FREE_OF_MISSES: u32 = 60;
/// Mails that can be requested from a network at once; after that, at the rate of forgetting.
const MAILS_AT_ONCE: u32 = 300;
/// Requests of the API with one token, or from one network without a valid one, that are answered at once; after
/// that, at the rate of forgetting: ten a second.
const API_AT_ONCE: u32 = 600;

/// Failures at an account from a network after which they count as guessing.
const GUESSES_OF_PAIR: u32 = 10;

/// Responses that may be delayed at the same time for an account from a network that is guessing. Further
/// requests there are refused (429).
const WAITING_OF_GUESSER: u32 = 64;
/// Responses that may be delayed at the same time for a network.
const WAITING_OF_NETWORK: u32 = 1_000;
/// Attempts from a network that may be in progress at once before they count as failures: a seminar room.
const FREE_UNDER_WAY: u32 = 60;
/// How many submissions of one mailed link's form may be in progress: two, for a double click.
const UNDER_WAY_OF_LINK: u32 = 2;
/// Responses that may be delayed at the same time in total.
const WAITING_OF_ALL: u32 = 4_000;

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;

/// The key of the total.
const ALL: u64 = 0;
/// A key that no request has.
const NOBODY: u64 = 1;

/// How to wait; tests replace it.
type Wait = Box<dyn Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync>;

/// The limits of one process.
pub struct Limits {
    is_on: bool,
    keys: RandomState,
    pairs: DecayingCounts,
    networks: DecayingCounts,
    accounts: DecayingCounts,
    browsers: DecayingCounts,
    all: DecayingCounts,
    misses: DecayingCounts,
    mails: DecayingCounts,
    api: DecayingCounts,
    /// How many requests are in progress, and how many responses are delayed, by key; zeros are not stored.
    now: Mutex<HashMap<u64, u32>>,
    /// When guessing by many was last logged, in milliseconds since 1970.
    noticed_ms: Mutex<Option<i64>>,
    wait: Wait,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            is_on: true,
            keys: RandomState::new(),
            pairs: DecayingCounts::new(16, MINUTE_MS, 12),
            networks: DecayingCounts::new(14, 10 * SECOND_MS, 120),
            accounts: DecayingCounts::new(14, MINUTE_MS, 30),
            browsers: DecayingCounts::new(12, MINUTE_MS, 20),
            all: DecayingCounts::new(0, 30 * SECOND_MS, 60),
            misses: DecayingCounts::new(12, SECOND_MS, 120),
            mails: DecayingCounts::new(12, SECOND_MS, MAILS_AT_ONCE),
            api: DecayingCounts::new(12, SECOND_MS / 10, API_AT_ONCE),
            now: Mutex::default(),
            noticed_ms: Mutex::default(),
            wait: Box::new(|time| Box::pin(tokio::time::sleep(time))),
        }
    }
}

/// An attempt to sign in.
#[derive(Debug, Clone, Copy)]
pub struct Guess<'a> {
    /// From where; see [`super::client::client_address`].
    pub address: IpAddr,
    /// The address that was typed, in its normal form, whether there is an account or not.
    pub email: &'a str,
    /// Identifies the browser if it signed in to this account before.
    pub known_browser: Option<&'a str>,
}

impl Limits {
    /// Limits without delays, for measurements and for tests of other things.
    #[must_use]
    pub fn none() -> Self {
        Self {
            is_on: false,
            ..Self::default()
        }
    }

    /// The same limits with another way to wait, for tests.
    #[must_use]
    pub fn waiting_by(
        mut self,
        wait: impl Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync + 'static,
    ) -> Self {
        self.wait = Box::new(wait);
        self
    }

    /// Registers an attempt to sign in, before the password is verified, and waits as long as needed. It
    /// counts as failed unless [`SignInAttempt::succeeded`] is called, also if the caller is cancelled.
    ///
    /// # Errors
    /// [`Error::TooMany`], if too many attempts of the same kind are waiting.
    pub async fn sign_in(
        &self,
        now: DateTime<Utc>,
        guess: Guess<'_>,
    ) -> Result<SignInAttempt<'_>, Error> {
        let network = Network::of(guess.address);
        let keys = Keys {
            pair: self.key("pair", (guess.email, network.near)),
            network: self.key("network", network.near),
            wide: network.wide.map(|wide| self.key("network", wide)),
            account: self.key("account", guess.email),
            browser: guess
                .known_browser
                .map(|browser| self.key("browser", browser)),
        };
        let now_ms = now.timestamp_millis();
        // Attempts in progress count too; otherwise many at once would each count as the first.
        let (under_way, [of_pair, of_browser]) =
            Place::take(&self.now, [keys.pair, keys.browser.unwrap_or(NOBODY)]);
        let failures = self.pairs.of(now_ms, keys.pair);
        // A pair that is delayed itself does not delay others in the network.
        let is_slowed = failures + of_pair > FREE_OF_PAIR;
        let counted = if is_slowed { NOBODY } else { keys.network };
        let (in_network, [of_network]) = Place::take(&self.now, [counted]);
        let is_trusted = keys.browser.is_some_and(|browser| {
            self.browsers.of(now_ms, browser) + of_browser <= FREE_OF_BROWSER
        });
        let attempt = SignInAttempt {
            limits: self,
            now_ms,
            keys,
            is_trusted,
            has_succeeded: false,
            _under_way: under_way,
            _in_network: in_network,
        };
        if self.is_on && !is_trusted {
            let at_once = if is_slowed {
                0
            } else {
                of_network.saturating_sub(FREE_UNDER_WAY)
            };
            let time = self.wait_of_sign_in(now_ms, keys, failures + of_pair, at_once);
            let most = if failures >= GUESSES_OF_PAIR {
                WAITING_OF_GUESSER
            } else {
                WAITING_OF_NETWORK
            };
            let places = [
                (self.key("waiting pair", keys.pair), most),
                (self.key("waiting", keys.network), WAITING_OF_NETWORK),
            ];
            self.wait(time, places).await?;
        }
        Ok(attempt)
    }

    fn wait_of_sign_in(&self, now_ms: i64, keys: Keys, tries: u32, at_once: u32) -> Duration {
        let all = self.all.of(now_ms, ALL);
        // While many guess, new pairs are delayed one attempt earlier.
        let free_of_pair = if all > FREE_OF_ALL { 1 } else { FREE_OF_PAIR };
        [
            delay(tries, free_of_pair),
            delay(self.networks.of(now_ms, keys.network), FREE_OF_NETWORK),
            delay(at_once, 0),
            keys.wide.map_or(Duration::ZERO, |wide| {
                delay(self.networks.of(now_ms, wide), FREE_OF_WIDE_NETWORK)
            }),
            delay_for_others(self.accounts.of(now_ms, keys.account), FREE_OF_ACCOUNT),
            delay_for_others(all, FREE_OF_ALL),
        ]
        .into_iter()
        .max()
        .unwrap_or_default()
    }

    fn failed(&self, now_ms: i64, keys: Keys) {
        if let Some(browser) = keys.browser {
            self.browsers.add(now_ms, browser);
        }
        // After the first attempts the pair itself is delayed, and its failures no longer count for its
        // network, its account or the total: one guesser delays nobody else.
        if self.pairs.add(now_ms, keys.pair) > FREE_OF_PAIR + 1 {
            return;
        }
        let of_network = self.networks.add(now_ms, keys.network);
        let of_wide = keys.wide.map_or(0, |wide| self.networks.add(now_ms, wide));
        self.accounts.add(now_ms, keys.account);
        if of_network > FREE_OF_NETWORK || of_wide > FREE_OF_WIDE_NETWORK {
            return;
        }
        let of_all = self.all.add(now_ms, ALL);
        if of_all > FREE_OF_ALL {
            self.log_many_guesses(now_ms, of_all);
        }
    }

    /// Logs that many are guessing, at most once in ten minutes.
    fn log_many_guesses(&self, now_ms: i64, failures: u32) {
        let mut noticed = self
            .noticed_ms
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if noticed.is_some_and(|at| (now_ms - at).abs() < 10 * MINUTE_MS) {
            return;
        }
        *noticed = Some(now_ms);
        tracing::warn!(
            failures,
            "many sign-ins fail, for different accounts or from different networks: somebody may be guessing passwords"
        );
    }

    /// Registers the form behind a mailed link, whose password will be hashed, until the result is dropped.
    ///
    /// # Errors
    /// [`Error::TooMany`], if two submissions of this link's form are in progress.
    pub fn link(&self, token: &str) -> Result<UnderWay<'_>, Error> {
        let (place, [count]) = Place::take(&self.now, [self.key("link", token)]);
        if self.is_on && count > UNDER_WAY_OF_LINK {
            return Err(Error::TooMany {
                retry_after_seconds: 1,
            });
        }
        Ok(UnderWay { _place: place })
    }

    /// Registers a request that sends a mail.
    ///
    /// # Errors
    /// [`Error::TooMany`], if the network has requested hundreds.
    pub fn mail(&self, now: DateTime<Utc>, address: IpAddr) -> Result<(), Error> {
        if !self.is_on {
            return Ok(());
        }
        let network = Network::of(address);
        // For IPv6 only the /48: a site with many networks does not get more mails.
        let key = self.key("mail", network.wide.unwrap_or(network.near));
        bounded(&self.mails, now, key, MAILS_AT_ONCE)
    }

    /// Registers a request of the API with a valid token, by what identifies the token.
    ///
    /// # Errors
    /// [`Error::TooMany`], if hundreds were made with it just now.
    pub fn api(&self, now: DateTime<Utc>, token: impl Hash) -> Result<(), Error> {
        if !self.is_on {
            return Ok(());
        }
        bounded(&self.api, now, self.key("api", token), API_AT_ONCE)
    }

    /// Registers a request of the API without a valid token.
    ///
    /// # Errors
    /// [`Error::TooMany`], if hundreds came from the network just now.
    pub fn api_unknown(&self, now: DateTime<Utc>, address: IpAddr) -> Result<(), Error> {
        if !self.is_on {
            return Ok(());
        }
        let network = Network::of(address);
        let key = self.key("api unknown", network.wide.unwrap_or(network.near));
        bounded(&self.api, now, key, API_AT_ONCE)
    }

    /// Registers a lookup of a certificate by its code; waits if many codes from the network were unknown.
    ///
    /// # Errors
    /// [`Error::TooMany`], if too many lookups from the network are waiting.
    pub async fn verify(&self, now: DateTime<Utc>, address: IpAddr) -> Result<(), Error> {
        if !self.is_on {
            return Ok(());
        }
        let key = self.miss_key(address);
        let misses = self.misses.of(now.timestamp_millis(), key);
        let places = [(self.key("waiting", key), WAITING_OF_NETWORK)];
        self.wait(delay(misses, FREE_OF_MISSES), places).await
    }

    /// Counts a code without a certificate.
    pub fn unknown_code(&self, now: DateTime<Utc>, address: IpAddr) {
        if self.is_on {
            self.misses
                .add(now.timestamp_millis(), self.miss_key(address));
        }
    }

    fn miss_key(&self, address: IpAddr) -> u64 {
        let network = Network::of(address);
        self.key("miss", network.wide.unwrap_or(network.near))
    }

    fn key(&self, kind: &str, of: impl Hash) -> u64 {
        self.keys.hash_one((kind, of))
    }

    /// Waits, unless more are waiting than allowed.
    async fn wait<const N: usize>(
        &self,
        time: Duration,
        places: [(u64, u32); N],
    ) -> Result<(), Error> {
        if time.is_zero() {
            return Ok(());
        }
        let (_all, [of_all]) = Place::take(&self.now, [ALL]);
        let (_place, counts) = Place::take(&self.now, places.map(|(key, _)| key));
        let is_full = of_all > WAITING_OF_ALL
            || places
                .iter()
                .zip(counts)
                .any(|((_, most), count)| count > *most);
        if is_full {
            return Err(Error::TooMany {
                retry_after_seconds: LONGEST_WAIT.as_secs(),
            });
        }
        (self.wait)(time).await;
        Ok(())
    }
}

/// Counts something, unless there were too many.
fn bounded(counts: &DecayingCounts, now: DateTime<Utc>, key: u64, most: u32) -> Result<(), Error> {
    let now_ms = now.timestamp_millis();
    if counts.of(now_ms, key) >= most {
        let wait_ms = counts.until(now_ms, key, most - 1);
        return Err(Error::TooMany {
            retry_after_seconds: wait_ms.div_ceil(1_000).max(1),
        });
    }
    counts.add(now_ms, key);
    Ok(())
}

#[derive(Debug, Clone, Copy)]
struct Keys {
    pair: u64,
    network: u64,
    wide: Option<u64>,
    account: u64,
    browser: Option<u64>,
}

/// The place of a request in the fair queue of hashing: networks take turns, and within a network its
/// accounts, so that a client that sends many passwords delays mainly itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashingTurn {
    /// The network, or a replacement for it.
    pub network: u64,
    /// The account, within the network.
    pub account: u64,
}

/// A registered attempt to sign in; failed, unless [`SignInAttempt::succeeded`] is called.
#[must_use]
pub struct SignInAttempt<'a> {
    limits: &'a Limits,
    now_ms: i64,
    keys: Keys,
    is_trusted: bool,
    has_succeeded: bool,
    _under_way: Place<'a, 2>,
    _in_network: Place<'a, 1>,
}

impl SignInAttempt<'_> {
    /// The password was correct.
    pub fn succeeded(mut self) {
        self.has_succeeded = true;
    }

    /// The key in the hashing queue: the account in its network, or a known browser, which waits behind
    /// nobody else of its network.
    #[must_use]
    pub fn turn(&self) -> HashingTurn {
        let network = match self.keys.browser {
            Some(browser) if self.is_trusted => browser,
            _ => self.keys.network,
        };
        HashingTurn {
            network,
            account: self.keys.pair,
        }
    }
}

impl Drop for SignInAttempt<'_> {
    fn drop(&mut self) {
        if self.limits.is_on && !self.has_succeeded {
            self.limits.failed(self.now_ms, self.keys);
        }
    }
}

/// A form in progress, until dropped.
#[must_use]
pub struct UnderWay<'a> {
    _place: Place<'a, 1>,
}

/// An entry under each of some keys, until dropped.
struct Place<'a, const N: usize> {
    now: &'a Mutex<HashMap<u64, u32>>,
    keys: [u64; N],
}

impl<'a, const N: usize> Place<'a, N> {
    /// Adds an entry; returns how many there are under each key, including this one.
    fn take(now: &'a Mutex<HashMap<u64, u32>>, keys: [u64; N]) -> (Self, [u32; N]) {
        let mut counts = now.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = keys.map(|key| {
            let count = counts.entry(key).or_default();
            *count += 1;
            *count
        });
        drop(counts);
        (Self { now, keys }, taken)
    }
}

impl<const N: usize> Drop for Place<'_, N> {
    fn drop(&mut self) {
        let mut counts = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        for key in self.keys {
            if let Some(count) = counts.get_mut(&key) {
                *count -= 1;
                if *count == 0 {
                    counts.remove(&key);
                }
            }
        }
    }
}

/// The delay after this many failures, of which the first `free` have none: a quarter of a second, doubled
/// each time.
fn delay(failures: u32, free: u32) -> Duration {
    match failures.saturating_sub(free) {
        0 => Duration::ZERO,
        over => SHORTEST_WAIT
            .saturating_mul(1 << (over - 1).min(8))
            .min(LONGEST_WAIT),
    }
}

/// The delay because of failures elsewhere.
fn delay_for_others(failures: u32, free: u32) -> Duration {
    WAIT_FOR_ANOTHER
        .saturating_mul(failures.saturating_sub(free))
        .min(LONGEST_WAIT_FOR_OTHERS)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T08:00:00Z".parse().unwrap()
    }

    fn guess<'a>(address: &str, email: &'a str) -> Guess<'a> {
        Guess {
            address: address.parse().unwrap(),
            email,
            known_browser: None,
        }
    }

    /// Limits whose delays never end.
    fn waiting_for_ever() -> Limits {
        Limits::default().waiting_by(|_| Box::pin(std::future::pending()))
    }

    #[test]
    fn waits_grow_to_two_seconds() {
        let milliseconds = |failures| delay(failures, 3).as_millis();
        assert_eq!(
            [0, 3, 4, 5, 6, 7, 8, 100, u32::MAX].map(milliseconds),
            [0, 0, 250, 500, 1_000, 2_000, 2_000, 2_000, 2_000]
        );
        let milliseconds = |failures| delay_for_others(failures, 10).as_millis();
        assert_eq!(
            [0, 10, 11, 20, 100, u32::MAX].map(milliseconds),
            [0, 0, 50, 500, 500, 500]
        );
    }

    #[test]
    fn concurrent_guesses_are_delayed_too() {
        let limits = waiting_for_ever();
        let mut under_way = Vec::new();
        let mut waiting = Vec::new();
        for _ in 0..10 {
            let mut attempt = Box::pin(limits.sign_in(now(), guess("192.0.2.1", "a@b.lv")));
            match attempt.as_mut().now_or_never() {
                Some(attempt) => under_way.push(attempt.ok().unwrap()),
                None => waiting.push(attempt),
            }
        }
        assert_eq!((under_way.len(), waiting.len()), (3, 7));
    }

    #[test]
    fn only_a_guesser_with_many_requests_is_refused() {
        let limits = waiting_for_ever();
        let guesser = guess("192.0.2.1", "a@b.lv");
        for _ in 0..12 {
            // A caller that is cancelled while waiting has failed.
            drop(Box::pin(limits.sign_in(now(), guesser)).now_or_never());
        }
        let mut waiting = Vec::new();
        let refused = loop {
            let mut attempt = Box::pin(limits.sign_in(now(), guesser));
            match attempt.as_mut().now_or_never() {
                None => waiting.push(attempt),
                Some(Ok(_)) => panic!("a guesser who does not wait"),
                Some(Err(error)) => break error,
            }
        };
        assert!(matches!(
            refused,
            Error::TooMany {
                retry_after_seconds: 2
            }
        ));
        assert_eq!(waiting.len(), WAITING_OF_GUESSER as usize);
        for other in [guess("192.0.2.1", "c@b.lv"), guess("192.0.2.2", "a@b.lv")] {
            let attempt = limits.sign_in(now(), other).now_or_never();
            attempt.unwrap().ok().unwrap().succeeded();
        }
        // Cancelled callers no longer count as waiting.
        drop(waiting);
        assert!(limits.sign_in(now(), guesser).now_or_never().is_none());
        assert!(limits.now.lock().unwrap().is_empty());
    }

    #[test]
    fn many_concurrent_attempts_at_many_accounts_are_delayed() {
        let limits = waiting_for_ever();
        let mut under_way = Vec::new();
        let mut waiting = Vec::new();
        for number in 0..100 {
            let email = format!("{number}@b.lv").leak();
            let mut attempt = Box::pin(limits.sign_in(now(), guess("192.0.2.1", email)));
            match attempt.as_mut().now_or_never() {
                Some(attempt) => under_way.push(attempt.ok().unwrap()),
                None => waiting.push(attempt),
            }
        }
        assert_eq!((under_way.len(), waiting.len()), (60, 40));
    }

    #[test]
    fn a_links_form_is_answered_twice_at_once_and_no_more() {
        let limits = Limits::default();
        let first = limits.link("a").ok().unwrap();
        let _second = limits.link("a").ok().unwrap();
        assert!(matches!(limits.link("a"), Err(Error::TooMany { .. })));
        assert!(limits.link("b").is_ok());
        drop(first);
        assert!(limits.link("a").is_ok());
    }

    #[test]
    fn successes_are_counted_nowhere() {
        let limits = waiting_for_ever();
        for number in 0..10_000 {
            let email = format!("{}@b.lv", number % 100);
            let attempt = limits.sign_in(now(), guess("192.0.2.1", &email));
            attempt.now_or_never().unwrap().ok().unwrap().succeeded();
        }
    }

    #[test]
    fn a_site_of_ipv6_has_no_more_guesses_for_its_many_networks() {
        let waits = std::sync::Arc::new(Mutex::new(Vec::new()));
        let noted = std::sync::Arc::clone(&waits);
        let limits = Limits::default().waiting_by(move |time| {
            noted.lock().unwrap().push(time);
            Box::pin(std::future::ready(()))
        });
        let wait = |address: &str, number: u32| {
            let email = format!("{number}@b.lv");
            let attempt = limits.sign_in(now(), guess(address, &email));
            drop(attempt.now_or_never().unwrap());
            waits.lock().unwrap().pop().unwrap_or_default()
        };
        for number in 1..=100 {
            wait(&format!("2001:db8:0:{number:x}::1"), number);
        }
        assert_eq!(wait("2001:db8:0:ffff::1", 200), LONGEST_WAIT);
        assert!(wait("2001:db8:1:1::1", 201) <= LONGEST_WAIT_FOR_OTHERS);
    }

    #[test]
    fn accounts_take_turns_within_their_network_and_a_known_browser_has_its_own_turn() {
        let limits = Limits::default().waiting_by(|_| Box::pin(std::future::ready(())));
        let turn = |guess| {
            let attempt = limits.sign_in(now(), guess).now_or_never().unwrap();
            let attempt = attempt.ok().unwrap();
            let turn = attempt.turn();
            attempt.succeeded();
            turn
        };
        let one = turn(guess("192.0.2.1", "a@b.lv"));
        let other = turn(guess("192.0.2.1", "c@b.lv"));
        assert_eq!(one.network, other.network);
        assert_ne!(one.account, other.account);
        assert_ne!(turn(guess("192.0.2.2", "a@b.lv")).network, one.network);
        let known = Guess {
            known_browser: Some("browser"),
            ..guess("192.0.2.1", "a@b.lv")
        };
        assert_ne!(turn(known).network, one.network);
    }
}
