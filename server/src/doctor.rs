//! `iespeja doctor`: checks an installation and says what to do. It changes nothing, works beside a running
//! server, and prints no secret.

use std::{
    fmt,
    net::{TcpListener, ToSocketAddrs as _},
    path::Path,
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::timeout;

use crate::{
    clock::Clock,
    config::{Config, DEFAULT_MAIL_FROM},
    crypt::{self, FieldKeys},
    data,
    db::{Claim, Db, saved, sealed},
    health::STUCK_AFTER,
    http::secret_key::SecretKey,
    jobs,
    mail::Transport,
};

/// How a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// In order.
    Good,
    /// Worth knowing.
    Note,
    /// To be mended.
    Bad,
}

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub state: State,
    /// What was checked.
    pub part: &'static str,
    /// What was found, and what to do.
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Good => "good",
            State::Note => "note",
            State::Bad => "MEND",
        };
        write!(f, "{state}  {:<10} {}", self.part, self.text)
    }
}

/// The findings so far.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, state: State, part: &'static str, text: impl Into<String>) {
        let text = text.into();
        self.0.push(Finding { state, part, text });
    }
}

/// Free space below which the disk is nearly full, and below which it is full.
const LITTLE_MIB: u64 = 1024;
const TOO_LITTLE_MIB: u64 = 100;

/// How long a mail server or a database may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The clocks of this machine and of the database may differ by this much.
const CLOCK_DIFFERENCE: TimeDelta = TimeDelta::seconds(5);

/// The clock of a machine that was never set is before this day.
const NOT_BEFORE: &str = "2026-01-01T00:00:00Z";

/// Checks the installation with this configuration.
pub async fn examine(config: &Config, clock: &Clock) -> Vec<Finding> {
    let mut found = Findings::default();
    data_folder(&mut found, config);
    let field_keys = keys(&mut found, config);
    courses(&mut found, config);
    address(&mut found, config);
    time(&mut found, clock);
    mail(&mut found, config).await;
    database(&mut found, config, clock, &field_keys).await;
    found.0
}

fn data_folder(found: &mut Findings, config: &Config) {
    const PART: &str = "data";
    let folder = &config.data_dir;
    let shown = folder.display();
    if let Err(error) = data::expect(folder, data::EntryKind::Folder) {
        found.add(State::Bad, PART, error.to_string());
        return;
    }
    if !folder.exists() {
        found.add(
            State::Note,
            PART,
            format!(
                "{shown} does not exist yet; the first start makes it (is IESPEJA_DATA_DIR right?)"
            ),
        );
        return;
    }
    match data::probe(folder) {
        Ok(()) => found.add(State::Good, PART, format!("{shown} can be written")),
        Err(error) => found.add(State::Bad, PART, error.to_string()),
    }
    let open = data::open_to_others(folder);
    if open.is_empty() {
        found.add(State::Good, "rights", "nobody else can look into it");
    } else {
        let names: Vec<_> = open
            .iter()
            .take(5)
            .map(|path| path.display().to_string())
            .collect();
        found.add(
            State::Bad,
            "rights",
            format!(
                "other users of this machine have access to {}: start the server once (it takes the access away), or run: chmod -R go-rwx {shown}",
                names.join(", ")
            ),
        );
    }
    disk(found, folder);
}

#[cfg(unix)]
fn disk(found: &mut Findings, folder: &Path) {
    const PART: &str = "disk";
    match rustix::fs::statvfs(folder) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize) >> 20;
            let (state, advice) = match free {
                0..TOO_LITTLE_MIB => (State::Bad, ": make room, or nothing can be written soon"),
                TOO_LITTLE_MIB..LITTLE_MIB => (State::Note, ": make room before long"),
                _ => (State::Good, ""),
            };
            let read_only = disk.f_flag.contains(rustix::fs::StatVfsMountFlags::RDONLY);
            if read_only {
                found.add(
                    State::Bad,
                    PART,
                    "the disk is mounted for reading only: mount it for writing",
                );
            }
            found.add(state, PART, format!("{free} MiB are free{advice}"));
        }
        Err(error) => found.add(
            State::Note,
            PART,
            format!("the free space is unknown: {error}"),
        ),
    }
}

#[cfg(not(unix))]
fn disk(_: &mut Findings, _: &Path) {}

/// The file of keys of encrypted fields.
enum FieldKeysFile {
    /// It can be read.
    Read(FieldKeys),
    /// There is none. Whether one is needed is in the database.
    Missing,
    /// It cannot be read, which was said.
    Unreadable,
}

fn keys(found: &mut Findings, config: &Config) -> FieldKeysFile {
    const PART: &str = "keys";
    let secret = config.data_dir.join("secret.key");
    if secret.exists() {
        match SecretKey::load_or_create(&secret) {
            Ok(_) => found.add(State::Good, PART, "secret.key can be read"),
            Err(error) => found.add(State::Bad, PART, error.to_string()),
        }
    } else {
        let is_first = !was_started(config);
        found.add(
            State::Note,
            PART,
            if is_first {
                "secret.key does not exist yet; the first start makes it"
            } else {
                "secret.key is missing; the next start makes a new one, and forms that are open have to be sent again"
            },
        );
    }
    let fields = config.data_dir.join(crypt::FILE);
    if fields.exists() {
        match FieldKeys::load(&fields) {
            Ok(keys) => {
                let newest = keys
                    .list()
                    .pop()
                    .map(|key| key.made_at.date_naive().to_string());
                found.add(
                    State::Good,
                    PART,
                    format!(
                        "field.keys can be read; its newest key is of {}",
                        newest.unwrap_or_default()
                    ),
                );
                FieldKeysFile::Read(keys)
            }
            Err(error) => {
                found.add(State::Bad, PART, error.to_string());
                FieldKeysFile::Unreadable
            }
        }
    } else {
        FieldKeysFile::Missing
    }
}

/// Whether a server was started with this data folder.
fn was_started(config: &Config) -> bool {
    let made = ["secret.key", crypt::FILE, "bundle", "iespeja.db"];
    made.iter().any(|name| config.data_dir.join(name).exists())
}

/// A missing file of keys, of which nothing is known to need it.
fn no_field_keys(found: &mut Findings, field_keys: &FieldKeysFile) {
    if matches!(field_keys, FieldKeysFile::Missing) {
        found.add(
            State::Note,
            "keys",
            "field.keys does not exist; the next start makes it, if no field is encrypted",
        );
    }
}

/// Whether the keys are there with which fields of the database are encrypted.
async fn sealed_fields(found: &mut Findings, config: &Config, db: &Db, file: &FieldKeysFile) {
    let keys = match file {
        FieldKeysFile::Read(keys) => Some(keys),
        FieldKeysFile::Missing => None,
        FieldKeysFile::Unreadable => return,
    };
    let path = config.data_dir.join(crypt::FILE);
    match sealed::used_keys(db).await {
        Ok(used) if used.is_empty() && keys.is_none() => no_field_keys(found, file),
        Ok(used) => match sealed::check(keys, &path, used) {
            Ok(()) => found.add(State::Good, "keys", "every encrypted field has its key"),
            Err(error) => found.add(State::Bad, "keys", error.to_string()),
        },
        Err(error) => found.add(State::Bad, "database", error.to_string()),
    }
}

fn courses(found: &mut Findings, config: &Config) {
    const PART: &str = "courses";
    let checked = course_compiler::compile::check_place(&config.courses_dir, &config.bundle_dir())
        .map_err(|error| error.to_string())
        .and_then(|()| {
            let root = course_compiler::load::Root::find(&config.courses_dir)
                .map_err(|error| error.to_string())?;
            crate::programme::Programme::load(root.folder()).map_err(|error| error.to_string())
        });
    if let Ok(root) = course_compiler::load::Root::find(&config.courses_dir) {
        for problem in crate::learning::Paths::load(root.folder()).problems() {
            found.add(State::Bad, PART, problem.to_string());
        }
    }
    match checked {
        Ok(_) => found.add(
            State::Good,
            PART,
            format!(
                "{} has courses and a programme; `course check` examines them",
                config.courses_dir.display()
            ),
        ),
        Err(error) => found.add(
            State::Bad,
            PART,
            format!(
                "{} (IESPEJA_COURSES_DIR): {error}",
                config.courses_dir.display()
            ),
        ),
    }
}

fn address(found: &mut Findings, config: &Config) {
    const PART: &str = "address";
    match TcpListener::bind(config.listen) {
        Ok(_) => found.add(
            State::Good,
            PART,
            format!("{} is free to listen on", config.listen),
        ),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            let by_us = Claim::is_held(&config.database_url.0);
            let text = if by_us {
                format!(
                    "{} is in use, and a server runs on this database",
                    config.listen
                )
            } else {
                format!(
                    "{} is in use by another program: stop it, or set IESPEJA_LISTEN, unless it is this installation's server",
                    config.listen
                )
            };
            found.add(if by_us { State::Good } else { State::Note }, PART, text);
        }
        Err(error) => found.add(
            State::Bad,
            PART,
            format!(
                "cannot listen on {} (IESPEJA_LISTEN): {error}",
                config.listen
            ),
        ),
    }
    let Some(url) = &config.base_url else {
        let (state, text) = if config.listen.ip().is_loopback() {
            (
                State::Note,
                "IESPEJA_BASE_URL is not set: links in mails and on certificates lead to this machine only",
            )
        } else {
            (
                State::Bad,
                "IESPEJA_BASE_URL is not set, but others reach this machine: links in mails and on certificates would be wrong; set it to the address that people use",
            )
        };
        found.add(state, PART, text);
        return;
    };
    let host = url.host_str().unwrap_or_default();
    if url.scheme() == "http" && config.is_public() {
        found.add(
            State::Bad,
            PART,
            "IESPEJA_BASE_URL begins with http://: passwords would be readable on the way; put a proxy with https in front and set https://",
        );
    }
    let port = url.port_or_known_default().unwrap_or(443);
    match (host.trim_matches(['[', ']']), port).to_socket_addrs() {
        Ok(_) => found.add(
            State::Good,
            PART,
            format!("{host} has an address in the network"),
        ),
        Err(error) => found.add(
            State::Bad,
            PART,
            format!("the name {host} of IESPEJA_BASE_URL is not known to this machine: {error}"),
        ),
    }
}

fn time(found: &mut Findings, clock: &Clock) {
    let now = clock.now();
    let is_set = NOT_BEFORE
        .parse::<DateTime<Utc>>()
        .is_ok_and(|early| now > early);
    let shown = now.format("%Y-%m-%d %H:%M:%S UTC");
    if is_set {
        found.add(State::Good, "time", format!("it is {shown}"));
    } else {
        found.add(
            State::Bad,
            "time",
            format!("the clock says {shown}: set it, best by NTP (timedatectl set-ntp true)"),
        );
    }
}

async fn mail(found: &mut Findings, config: &Config) {
    const PART: &str = "mail";
    let transport = match Transport::new(config) {
        Ok(transport) => transport,
        Err(error) => return found.add(State::Bad, PART, error),
    };
    if config.smtp_url.is_none() {
        let is_public = config.is_public() && !config.demo;
        let state = if is_public { State::Bad } else { State::Note };
        return found.add(
            state,
            PART,
            "no mail server is set (IESPEJA_SMTP_URL): mails become files, so people cannot confirm their addresses",
        );
    }
    match timeout(PATIENCE, transport.test()).await {
        Ok(Ok(())) => found.add(State::Good, PART, "the mail server answers and accepts the sign-in"),
        Ok(Err(error)) => found.add(
            State::Bad,
            PART,
            format!("the mail server of IESPEJA_SMTP_URL cannot be used: {error}"),
        ),
        Err(_) => found.add(
            State::Bad,
            PART,
            "the mail server of IESPEJA_SMTP_URL does not answer: is its port open to this machine?",
        ),
    }
    if config.mail_from.ends_with("@localhost>") || config.mail_from.ends_with("@localhost") {
        found.add(
            State::Bad,
            PART,
            format!(
                "IESPEJA_MAIL_FROM {}: mail servers refuse mails from localhost; set it to an address that your server may send for",
                if config.mail_from == DEFAULT_MAIL_FROM {
                    "is not set".to_owned()
                } else {
                    format!("is {}", config.mail_from)
                }
            ),
        );
    }
    if config.contact.email.is_none() {
        found.add(
            State::Note,
            PART,
            "IESPEJA_CONTACT_EMAIL is not set: people are not told whom to write to",
        );
    }
}

/// A database file that is not there: the first start makes it, unless there was one.
fn no_database(found: &mut Findings, config: &Config, path: &Path) {
    let shown = path.display();
    let (state, text) = if Claim::is_held(&config.database_url.0) {
        (
            State::Bad,
            format!(
                "{shown} does not exist, and a server runs on it: it was deleted or moved. Stop the server, put the file back or restore the last backup (iespeja restore), and start the server"
            ),
        )
    } else if was_started(config) {
        (
            State::Bad,
            format!(
                "{shown} does not exist, although the data folder was in use: put it back or restore the last backup (iespeja restore). A start would make an empty one (is IESPEJA_DATABASE_URL right?)"
            ),
        )
    } else {
        (
            State::Note,
            format!("{shown} does not exist yet; the first start makes it"),
        )
    };
    found.add(state, "database", text);
}

async fn database(
    found: &mut Findings,
    config: &Config,
    clock: &Clock,
    field_keys: &FieldKeysFile,
) {
    const PART: &str = "database";
    let url = &config.database_url.0;
    if let Some(path) = saved::sqlite_path(url) {
        if let Err(error) = data::expect(&path, data::EntryKind::File) {
            return found.add(State::Bad, PART, error.to_string());
        }
        if !path.exists() {
            no_field_keys(found, field_keys);
            return no_database(found, config, &path);
        }
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.starts_with(&config.data_dir))
        {
            disk(found, folder);
        }
    }
    let db = match timeout(PATIENCE, Db::connect(url)).await {
        Ok(Ok(db)) => db,
        Ok(Err(error)) => return found.add(State::Bad, PART, error.to_string()),
        Err(_) => return found.add(State::Bad, PART, "the database does not answer"),
    };
    let running = match saved::is_served(url).await {
        Ok(true) => "a server runs on it",
        Ok(false) => "no server runs on it",
        Err(_) => "whether a server runs on it is unknown",
    };
    match db.quick_check().await {
        Ok(()) => found.add(
            State::Good,
            PART,
            format!("it opens and is whole; {running}"),
        ),
        Err(error) => found.add(State::Bad, PART, error.to_string()),
    }
    match db.migration_gap().await {
        Ok((missing, unknown)) if missing.is_empty() && unknown.is_empty() => {
            found.add(State::Good, PART, "its tables are those of this program");
            sealed_fields(found, config, &db, field_keys).await;
        }
        Ok((_, unknown)) if !unknown.is_empty() => found.add(
            State::Bad,
            PART,
            "a newer program has changed its tables: use that program, or restore the backup from before",
        ),
        Ok(_) => found.add(
            State::Note,
            PART,
            "its tables are of an older program; the next start brings them up to date (make a backup before)",
        ),
        Err(_) => found.add(State::Bad, PART, "it has no tables yet: start the server once"),
    }
    match jobs::stuck_since(db.read(), clock.now(), STUCK_AFTER).await {
        Ok(Some(since)) => found.add(
            State::Bad,
            "jobs",
            format!("mails and other jobs wait since {since} and none is run: start the server, or look into its log"),
        ),
        Ok(None) => match jobs::count_dead(db.read()).await {
            Ok(0) => found.add(State::Good, "jobs", "none is stuck or given up"),
            Ok(dead) => found.add(
                State::Note,
                "jobs",
                format!("{dead} jobs were given up, see “a job was given up” in docs/operations.md"),
            ),
            Err(error) => found.add(State::Bad, "jobs", error.to_string()),
        },
        Err(error) => found.add(State::Bad, "jobs", error.to_string()),
    }
    if let Ok(newest) = jobs::newest(db.read()).await
        && newest.is_some_and(|at| at - clock.now() > CLOCK_DIFFERENCE)
    {
        found.add(
            State::Bad,
            "time",
            "the database has records from the future: the clock of this machine is slow, or was fast; set it, best by NTP",
        );
    }
    if let Ok(Some(theirs)) = db.server_time().await
        && (theirs - clock.now()).abs() > CLOCK_DIFFERENCE
    {
        found.add(
            State::Bad,
            "time",
            "the clocks of this machine and of the database's differ: set both, best by NTP",
        );
    }
    if let Err(error) = db.close().await {
        found.add(State::Note, PART, error.to_string());
    }
}

/// Whether the courses, the data and the configuration were all found in order.
#[must_use]
pub fn is_sound(findings: &[Finding]) -> bool {
    !findings.iter().any(|finding| finding.state == State::Bad)
}
