//! The command line: reads the configuration, prepares everything, starts the server.

use std::{
    fmt::Write as _,
    io::{ErrorKind, IsTerminal as _, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, bail, ensure};
use chrono::TimeDelta;
use clap::{Parser, Subcommand};
use course_compiler::{compile, diagnostic::terminal, load::Root};
use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    accounts,
    api::{self, NewToken, Scope, Standing, Token},
    app::{App, Parts, personal_records},
    audit, background, backup,
    clock::Clock,
    config::{Config, DEFAULT_DEMO_PASSWORD, MailWay},
    crypt::{self, FieldKeys},
    data,
    db::{Claim, Db, Threads, saved, sealed},
    demo::{self, Filled},
    doctor,
    http::{
        Lang,
        address::{self, Address as _},
        connections::{Bounds, ClientTimeouts, Connections},
        limits::Limits,
        secret_key::SecretKey,
        theme::Theme,
    },
    ids::ApiTokenId,
    learning::{Catalogue, Paths},
    mail::{self, Transport},
    personal::Registry,
    privacy,
    programme::Programme,
    server, telemetry,
};

/// Iespēja: e-learning on equal opportunities and non-discrimination.
///
/// Compiles the courses, opens the database and serves the pages. Configuration comes from
/// built-in defaults, then `iespeja.toml`, then `IESPEJA_*` variables.
#[derive(Debug, Parser)]
#[command(name = "iespeja", version)]
struct Arguments {
    /// Fill the database with a fictitious programme and say how to sign in to it.
    #[arg(long)]
    demo: bool,

    /// Allow --demo at an address that other machines reach. Everybody can sign in there with every role.
    #[arg(long, requires = "demo")]
    public_demo: bool,

    /// The configuration file.
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        default_value = "iespeja.toml"
    )]
    config: PathBuf,

    #[command(subcommand)]
    command: Option<Command>,
}

/// Without a command, the server starts. Every command works beside a running server, except `restore`.
#[derive(Debug, Subcommand)]
enum Command {
    /// Check the installation: rights, disk, database, mail, address, keys, time. Changes nothing.
    Doctor,
    /// Save everything that cannot be made again into a new folder inside FOLDER, and verify it.
    Backup {
        /// Where the backup's folder is made; on another disk than the data.
        folder: PathBuf,
    },
    /// Restore a backup into an empty installation. The server has to be stopped.
    Restore {
        /// The backup's folder.
        backup: PathBuf,
        /// Move aside what is there (PostgreSQL: drop its tables).
        #[arg(long)]
        replace: bool,
    },
    /// Apply the rules of retention now, as the server does every day, and print what was deleted.
    Retention {
        /// Only count.
        #[arg(long)]
        dry_run: bool,
    },
    /// The audit log.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// The keys of encrypted fields.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Accounts, where nobody can help on the pages any more.
    #[command(subcommand)]
    Account(AccountCommand),
    /// Tokens with which programs use the API.
    #[command(subcommand)]
    Token(TokenCommand),
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Make a token for an organiser or a manager. The last line of the output is the token; it is shown once.
    Create {
        /// The e-mail address of the account whose rights the token has.
        #[arg(long)]
        email: String,
        /// What the token may do: events:read, events:write. May be repeated.
        #[arg(long = "scope", required = true, value_parser = scope)]
        scopes: Vec<Scope>,
        /// What the token is called in lists.
        #[arg(long, default_value = "Command line")]
        name: String,
        /// For how many days it works, at most 366.
        #[arg(long, default_value_t = api::DEFAULT_DAYS, value_parser = clap::value_parser!(u32).range(1..=i64::from(api::MOST_DAYS)))]
        days: u32,
    },
    /// List the tokens of an account, also those that work no more.
    List {
        /// The account's e-mail address.
        #[arg(long)]
        email: String,
    },
    /// Revoke a token.
    Revoke {
        /// Its id, as listed.
        id: ApiTokenId,
    },
}

fn scope(slug: &str) -> Result<Scope, String> {
    api::scope_from_slug(slug).ok_or_else(|| {
        let known: Vec<_> = api::SCOPES.into_iter().map(api::scope_slug).collect();
        format!("there is no scope “{slug}”; there are {}", known.join(", "))
    })
}

#[derive(Debug, Subcommand)]
enum AccountCommand {
    /// Remove the second factor of the account with this address, e.g. of the only administrator who lost it. They
    /// are told by mail, and it is recorded in the audit log.
    RemoveSecondFactor {
        /// The account's e-mail address.
        email: String,
    },
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Verify that no entry was changed or removed.
    Verify,
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
    /// List the keys, without their secrets.
    List,
    /// Make a new key; running servers use it at once.
    Rotate,
    /// Encrypt anew what is encrypted with earlier keys, and remove those that are in use no more.
    Reencrypt,
}

/// Runs the program to its end.
///
/// # Errors
/// What prevents the server from starting, in words for the person who started it.
pub fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    telemetry::start();
    let config = Config::load(&arguments.config, arguments.demo)?;
    actix_web::rt::System::new().block_on(async move {
        match arguments.command {
            None => {
                refuse_public_demo(&config, arguments.public_demo)?;
                Box::pin(start(config)).await
            }
            Some(command) => run(command, &config).await,
        }
    })
}

/// The demonstration's password and its administrator are known to everybody, so whoever wants it on an address
/// that others reach says so twice.
fn refuse_public_demo(config: &Config, is_meant: bool) -> anyhow::Result<()> {
    ensure!(
        is_meant || !config.demo || !config.is_public(),
        "--demo at {}, which other machines reach: everybody can sign in there as administrator with a known password. If this is what you want, say --public-demo too, and set IESPEJA_DEMO_PASSWORD",
        config.public_url()
    );
    Ok(())
}

async fn run(command: Command, config: &Config) -> anyhow::Result<()> {
    data::restrict_new_files();
    let clock = Clock::system();
    match command {
        Command::Doctor => {
            let findings = doctor::examine(config, &clock).await;
            let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
            print(&lines.join("\n"));
            if !doctor::is_sound(&findings) {
                bail!("what is marked MEND has to be mended");
            }
        }
        Command::Backup { folder } => {
            let made = backup::back_up(config, &clock, &folder).await?;
            print(&format!(
                "{}: {} files, {} rows, verified. It holds personal data and keys: keep it as safe as the data folder. Save iespeja.toml and the courses yourself.",
                made.folder.display(),
                made.files,
                made.rows
            ));
        }
        Command::Restore { backup, replace } => {
            let moved = backup::restore(config, &clock, &backup, replace).await?;
            let mut text = format!(
                "restored into {}; start the server",
                config.data_dir.display()
            );
            for path in moved {
                let _ = write!(text, "\nmoved aside: {}", path.display());
            }
            print(&text);
        }
        Command::Audit(AuditCommand::Verify) => {
            let db = open(config).await?;
            match audit::verify_chain(&db).await? {
                Ok(entries) => print(&format!("{entries} entries, none changed or removed")),
                Err(broken) => bail!(
                    "{broken}: somebody changed the database by hand; compare it with the last backup"
                ),
            }
            db.close().await?;
        }
        Command::Account(AccountCommand::RemoveSecondFactor { email }) => {
            remove_second_factor(&email, &clock, config).await?;
        }
        Command::Token(command) => {
            let db = open(config).await?;
            token(command, &clock, &db).await?;
            db.close().await?;
        }
        Command::Retention { dry_run } => {
            check_retention(config)?;
            let rules = privacy::Rules {
                clock,
                db: open(config).await?,
                registry: retention_registry(config),
                retention: Arc::new(config.retention.clone()),
            };
            for applied in privacy::apply_rules(&rules, dry_run).await? {
                print(&format!(
                    "{:<22} {:>5} days  {} {}",
                    applied.rule,
                    applied.days,
                    applied.rows,
                    if dry_run {
                        "would be deleted"
                    } else {
                        "deleted"
                    }
                ));
            }
            rules.db.close().await?;
        }
        Command::Keys(command) => {
            let keys = FieldKeys::load(&config.data_dir.join(crypt::FILE))?;
            if matches!(command, KeysCommand::Rotate) {
                keys.add(clock.now())?;
            }
            if matches!(command, KeysCommand::Reencrypt) {
                reencrypt(config, &clock, &keys).await?;
            }
            for key in keys.list() {
                print(&format!("{}  made {}", key.id, key.made_at));
            }
        }
    }
    Ok(())
}

/// Encrypts every encrypted field with the newest key, and removes the keys that are in use no more.
async fn reencrypt(config: &Config, clock: &Clock, keys: &FieldKeys) -> anyhow::Result<()> {
    let db = open(config).await?;
    let (count, used) = sealed::encrypt_anew(&db, keys).await?;
    // A running server may still be writing with a key that was replaced just now.
    let grace = if saved::is_served(&config.database_url.0).await? {
        WRITING_WITH_EARLIER_KEY
    } else {
        TimeDelta::zero()
    };
    let removed = keys.prune(&used, clock.now() - grace)?;
    db.close().await?;
    print(&format!(
        "{} encrypted anew, {} removed",
        counted(count, "field"),
        counted(removed.len() as u64, "key")
    ));
    let kept = keys.list().len().saturating_sub(1);
    if kept > 0 {
        print(&format!(
            "{} kept, because a running server may still be writing with what was replaced just now; run this again in {} minutes",
            counted(kept as u64, "earlier key"),
            WRITING_WITH_EARLIER_KEY.num_minutes()
        ));
    }
    Ok(())
}

async fn remove_second_factor(email: &str, clock: &Clock, config: &Config) -> anyhow::Result<()> {
    let db = open(config).await?;
    let composer = mail::Composer::new(Theme::load()?, config.public_url());
    let removed = accounts::remove_second_factor_of((clock, &db, &composer), email).await?;
    db.close().await?;
    match removed {
        Some(true) => print("removed; the owner is told by mail"),
        Some(false) => print("this account has no second factor"),
        None => bail!("there is no account with the address {email}"),
    }
    Ok(())
}

/// Tokens of the API: making, listing, revoking.
async fn token(command: TokenCommand, clock: &Clock, db: &Db) -> anyhow::Result<()> {
    let account = async |email: &str| {
        accounts::account_of(db.read(), email)
            .await?
            .with_context(|| format!("there is no account with the address {email}"))
    };
    match command {
        TokenCommand::Create {
            email,
            scopes,
            name,
            days,
        } => {
            let account_id = account(&email).await?;
            let new = NewToken::of_command(&name, Some(days), scopes.into_iter().collect())
                .context("the name has to have 1 to 80 characters")?;
            let made = api::create_token((clock, db), None, account_id, new).await?;
            print(&format!(
                "{}\n{}",
                token_line(clock, &made.token),
                made.secret
            ));
        }
        TokenCommand::List { email } => {
            let tokens = api::tokens_of(db, account(&email).await?).await?;
            if tokens.is_empty() {
                print("no tokens");
            }
            for token in tokens {
                print(&token_line(clock, &token));
            }
        }
        TokenCommand::Revoke { id } => match api::revoke_any(clock, db, id).await? {
            Some(true) => print("revoked"),
            Some(false) => print("this token was revoked before"),
            None => bail!("there is no token {id}"),
        },
    }
    Ok(())
}

fn token_line(clock: &Clock, token: &Token) -> String {
    let scopes: Vec<_> = token
        .scopes
        .iter()
        .map(|scope| api::scope_slug(*scope))
        .collect();
    let standing = match token.standing(clock.now()) {
        Standing::Works => format!("works until {}", token.expires_at),
        Standing::Expired => format!("expired {}", token.expires_at),
        Standing::Revoked => "revoked".to_owned(),
    };
    let used = token
        .last_used_at
        .map_or_else(|| "never used".to_owned(), |at| format!("last used {at}"));
    format!(
        "{}  “{}”  {}  {standing}, {used}",
        token.id,
        token.name,
        scopes.join(" ")
    )
}

/// The database, as commands use it: there has to be one.
async fn open(config: &Config) -> anyhow::Result<Db> {
    let url = &config.database_url.0;
    if let Some(path) = saved::sqlite_path(url) {
        ensure!(path.exists(), "there is no database at {}", path.display());
    }
    let db = Db::connect(url).await?;
    let (missing, unknown) = db.migration_gap().await?;
    ensure!(
        missing.is_empty() && unknown.is_empty(),
        "the tables are of another version of the program: start the server of this version once"
    );
    Ok(db)
}

/// The areas with rules of retention, which read no encrypted field: the keys need not be there.
fn retention_registry(config: &Config) -> Registry {
    personal_records(config, &FieldKeys::from_bytes([0; 32]))
}

/// A term for a rule that does not exist would otherwise be forgotten unnoticed.
fn check_retention(config: &Config) -> anyhow::Result<()> {
    let registry = retention_registry(config);
    let names: Vec<_> = registry.rules().map(|rule| rule.name).collect();
    for name in config.retention.keys() {
        ensure!(
            names.contains(&name.as_str()),
            "configuration key `IESPEJA_RETENTION` cannot be used: there is no rule “{name}”; there are {}",
            names.join(", ")
        );
    }
    Ok(())
}

async fn start(mut config: Config) -> anyhow::Result<()> {
    data::restrict_new_files();
    let files = data::raise_file_limit();
    // First the steps that can fail at once, then those that take long. Before anything is written, the paths
    // are checked, so that nothing is written into the courses.
    let bundle_dir = config.bundle_dir();
    check_retention(&config)?;
    data::expect(&config.data_dir, data::EntryKind::Folder)?;
    compile::check_place(&config.courses_dir, &bundle_dir).with_context(|| of_courses(&config))?;
    prepare_data_dir(&config)?;
    let listener = listen(&config)?;
    config.listen = listener.local_addr()?;
    let secret = SecretKey::load_or_create(&config.data_dir.join("secret.key"))?;
    let transport = Transport::new(&config).map_err(anyhow::Error::msg)?;
    let theme = Theme::load().context("the theme")?;
    // Next to the courses, also if a single course was named.
    let courses = Root::find(&config.courses_dir).with_context(|| of_courses(&config))?;
    let programme = Programme::load(courses.folder())?;
    programme.check_sources(&crate::app::sources())?;
    let threads = if config.pin_threads {
        Threads::Pinned
    } else {
        Threads::Free
    };
    // Until this function ends.
    let _claim = Claim::take(&config.database_url.0)?;
    let db = Db::connect_with(&config.database_url.0, threads).await?;
    db.quick_check().await?;
    db.migrate()
        .await
        .context("the database could not be brought up to date")?;
    let fields = config.data_dir.join(crypt::FILE);
    let field_keys = sealed::open_keys(&db, &fields, Clock::system().now()).await?;
    let catalogue = compile_courses(&config)?.with_paths(Paths::load(courses.folder()));
    for problem in catalogue.path_problems() {
        print_error(&format!("learning paths: {problem}"));
    }

    let app = App::new(Parts {
        config,
        clock: Clock::system(),
        db,
        theme,
        secret,
        field_keys,
        catalogue,
        programme,
        limits: Limits::default(),
        connections: Connections::new(ClientTimeouts::default(), Bounds::for_files(files)),
    });
    warn_of_mail(&app.config);
    let greeting = greeting(&app).await?;
    let background = actix_web::rt::spawn(background::run(app.clone(), transport));
    // Whoever reads the address may tell the process to stop at once.
    let stopping = server::StopSignals::listen().context("signals cannot be received")?;
    print(&greeting);
    let served = server::serve(app.clone(), listener, stopping).await;
    app.jobs.stop();
    if tokio::time::timeout(LAST_JOBS, background).await.is_err() {
        tracing::warn!("a job was left behind; it runs again when its lease has ended");
    }
    if let Err(error) = background::finish(&app).await {
        tracing::error!(%error, "failed sign-ins and refusals since the last record are lost");
    }
    served.context("the web server stopped")
}

/// How long after a new key was made a running server may still write a value that it encrypted with the one
/// before.
const WRITING_WITH_EARLIER_KEY: TimeDelta = TimeDelta::minutes(5);

/// A number with its noun.
fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// An error with its causes, each said once: the text of an error often has that of its cause in it.
#[must_use]
pub fn with_causes(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            let _ = write!(text, ": {cause}");
        }
    }
    text
}

/// How long running jobs may take when the program ends.
const LAST_JOBS: Duration = Duration::from_secs(20);

/// Creates the data folder and restricts its access rights. The folder of the courses, and the one in which
/// the program was started, keep theirs.
fn prepare_data_dir(config: &Config) -> anyhow::Result<()> {
    data::prepare(&config.data_dir, &around(config)).map_err(anyhow::Error::from)
}

fn around(config: &Config) -> [&Path; 2] {
    [config.courses_dir.as_path(), Path::new(".")]
}

fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    match TcpListener::bind(config.listen) {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "{} is in use by another program; stop it or set IESPEJA_LISTEN to another address, e.g. 127.0.0.1:8081",
            config.listen
        ),
        Err(error) => Err(error).with_context(|| format!("cannot listen on {}", config.listen)),
    }
}

/// Compiles the courses. Prints the diagnostics; courses without errors are used.
fn compile_courses(config: &Config) -> anyhow::Result<Catalogue> {
    let progress = Progress::new();
    let bundle_dir = config.bundle_dir();
    let compilation = compile::cached(
        &config.courses_dir,
        &bundle_dir,
        &compile::Options::default(),
        &progress,
    )
    .with_context(|| of_courses(config))?;
    // It contains every question with its answer key.
    data::restrict_part(&bundle_dir, &around(config))?;
    for diagnostic in &compilation.diagnostics {
        print_error(&terminal::render(diagnostic, &compilation.sources, style()));
    }
    Ok(Catalogue::new(
        compilation.bundle,
        compilation.diagnostics,
        config.offer_drafts,
    ))
}

/// Which settings name the folder of courses and that of the compiled courses.
fn of_courses(config: &Config) -> String {
    format!(
        "the courses in {} (IESPEJA_COURSES_DIR), kept in {} (IESPEJA_DATA_DIR)",
        config.courses_dir.display(),
        config.data_dir.display()
    )
}

/// Prints an error for the person at the command line.
#[expect(clippy::print_stderr, reason = "the command line speaks to its user")]
pub fn print_error(text: &str) {
    eprintln!("{text}\n");
}

fn style() -> terminal::Style {
    if std::io::stderr().is_terminal() {
        terminal::Style::Coloured
    } else {
        terminal::Style::Plain
    }
}

/// A progress bar at a terminal; nothing when the output goes to a file.
struct Progress(ProgressBar);

impl Progress {
    fn new() -> Self {
        let bar = if std::io::stderr().is_terminal() {
            ProgressBar::new(0)
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) =
            ProgressStyle::with_template("compiling courses {bar:30} {pos}/{len} files")
        {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl course_compiler::Progress for Progress {
    fn started(&self, files: usize) {
        self.0.set_length(files as u64);
        self.0.enable_steady_tick(Duration::from_millis(100));
    }

    fn file_done(&self) {
        self.0.inc(1);
    }

    fn finished(&self) {
        self.0.finish_and_clear();
    }
}

/// What to say when people on other machines use the server and mails reach nobody.
const NO_MAIL_SERVER: &str = "no mail server is set (IESPEJA_SMTP_URL), although other machines reach this address: mails become files in the data folder, and nobody can confirm an address or set a new password";

/// For the log; the text after the start says it, too.
fn warn_of_mail(config: &Config) {
    if config.mail_way() == MailWay::Nowhere {
        tracing::warn!("{NO_MAIL_SERVER}");
    }
}

/// Fills in the demonstration if asked for. Returns the text to print after the start.
async fn greeting(app: &App) -> anyhow::Result<String> {
    let address = &app.shell.public_url;
    let mut text = format!("\nIespēja: {address}\n");
    if app.config.mail_way() == MailWay::Nowhere {
        let _ = writeln!(text, "\nWarning: {NO_MAIL_SERVER}.");
    }
    if !app.config.demo {
        if let Some(token) = accounts::first_administrator_token(&app.clock, &app.db).await? {
            let link = address::FirstAdministrator { token }.url(Lang::Lv);
            let _ = write!(
                text,
                "\nNobody administers this installation yet. This link makes the first administrator, once:\n  {address}{link}\n"
            );
        }
        return Ok(text);
    }
    text.push_str(match demo::fill(app).await? {
        Filled::Now => "\nA demonstration: everybody and everything in it is invented.\n",
        Filled::Before => {
            "\nA demonstration, as you left it: everybody and everything in it is invented.\n"
        }
        Filled::NotEmpty => {
            text.push_str(
                "\nThe database holds records of your own, so no demonstration was added. Set IESPEJA_DATA_DIR to an empty folder for one.\n",
            );
            return Ok(text);
        }
    });
    let password = app.config.demo_password.as_deref();
    let password = password.unwrap_or(DEFAULT_DEMO_PASSWORD);
    let _ = writeln!(text, "Sign in with the password {password} as");
    for sign_in in demo::SIGN_INS {
        let _ = writeln!(text, "  {:<26}{}", sign_in.email, sign_in.shows);
    }
    Ok(text)
}

#[expect(clippy::print_stdout, reason = "the command line speaks to its user")]
fn print(text: &str) {
    println!("{text}");
    let _ = std::io::stdout().flush();
}
