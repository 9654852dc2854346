//! What happens to those who guess: their replies wait, longer with every failure, at most
//! [`LONGEST_WAIT`]. Nobody is refused for what others do with their address (decision 15).
//!
//! Failures are counted, successes are not: for an account in a network, for a network, for an
//! account, and for everybody together. Counts are kept in memory in tables of fixed size, under
//! keyed hashes: a restart forgives, each of several servers counts for itself, and what is sent
//! costs no memory that stays.

mod levels;
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

use self::{levels::Levels, network::Network};
use super::Error;

/// How long a reply waits at most.
pub const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// How long the first reply waits that waits at all.
const SHORTEST_WAIT: Duration = Duration::from_millis(250);
/// How long a reply waits at most for what happens elsewhere: whoever is guessed by many at once
/// still signs in from anywhere without noticing much.
const LONGEST_WAIT_FOR_OTHERS: Duration = Duration::from_millis(500);
/// How much longer it waits for each failure elsewhere.
const WAIT_FOR_ANOTHER: Duration = Duration::from_millis(50);

/// Tries at an account from a network that wait for nothing.
const FREE_OF_PAIR: u32 = 3;
/// Wrong passwords from a network (over all accounts) that make nobody wait: a seminar room's slips.
const FREE_OF_NETWORK: u32 = 30;
/// The same for a /48 of IPv6.
const FREE_OF_WIDE_NETWORK: u32 = 90;
/// Wrong passwords for an account (over all networks) that make nobody wait.
const FREE_OF_ACCOUNT: u32 = 10;
/// Wrong passwords over all accounts and networks, each counted only where neither explains them,
/// that are taken for slips.
const FREE_OF_ALL: u32 = 20;
/// Wrong passwords in a browser that signed in before, until it is one like any other.
const FREE_OF_BROWSER: u32 = 10;
/// Codes that no certificate has, from a network, that make nobody wait.
const FREE_OF_MISSES: u32 = 60;
/// Mails asked for from a network at once; then as many as are forgotten.
const MAILS_AT_ONCE: u32 = 300;

/// Failures at an account from a network after which it is certain that somebody guesses.
const GUESSES_OF_PAIR: u32 = 10;

/// Replies that wait at the same time for an account in a network, once somebody guesses there. Who
/// sends more at once is told to come back; only they are.
const WAITING_OF_GUESSER: u32 = 64;
/// Replies that wait at the same time for a network.
const WAITING_OF_NETWORK: u32 = 1_000;
/// Tries of a network that may be under way at once without being taken for failures: a seminar room.
const FREE_UNDER_WAY: u32 = 60;
/// How often the form behind a mailed link may be under way: a double click.
const UNDER_WAY_OF_LINK: u32 = 2;
/// Replies that wait at the same time.
const WAITING_OF_ALL: u32 = 4_000;

const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;

/// The only key of what is counted for everybody.
const ALL: u64 = 0;
/// The key of what nobody asks for.
const NOBODY: u64 = 1;

/// Waits for a time; in tests, otherwise than by the machine's clock.
type Wait = Box<dyn Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync>;

/// The limits of one process.
pub struct Limits {
    is_on: bool,
    keys: RandomState,
    pairs: Levels,
    networks: Levels,
    accounts: Levels,
    browsers: Levels,
    all: Levels,
    misses: Levels,
    mails: Levels,
    /// How many requests are under way, and how many replies wait, by key; zeros are not kept.
    now: Mutex<HashMap<u64, u32>>,
    /// When it was last logged that many guess, in milliseconds since 1970.
    noticed_ms: Mutex<Option<i64>>,
    wait: Wait,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            is_on: true,
            keys: RandomState::new(),
            pairs: Levels::new(16, MINUTE_MS, 12),
            networks: Levels::new(14, 10 * SECOND_MS, 120),
            accounts: Levels::new(14, MINUTE_MS, 30),
            browsers: Levels::new(12, MINUTE_MS, 20),
            all: Levels::new(0, 30 * SECOND_MS, 60),
            misses: Levels::new(12, SECOND_MS, 120),
            mails: Levels::new(12, SECOND_MS, MAILS_AT_ONCE),
            now: Mutex::default(),
            noticed_ms: Mutex::default(),
            wait: Box::new(|time| Box::pin(tokio::time::sleep(time))),
        }
    }
}

/// Somebody who tries to sign in.
#[derive(Debug, Clone, Copy)]
pub struct Guess<'a> {
    /// From where; see [`super::client::client_address`].
    pub address: IpAddr,
    /// The address that was typed, in its normal form, whether there is such an account or not.
    pub email: &'a str,
    /// Names the browser, when it signed in to this account before.
    pub known_browser: Option<&'a str>,
}

impl Limits {
    /// Limits that slow nobody, for measuring and for tests of other things.
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

    /// A try to sign in, before the password is looked at: waits as long as it has to. It counts as
    /// failed unless [`Attempt::succeeded`] says otherwise; a caller that goes away changes nothing
    /// about that.
    ///
    /// # Errors
    /// [`Error::TooMany`], when too many tries of the same kind wait already.
    pub async fn sign_in(
        &self,
        now: DateTime<Utc>,
        guess: Guess<'_>,
    ) -> Result<Attempt<'_>, Error> {
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
        // Tries under way count, or many at once would each be the first.
        let (under_way, [of_pair, of_browser]) =
            Place::take(&self.now, [keys.pair, keys.browser.unwrap_or(NOBODY)]);
        let failures = self.pairs.of(now_ms, keys.pair);
        // Those of a pair that is slowed itself make nobody else in the network wait.
        let is_slowed = failures + of_pair > FREE_OF_PAIR;
        let counted = if is_slowed { NOBODY } else { keys.network };
        let (in_network, [of_network]) = Place::take(&self.now, [counted]);
        let is_trusted = keys.browser.is_some_and(|browser| {
            self.browsers.of(now_ms, browser) + of_browser <= FREE_OF_BROWSER
        });
        let attempt = Attempt {
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
        // While many guess, what looks like one of them is one sooner.
        let free_of_pair = if all > FREE_OF_ALL { 1 } else { FREE_OF_PAIR };
        [
            growing(tries, free_of_pair),
            growing(self.networks.of(now_ms, keys.network), FREE_OF_NETWORK),
            growing(at_once, 0),
            keys.wide.map_or(Duration::ZERO, |wide| {
                growing(self.networks.of(now_ms, wide), FREE_OF_WIDE_NETWORK)
            }),
            growing_for_others(self.accounts.of(now_ms, keys.account), FREE_OF_ACCOUNT),
            growing_for_others(all, FREE_OF_ALL),
        ]
        .into_iter()
        .max()
        .unwrap_or_default()
    }

    fn failed(&self, now_ms: i64, keys: Keys) {
        if let Some(browser) = keys.browser {
            self.browsers.add(now_ms, browser);
        }
        // Beyond the first tries, the pair is slowed and says nothing of its network, its account or
        // anybody else: one guesser makes nobody wait but themselves.
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
            self.notice(now_ms, of_all);
        }
    }

    /// Logs that many guess, once in ten minutes.
    fn notice(&self, now_ms: i64, failures: u32) {
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

    /// A form behind a mailed link, which hashes a password; the place is kept until it is answered.
    ///
    /// # Errors
    /// [`Error::TooMany`], when the same link's form is being answered twice already.
    pub fn link(&self, token: &str) -> Result<UnderWay<'_>, Error> {
        let (place, [count]) = Place::take(&self.now, [self.key("link", token)]);
        if self.is_on && count > UNDER_WAY_OF_LINK {
            return Err(Error::TooMany {
                retry_after_seconds: 1,
            });
        }
        Ok(UnderWay { _place: place })
    }

    /// Something that sends a mail.
    ///
    /// # Errors
    /// [`Error::TooMany`], when the network has asked for hundreds.
    pub fn mail(&self, now: DateTime<Utc>, address: IpAddr) -> Result<(), Error> {
        if !self.is_on {
            return Ok(());
        }
        let now_ms = now.timestamp_millis();
        let network = Network::of(address);
        // Of IPv6, only the /48: more connections than one are no reason for more mails.
        let key = self.key("mail", network.wide.unwrap_or(network.near));
        if self.mails.of(now_ms, key) >= MAILS_AT_ONCE {
            let wait_ms = self.mails.until(now_ms, key, MAILS_AT_ONCE - 1);
            return Err(Error::TooMany {
                retry_after_seconds: wait_ms.div_ceil(1_000).max(1),
            });
        }
        self.mails.add(now_ms, key);
        Ok(())
    }

    /// A look at a certificate by its code: waits, where many codes were wrong.
    ///
    /// # Errors
    /// [`Error::TooMany`], when too many looks of the network wait already.
    pub async fn verify(&self, now: DateTime<Utc>, address: IpAddr) -> Result<(), Error> {
        if !self.is_on {
            return Ok(());
        }
        let key = self.miss_key(address);
        let misses = self.misses.of(now.timestamp_millis(), key);
        let places = [(self.key("waiting", key), WAITING_OF_NETWORK)];
        self.wait(growing(misses, FREE_OF_MISSES), places).await
    }

    /// No certificate has the code.
    pub fn missed(&self, now: DateTime<Utc>, address: IpAddr) {
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

    /// Waits for a time, beside no more others than allowed.
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

#[derive(Debug, Clone, Copy)]
struct Keys {
    pair: u64,
    network: u64,
    wide: Option<u64>,
    account: u64,
    browser: Option<u64>,
}

/// Whose password is hashed: networks follow one another, and in each the accounts, so that whoever sends
/// many passwords waits behind themselves, whether for one account or for many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The network, or what stands for it.
    pub network: u64,
    /// The account, within the network.
    pub account: u64,
}

/// A try to sign in; failed, unless said otherwise.
#[must_use]
pub struct Attempt<'a> {
    limits: &'a Limits,
    now_ms: i64,
    keys: Keys,
    is_trusted: bool,
    has_succeeded: bool,
    _under_way: Place<'a, 2>,
    _in_network: Place<'a, 1>,
}

impl Attempt<'_> {
    /// The password was right.
    pub fn succeeded(mut self) {
        self.has_succeeded = true;
    }

    /// For whom the password is checked: the account in its network, or a browser that is known, which
    /// waits behind nobody of its network.
    #[must_use]
    pub fn turn(&self) -> Turn {
        let network = match self.keys.browser {
            Some(browser) if self.is_trusted => browser,
            _ => self.keys.network,
        };
        Turn {
            network,
            account: self.keys.pair,
        }
    }
}

impl Drop for Attempt<'_> {
    fn drop(&mut self) {
        if self.limits.is_on && !self.has_succeeded {
            self.limits.failed(self.now_ms, self.keys);
        }
    }
}

/// A form being answered, until dropped.
#[must_use]
pub struct UnderWay<'a> {
    _place: Place<'a, 1>,
}

/// One more under each of some keys, until dropped.
struct Place<'a, const N: usize> {
    now: &'a Mutex<HashMap<u64, u32>>,
    keys: [u64; N],
}

impl<'a, const N: usize> Place<'a, N> {
    /// Takes a place; how many there are then under each key, this one included.
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

/// How long a reply waits after so many failures of its own, of which some are free: a quarter of a
/// second, then twice as long each time.
fn growing(failures: u32, free: u32) -> Duration {
    match failures.saturating_sub(free) {
        0 => Duration::ZERO,
        over => SHORTEST_WAIT
            .saturating_mul(1 << (over - 1).min(8))
            .min(LONGEST_WAIT),
    }
}

/// How long a reply waits for failures of others.
fn growing_for_others(failures: u32, free: u32) -> Duration {
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

    /// Limits under which whoever waits waits for ever.
    fn waiting_for_ever() -> Limits {
        Limits::default().waiting_by(|_| Box::pin(std::future::pending()))
    }

    #[test]
    fn waits_grow_to_two_seconds() {
        let milliseconds = |failures| growing(failures, 3).as_millis();
        assert_eq!(
            [0, 3, 4, 5, 6, 7, 8, 100, u32::MAX].map(milliseconds),
            [0, 0, 250, 500, 1_000, 2_000, 2_000, 2_000, 2_000]
        );
        let milliseconds = |failures| growing_for_others(failures, 10).as_millis();
        assert_eq!(
            [0, 10, 11, 20, 100, u32::MAX].map(milliseconds),
            [0, 0, 50, 500, 500, 500]
        );
    }

    #[test]
    fn guesses_at_once_are_no_way_around_the_wait() {
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
    fn a_guesser_who_sends_many_is_told_to_come_back_and_nobody_else_is() {
        let limits = waiting_for_ever();
        let guesser = guess("192.0.2.1", "a@b.lv");
        for _ in 0..12 {
            // Whoever goes away while they wait has failed.
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
        // Those who waited and have gone away leave room.
        drop(waiting);
        assert!(limits.sign_in(now(), guesser).now_or_never().is_none());
        assert!(limits.now.lock().unwrap().is_empty());
    }

    #[test]
    fn many_at_once_at_many_accounts_wait_beyond_a_room_full() {
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
    fn accounts_of_a_network_take_turns_within_it_and_a_known_browser_has_its_own() {
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
