//! Configuration: built-in defaults, then `iespeja.toml`, then `IESPEJA_*` variables.
//!
//! The only place that reads the environment. A bad value stops the start and names its key.

use std::{
    collections::BTreeMap,
    fmt, io,
    net::{SocketAddr, ToSocketAddrs},
    num::NonZeroU32,
    path::{Path, PathBuf},
};

use chrono::TimeDelta;
use serde::Deserialize;
use url::{Host, Url};

use crate::{
    http::{Contact, client::TrustedProxies},
    principal::{ROLES, Roles, SessionRules, role_from_slug, role_slug},
};

/// The configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the server listens, e.g. `127.0.0.1:8080`. Port 0 takes any free one.
    pub listen: SocketAddr,
    /// Folder for the database, the compiled courses, mails written as files, and the secret key.
    pub data_dir: PathBuf,
    /// `sqlite://…` or `postgres://…`; an SQLite file in [`Config::data_dir`] by default.
    pub database_url: DatabaseUrl,
    /// Folder of the course sources.
    pub courses_dir: PathBuf,
    /// The address people use, without a trailing slash; stands in mails and certificates.
    /// `None` until the port is known: then `http://` and the listening address.
    pub base_url: Option<Url>,
    /// SMTP relay, e.g. `smtps://user:secret@mail.example:465`; without it mails become files.
    pub smtp_url: Option<SecretUrl>,
    /// The sender of every mail.
    pub mail_from: String,
    /// Whom people write to; stands on the page of help and contact, and nowhere else.
    pub contact: Contact,
    /// Password of the demonstration sign-ins; a fixed one when unset.
    pub demo_password: Option<String>,
    /// Whether to fill the database with the demonstration programme (`--demo`).
    pub demo: bool,
    /// Offer courses whose required reviews are missing, with a notice. Always on in the demo.
    pub offer_drafts: bool,
    /// Whether the threads that use SQLite stay on a processor each.
    pub pin_threads: bool,
    /// The networks of our own reverse proxies, whose forwarding headers are trusted.
    pub trusted_proxies: TrustedProxies,
    /// How many mails an address gets within 24 hours.
    pub mail_bounds: MailBounds,
    /// Days after which a rule of retention deletes, by its name, where they are not the rule's own.
    pub retention: BTreeMap<String, u32>,
    /// When sessions end, and which roles need a second factor.
    pub sessions: SessionRules,
    /// After how many days without activity people are reminded of a course: at most twice.
    pub reminder_days: Vec<u32>,
}

/// How many mails an address gets within 24 hours; those over the bound wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailBounds {
    /// Mails that are needed for signing in or tell of a danger to an account.
    pub for_security: NonZeroU32,
    /// All others.
    pub others: NonZeroU32,
}

impl MailBounds {
    /// Far more than anybody needs of either.
    const DEFAULT: Self = Self {
        for_security: NonZeroU32::MIN.saturating_add(39),
        others: NonZeroU32::MIN.saturating_add(19),
    };
}

/// What becomes of mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailWay {
    /// A mail server sends them.
    Server,
    /// They become files for the person who tries the program out on this machine.
    Files,
    /// They become files, and people on other machines never get them.
    Nowhere,
}

/// The address of the database; its password is not printed.
#[derive(Clone)]
pub struct DatabaseUrl(pub String);

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.0.split(':').next().unwrap_or_default();
        write!(f, "{scheme}:…")
    }
}

/// An address with a password; printed as its host only.
#[derive(Clone)]
pub struct SecretUrl(pub Url);

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}://…@{}",
            self.0.scheme(),
            self.0.host_str().unwrap_or_default()
        )
    }
}

/// Why the configuration cannot be used. The message names the key and never a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value cannot be read.
    #[error("configuration key `{key}` cannot be used: {problem}")]
    BadValue {
        /// The variable's or the file key's name.
        key: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// `iespeja.toml` is not valid.
    #[error("{path}: {problem}")]
    BadFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, with line and column.
        problem: String,
    },
}

/// The keys of `iespeja.toml`: the names of the variables without `IESPEJA_`, in lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<String>,
    data_dir: Option<PathBuf>,
    database_url: Option<String>,
    courses_dir: Option<PathBuf>,
    base_url: Option<String>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    contact_email: Option<String>,
    contact_phone: Option<String>,
    demo_password: Option<String>,
    offer_drafts: Option<bool>,
    pin_threads: Option<bool>,
    behind_proxy: Option<bool>,
    trusted_proxies: Option<TextList>,
    mails_per_day: Option<u32>,
    security_mails_per_day: Option<u32>,
    retention: Option<BTreeMap<String, u32>>,
    idle_minutes: Option<u32>,
    idle_minutes_roles: Option<u32>,
    reminder_days: Option<String>,
    second_factor_roles: Option<TextList>,
}

/// A list, or a text with commas as in the variable.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum TextList {
    List(Vec<String>),
    Text(String),
}

impl TextList {
    fn between_commas(self) -> String {
        match self {
            Self::List(list) => list.join(","),
            Self::Text(text) => text,
        }
    }
}

/// The sender of mails unless one is configured.
pub const DEFAULT_MAIL_FROM: &str = "Iespēja <iespeja@localhost>";

/// The password of the demonstration accounts when none is set. It gives access to fictitious data only.
pub const DEFAULT_DEMO_PASSWORD: &str = "iespeja-demo-2026";

/// Whom people of the demonstration write to when nobody is named; such addresses belong to nobody.
const DEMO_CONTACT: &str = "palidziba@example.com";

impl Config {
    /// Reads the file (if there is one) and the environment.
    ///
    /// # Errors
    /// The first key whose value cannot be used.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    pub fn load(file: &Path, demo: bool) -> Result<Self, ConfigError> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(ConfigError::BadFile {
                    path: file.into(),
                    problem: error.to_string(),
                });
            }
        };
        Self::from_sources(file, &text, |key| std::env::var(key).ok(), demo)
    }

    /// The configuration from given texts, for tests.
    ///
    /// # Errors
    /// As [`Config::load`].
    #[expect(
        clippy::too_many_lines,
        reason = "one setting after another, nothing between them"
    )]
    pub fn from_sources(
        path: &Path,
        text: &str,
        variable: impl Fn(&str) -> Option<String>,
        demo: bool,
    ) -> Result<Self, ConfigError> {
        let file: File = toml::from_str(text).map_err(|error| ConfigError::BadFile {
            path: path.into(),
            problem: error.to_string(),
        })?;
        let set = |key: &str| variable(key).filter(|value| !value.trim().is_empty());

        let listen = set("IESPEJA_LISTEN")
            .or(file.listen)
            .unwrap_or_else(|| "127.0.0.1:8080".to_owned());
        let listen = listen
            .to_socket_addrs()
            .map_err(|error| {
                bad(
                    "IESPEJA_LISTEN",
                    format!("“{listen}”: {error}; write e.g. 127.0.0.1:8080"),
                )
            })?
            .next()
            .ok_or_else(|| bad("IESPEJA_LISTEN", format!("“{listen}” names no address")))?;

        let data_dir = set("IESPEJA_DATA_DIR")
            .map(PathBuf::from)
            .or(file.data_dir)
            .unwrap_or_else(|| "data".into());
        let database_url = match set("IESPEJA_DATABASE_URL").or(file.database_url) {
            Some(url)
                if ["sqlite:", "postgres:", "postgresql:"]
                    .iter()
                    .any(|s| url.starts_with(s)) =>
            {
                url
            }
            Some(_) => {
                return Err(bad(
                    "IESPEJA_DATABASE_URL",
                    "it has to start with sqlite:// or postgres://".to_owned(),
                ));
            }
            None => format!(
                "sqlite://{}?mode=rwc",
                data_dir.join("iespeja.db").display()
            ),
        };
        Ok(Self {
            listen,
            database_url: DatabaseUrl(database_url),
            courses_dir: set("IESPEJA_COURSES_DIR")
                .map(PathBuf::from)
                .or(file.courses_dir)
                .unwrap_or_else(|| "courses".into()),
            data_dir,
            base_url: set("IESPEJA_BASE_URL")
                .or(file.base_url)
                .map(|url| http_url("IESPEJA_BASE_URL", &url))
                .transpose()?,
            smtp_url: set("IESPEJA_SMTP_URL")
                .or(file.smtp_url)
                .map(|url| smtp_url("IESPEJA_SMTP_URL", &url))
                .transpose()?,
            mail_from: set("IESPEJA_MAIL_FROM")
                .or(file.mail_from)
                .unwrap_or_else(|| DEFAULT_MAIL_FROM.to_owned()),
            contact: Contact {
                email: set("IESPEJA_CONTACT_EMAIL")
                    .or(file.contact_email)
                    .or_else(|| demo.then(|| DEMO_CONTACT.to_owned()))
                    .map(|email| contact_email(&email))
                    .transpose()?,
                phone: set("IESPEJA_CONTACT_PHONE")
                    .or(file.contact_phone)
                    .map(|phone| contact_phone(&phone))
                    .transpose()?,
            },
            demo_password: set("IESPEJA_DEMO_PASSWORD").or(file.demo_password),
            demo,
            offer_drafts: demo
                || flag("IESPEJA_OFFER_DRAFTS", set("IESPEJA_OFFER_DRAFTS"))?
                    .or(file.offer_drafts)
                    .unwrap_or(false),
            pin_threads: flag("IESPEJA_PIN_THREADS", set("IESPEJA_PIN_THREADS"))?
                .or(file.pin_threads)
                .unwrap_or(false),
            trusted_proxies: trusted_proxies(
                flag("IESPEJA_BEHIND_PROXY", set("IESPEJA_BEHIND_PROXY"))?.or(file.behind_proxy),
                set("IESPEJA_TRUSTED_PROXIES")
                    .or(file.trusted_proxies.map(TextList::between_commas)),
            )?,
            mail_bounds: MailBounds {
                for_security: bound(
                    "IESPEJA_SECURITY_MAILS_PER_DAY",
                    set("IESPEJA_SECURITY_MAILS_PER_DAY"),
                    file.security_mails_per_day,
                )?
                .unwrap_or(MailBounds::DEFAULT.for_security),
                others: bound(
                    "IESPEJA_MAILS_PER_DAY",
                    set("IESPEJA_MAILS_PER_DAY"),
                    file.mails_per_day,
                )?
                .unwrap_or(MailBounds::DEFAULT.others),
            },
            retention: match set("IESPEJA_RETENTION") {
                Some(text) => retention(&text)?,
                None => file.retention.unwrap_or_default(),
            },
            reminder_days: set("IESPEJA_REMINDER_DAYS")
                .or(file.reminder_days)
                .map_or_else(|| Ok(REMINDER_DAYS.to_vec()), |text| reminder_days(&text))?,
            sessions: session_rules(
                set,
                (file.idle_minutes, file.idle_minutes_roles),
                file.second_factor_roles,
            )?,
        })
    }

    /// The folder of the compiled courses.
    #[must_use]
    pub fn bundle_dir(&self) -> PathBuf {
        self.data_dir.join("bundle")
    }

    /// The address with which links start, without a trailing slash.
    #[must_use]
    pub fn public_url(&self) -> String {
        self.base_url.as_ref().map_or_else(
            || format!("http://{}", self.listen),
            |url| url.as_str().trim_end_matches('/').to_owned(),
        )
    }

    /// Whether people on other machines use the server: by its address or, while none is set, because it listens
    /// for them.
    #[must_use]
    pub fn is_public(&self) -> bool {
        match self.base_url.as_ref().and_then(Url::host) {
            Some(Host::Domain(name)) => name != "localhost" && !name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => !address.is_loopback(),
            Some(Host::Ipv6(address)) => !address.is_loopback(),
            None => !self.listen.ip().is_loopback(),
        }
    }

    /// What becomes of mails.
    #[must_use]
    pub fn mail_way(&self) -> MailWay {
        match (&self.smtp_url, self.is_public()) {
            (Some(_), _) => MailWay::Server,
            (None, false) => MailWay::Files,
            (None, true) => MailWay::Nowhere,
        }
    }

    /// Whether people use https; then cookies are marked `Secure`.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base_url
            .as_ref()
            .is_some_and(|url| url.scheme() == "https")
    }
}

/// `behind_proxy` without networks means a proxy on this machine.
fn trusted_proxies(
    is_behind_proxy: Option<bool>,
    networks: Option<String>,
) -> Result<TrustedProxies, ConfigError> {
    const KEY: &str = "IESPEJA_TRUSTED_PROXIES";
    let networks = networks
        .map(|text| TrustedProxies::parse(&text).map_err(|problem| bad(KEY, problem)))
        .transpose()?
        .filter(|networks| !networks.is_empty());
    match (is_behind_proxy, networks) {
        (Some(false), Some(_)) => Err(bad(
            KEY,
            "IESPEJA_BEHIND_PROXY says that there is no proxy; take one of the two away".to_owned(),
        )),
        (_, Some(networks)) => Ok(networks),
        (Some(true), None) => Ok(TrustedProxies::this_machine()),
        (Some(false) | None, None) => Ok(TrustedProxies::default()),
    }
}

/// A number of at least 1.
fn bound(
    key: &'static str,
    set: Option<String>,
    in_file: Option<u32>,
) -> Result<Option<NonZeroU32>, ConfigError> {
    let number = match set {
        Some(text) => Some(text.trim().parse().map_err(|_| {
            let problem = format!("“{text}” is no whole number; write e.g. 20");
            bad(key, problem)
        })?),
        None => in_file,
    };
    let least = || bad(key, "it has to be 1 at least".to_owned());
    number
        .map(|number| NonZeroU32::new(number).ok_or_else(least))
        .transpose()
}

/// When people are reminded, unless it is configured.
const REMINDER_DAYS: [u32; 2] = [7, 30];

/// `7,30`, one number, or `off`.
fn reminder_days(text: &str) -> Result<Vec<u32>, ConfigError> {
    if text.trim() == "off" {
        return Ok(Vec::new());
    }
    let days: Option<Vec<u32>> = text
        .split(',')
        .map(|days| {
            days.trim()
                .parse()
                .ok()
                .filter(|days| (1..=365).contains(days))
        })
        .collect();
    days.filter(|days| days.len() <= 2 && days.is_sorted_by(|one, next| one < next))
        .ok_or_else(|| {
            let problem = format!("“{text}”; write one or two numbers of days, e.g. 7,30, or off");
            bad("IESPEJA_REMINDER_DAYS", problem)
        })
}

/// `sent-mails=90,finished-jobs=30`.
fn retention(text: &str) -> Result<BTreeMap<String, u32>, ConfigError> {
    let term = |pair: &str| {
        let (name, days) = pair.split_once('=')?;
        Some((name.trim().to_owned(), days.trim().parse().ok()?))
    };
    let pairs = text.split(',').filter(|pair| !pair.trim().is_empty());
    pairs
        .map(|pair| {
            term(pair).ok_or_else(|| {
                let problem = format!("“{pair}”; write e.g. sent-mails=90,finished-jobs=30");
                bad("IESPEJA_RETENTION", problem)
            })
        })
        .collect()
}

/// The rules for sessions; `file` are the minutes for everybody and for people with a role.
fn session_rules(
    set: impl Fn(&str) -> Option<String>,
    file: (Option<u32>, Option<u32>),
    second_factor_roles: Option<TextList>,
) -> Result<SessionRules, ConfigError> {
    const IDLE: &str = "IESPEJA_IDLE_MINUTES";
    const IDLE_OF_ROLES: &str = "IESPEJA_IDLE_MINUTES_ROLES";
    let defaults = SessionRules::default();
    Ok(SessionRules {
        idle: minutes(IDLE, set(IDLE), file.0)?.unwrap_or(defaults.idle),
        idle_of_roles: minutes(IDLE_OF_ROLES, set(IDLE_OF_ROLES), file.1)?
            .unwrap_or(defaults.idle_of_roles),
        second_factor: roles(
            set("IESPEJA_SECOND_FACTOR_ROLES")
                .or(second_factor_roles.map(TextList::between_commas)),
        )?,
    })
}

/// Roles between commas.
fn roles(text: Option<String>) -> Result<Roles, ConfigError> {
    let text = text.unwrap_or_default();
    let slugs = text
        .split(',')
        .map(str::trim)
        .filter(|slug| !slug.is_empty());
    slugs
        .map(|slug| {
            role_from_slug(slug).ok_or_else(|| {
                let known: Vec<_> = ROLES.into_iter().map(role_slug).collect();
                let problem = format!("“{slug}” is no role; there are {}", known.join(", "));
                bad("IESPEJA_SECOND_FACTOR_ROLES", problem)
            })
        })
        .collect()
}

/// Minutes without a request: shorter than five would end sessions while people read, longer than a session
/// lasts would mean nothing.
fn minutes(
    key: &'static str,
    variable: Option<String>,
    file: Option<u32>,
) -> Result<Option<TimeDelta>, ConfigError> {
    const ALLOWED: std::ops::RangeInclusive<u32> = 5..=14 * 60;
    let number = match variable {
        Some(text) => {
            let number = text.trim().parse();
            Some(number.map_err(|_| bad(key, format!("“{text}” is no number of minutes")))?)
        }
        None => file,
    };
    match number {
        Some(number) if !ALLOWED.contains(&number) => Err(bad(
            key,
            format!(
                "{number} minutes; between {} and {}",
                ALLOWED.start(),
                ALLOWED.end()
            ),
        )),
        number => Ok(number.map(|number| TimeDelta::minutes(number.into()))),
    }
}

fn bad(key: &'static str, problem: String) -> ConfigError {
    ConfigError::BadValue { key, problem }
}

fn flag(key: &'static str, value: Option<String>) -> Result<Option<bool>, ConfigError> {
    match value.as_deref() {
        None => Ok(None),
        Some("1" | "true" | "yes") => Ok(Some(true)),
        Some("0" | "false" | "no") => Ok(Some(false)),
        Some(other) => Err(bad(key, format!("“{other}” is neither true nor false"))),
    }
}

fn contact_email(text: &str) -> Result<String, ConfigError> {
    let email = text.trim();
    let is_address = email.parse::<lettre::Address>().is_ok();
    is_address.then(|| email.to_owned()).ok_or_else(|| {
        let problem = format!("“{email}” is no e-mail address; write e.g. help@institution.lv");
        bad("IESPEJA_CONTACT_EMAIL", problem)
    })
}

fn contact_phone(text: &str) -> Result<String, ConfigError> {
    let phone = text.trim();
    let is_written = phone
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')'));
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    if is_written && (3..=15).contains(&digits) {
        Ok(phone.to_owned())
    } else {
        let problem = format!("“{phone}” is no telephone number; write e.g. +371 67021600");
        Err(bad("IESPEJA_CONTACT_PHONE", problem))
    }
}

fn http_url(key: &'static str, text: &str) -> Result<Url, ConfigError> {
    let url = Url::parse(text).map_err(|error| bad(key, error.to_string()))?;
    if matches!(url.scheme(), "http" | "https") && url.host_str().is_some() {
        Ok(url)
    } else {
        Err(bad(
            key,
            "it has to start with http:// or https://".to_owned(),
        ))
    }
}

fn smtp_url(key: &'static str, text: &str) -> Result<SecretUrl, ConfigError> {
    let url = Url::parse(text).map_err(|error| bad(key, error.to_string()))?;
    if matches!(url.scheme(), "smtp" | "smtps") && url.host_str().is_some() {
        Ok(SecretUrl(url))
    } else {
        Err(bad(
            key,
            "it has to start with smtp:// or smtps://".to_owned(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let find = |key: &str| {
            variables
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, value)| (*value).to_owned())
        };
        Config::from_sources(Path::new("iespeja.toml"), text, find, false)
    }

    #[test]
    fn variables_win_over_the_file_and_the_file_over_defaults() {
        let config = load(
            "listen = '127.0.0.1:9000'\ndata_dir = 'elsewhere'",
            &[("IESPEJA_LISTEN", "127.0.0.1:9001")],
        )
        .unwrap();
        assert_eq!(config.listen.port(), 9001);
        assert_eq!(config.data_dir, PathBuf::from("elsewhere"));
        assert_eq!(config.courses_dir, PathBuf::from("courses"));
    }

    #[test]
    fn a_bad_value_names_its_key() {
        for (key, value) in [
            ("IESPEJA_LISTEN", "nowhere"),
            ("IESPEJA_DATABASE_URL", "mysql://x"),
            ("IESPEJA_BASE_URL", "ftp://x"),
            ("IESPEJA_SMTP_URL", "https://x"),
            ("IESPEJA_BEHIND_PROXY", "maybe"),
            ("IESPEJA_CONTACT_EMAIL", "palidziba"),
            ("IESPEJA_CONTACT_PHONE", "zvaniet mums"),
            ("IESPEJA_CONTACT_PHONE", "12"),
            ("IESPEJA_MAILS_PER_DAY", "0"),
            ("IESPEJA_MAILS_PER_DAY", "many"),
            ("IESPEJA_SECURITY_MAILS_PER_DAY", "-1"),
            ("IESPEJA_SECOND_FACTOR_ROLES", "admin,boss"),
            ("IESPEJA_IDLE_MINUTES", "never"),
            ("IESPEJA_IDLE_MINUTES", "4"),
            ("IESPEJA_IDLE_MINUTES_ROLES", "900"),
            ("IESPEJA_TRUSTED_PROXIES", "proxy.example"),
            ("IESPEJA_TRUSTED_PROXIES", "10.0.0.0/8,0.0.0.0/0"),
        ] {
            let message = load("", &[(key, value)]).unwrap_err().to_string();
            assert!(message.contains(key), "{message}");
        }
    }

    #[test]
    fn sessions_end_after_the_configured_minutes_and_sooner_for_roles() {
        let rules = load("", &[]).unwrap().sessions;
        assert_eq!(rules, SessionRules::default());
        assert!(rules.idle_of_roles < rules.idle);
        let set = [("IESPEJA_IDLE_MINUTES_ROLES", "10")];
        let rules = load("idle_minutes = 90\nidle_minutes_roles = 20", &set).unwrap();
        assert_eq!(rules.sessions.idle, TimeDelta::minutes(90));
        assert_eq!(rules.sessions.idle_of_roles, TimeDelta::minutes(10));
        let set = [("IESPEJA_SECOND_FACTOR_ROLES", " admin, manager")];
        for config in [
            load("", &set),
            load("second_factor_roles = ['admin', 'manager']", &[]),
        ] {
            let rules = config.unwrap().sessions;
            let needs = |role| rules.needs_second_factor([role].into_iter().collect());
            assert_eq!(ROLES.map(needs), [false, true, false, true]);
        }
    }

    #[test]
    fn a_proxy_is_on_this_machine_unless_its_networks_are_named() {
        let trusted = |text: &str, variables: &[(&str, &str)]| {
            load(text, variables).map(|config| config.trusted_proxies.to_string())
        };
        for (text, variables, expected) in [
            ("", &[][..], ""),
            ("behind_proxy = true", &[], "127.0.0.0/8, ::1/128"),
            ("behind_proxy = false", &[], ""),
            (
                "trusted_proxies = ['10.1.0.0/16', '::1']",
                &[],
                "10.1.0.0/16, ::1/128",
            ),
            (
                "trusted_proxies = '10.1.0.0/16, ::1'",
                &[],
                "10.1.0.0/16, ::1/128",
            ),
            (
                "behind_proxy = true\ntrusted_proxies = ['10.1.0.0/16']",
                &[("IESPEJA_TRUSTED_PROXIES", "10.2.0.9")],
                "10.2.0.9/32",
            ),
        ] {
            assert_eq!(trusted(text, variables).unwrap(), expected, "{text}");
        }
        let both = trusted("behind_proxy = false\ntrusted_proxies = ['::1']", &[]);
        assert!(
            both.unwrap_err()
                .to_string()
                .contains("IESPEJA_TRUSTED_PROXIES")
        );
    }

    #[test]
    fn people_write_to_whoever_is_named_once() {
        let text = "contact_email = ' help@example.lv '\ncontact_phone = '+371 67021600'";
        let contact = load(text, &[]).unwrap().contact;
        assert_eq!(contact.email.as_deref(), Some("help@example.lv"));
        assert_eq!(contact.phone.as_deref(), Some("+371 67021600"));
        assert_eq!(load("", &[]).unwrap().contact.email, None);
        let demo = Config::from_sources(Path::new("x"), "", |_| None, true).unwrap();
        assert!(demo.contact.email.is_some());
    }

    #[test]
    fn an_address_is_public_unless_it_leads_to_this_machine() {
        for (key, value, is_public) in [
            ("IESPEJA_LISTEN", "127.0.0.1:8080", false),
            ("IESPEJA_LISTEN", "[::1]:8080", false),
            ("IESPEJA_LISTEN", "0.0.0.0:8080", true),
            ("IESPEJA_BASE_URL", "http://localhost:8080", false),
            ("IESPEJA_BASE_URL", "http://iespeja.localhost", false),
            ("IESPEJA_BASE_URL", "http://127.1.2.3", false),
            ("IESPEJA_BASE_URL", "http://[::1]:8080", false),
            ("IESPEJA_BASE_URL", "http://192.168.0.7", true),
            ("IESPEJA_BASE_URL", "https://notlocalhost", true),
            ("IESPEJA_BASE_URL", "https://iespeja.example", true),
        ] {
            let config = load("", &[(key, value)]).unwrap();
            assert_eq!(config.is_public(), is_public, "{value}");
            let way = if is_public {
                MailWay::Nowhere
            } else {
                MailWay::Files
            };
            assert_eq!(config.mail_way(), way, "{value}");
            let smtp = ("IESPEJA_SMTP_URL", "smtps://mail.example");
            let config = load("", &[(key, value), smtp]).unwrap();
            assert_eq!(config.mail_way(), MailWay::Server, "{value}");
        }
        // The address that people use counts, wherever the program listens.
        let inside = [
            ("IESPEJA_LISTEN", "0.0.0.0:8080"),
            ("IESPEJA_BASE_URL", "http://localhost:8080"),
        ];
        assert!(!load("", &inside).unwrap().is_public());
    }

    #[test]
    fn an_unknown_key_in_the_file_is_refused() {
        assert!(
            load("listn = 'x'", &[])
                .unwrap_err()
                .to_string()
                .contains("listn")
        );
    }

    #[test]
    fn secrets_do_not_print() {
        let config = load(
            "",
            &[
                ("IESPEJA_SMTP_URL", "smtp://user:hunter2@mail.example"),
                ("IESPEJA_DATABASE_URL", "postgres://user:hunter2@db/x"),
            ],
        )
        .unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
