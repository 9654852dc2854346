//! The load generator of `scripts/bench`: measures a running server and calibrators and prints tables.
//!
//! ```text
//! load seed  --database-url URL --data-dir FOLDER --course-id ID --lesson-id ID
//! load drive --database-url URL --calibrator URL --server URL --server-pid PID --course SLUG --lesson SLUG
//! ```
//!
//! One thread generates the load, so that the server has most of a small machine. The requests are those of a
//! browser without JavaScript (pages, forms with their tokens, cookies), and registrations for events those of a
//! program with a token of the API.

mod bare;
mod client;
mod drive;
mod html;
mod register;
mod report;
mod seed;
mod seed_events;

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use anyhow::Context as _;
use chrono::TimeDelta;
use clap::{Args, Parser, Subcommand};

/// The name of the calibrator to which the aims are relative.
const ONE_READ: &str = "calibrator: 6 KB after one read";
/// When memory is first measured, and its aim.
const IDLE: &str = "idle";
const IDLE_AIM_MIB: u64 = 80;

/// How many announced events `seed` makes.
const EVENTS: u32 = 500;
/// The event with many registrations from the beginning, and how many.
const CROWDED: &str = "Mērījums: daudz dalībnieku";
const CROWDED_REGISTRATIONS: u32 = 1_000;
/// The event for which many register.
const CONTENDED: &str = "Mērījums: viens pasākums";
/// How many events there are for which many register in turn.
const SPREAD_EVENTS: u32 = 50;
/// How many events there are for which many register at once, and the places of each.
const SMALL_EVENTS: u32 = 5;
const SMALL_PLACES: u32 = 20;
/// These begin later than all that are only listed.
const MEASURED_AFTER: TimeDelta = TimeDelta::days(300);
/// How many tokens of the API the organiser has: enough for the limit of requests with each.
const TOKENS: u32 = 200;
/// The organiser's session token.
const ORGANISER_SESSION: &str = "slodze-sesija-organizatore";

/// The title of the nth of the events for which many register in turn.
fn spread_event(number: u32) -> String {
    format!("Mērījums: viens no daudziem {number}")
}

/// The title of the nth of the events for which many register at once.
fn small_event(number: u32) -> String {
    format!("Mērījums: visi reizē {number}")
}

/// The nth token of the organiser, from the beginning again after the last.
fn token_of(number: u32) -> String {
    format!("iespeja_slodze-atslega-{}", number % TOKENS)
}

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes learners, events and registrations into a new database.
    Seed(SeedArgs),
    /// Measures everything and prints the table.
    Drive(DriveArgs),
}

/// How many learners to write, and where.
#[derive(Args)]
struct SeedArgs {
    /// The database, as in `IESPEJA_DATABASE_URL`.
    #[arg(long)]
    database_url: String,
    /// The server's data folder, for the keys of encrypted fields.
    #[arg(long)]
    data_dir: PathBuf,
    /// How many learners.
    #[arg(long, default_value_t = 1000)]
    learners: u32,
    /// The course they are in, by its id.
    #[arg(long)]
    course_id: String,
    /// The lesson they are at, by its id.
    #[arg(long)]
    lesson_id: String,
}

/// What to measure, and how long.
#[derive(Args)]
struct DriveArgs {
    /// The database of the server, as in `IESPEJA_DATABASE_URL`.
    #[arg(long)]
    database_url: String,
    /// Address of the calibrator, e.g. `http://127.0.0.1:41000`.
    #[arg(long)]
    calibrator: String,
    /// Address of the server.
    #[arg(long)]
    server: String,
    /// Process id of the server, for its memory.
    #[arg(long)]
    server_pid: u32,
    /// How many learners `seed` made.
    #[arg(long, default_value_t = 1000)]
    learners: u32,
    /// The course's slug, as in its address.
    #[arg(long)]
    course: String,
    /// The lesson's slug.
    #[arg(long)]
    lesson: String,
    /// How long each page is asked for.
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// Measures only this.
    #[arg(long)]
    only: Option<Part>,
    /// Leaves the exit code alone when an aim is missed.
    #[arg(long)]
    no_aims: bool,
}

impl DriveArgs {
    /// Whether the server uses SQLite; else PostgreSQL.
    fn is_on_sqlite(&self) -> bool {
        self.database_url.starts_with("sqlite:")
    }

    fn measures(&self, part: Part) -> bool {
        self.only.is_none_or(|only| only == part)
    }
}

/// A part of the measurement.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The calibrators, and pages held against them.
    Pages,
    /// Whole attempts at a test.
    Attempts,
    /// Whole sign-ins.
    SignIns,
    /// Lists of many events, and the organiser's pages of an event with many registrations.
    Events,
    /// Registrations for events, held against commits that do nothing else.
    Registrations,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Seed(args) => {
            seed::run(&args).await?;
            seed_events::run(&args).await
        }
        Command::Drive(args) => {
            let (table, met) = drive::run(&args).await?;
            print(&table);
            anyhow::ensure!(met || args.no_aims, "an aim was missed");
            Ok(())
        }
    }
}

/// The socket behind `http://127.0.0.1:8080`.
fn socket(address: &str) -> anyhow::Result<SocketAddr> {
    address
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .parse()
        .with_context(|| format!("{address} is no address like http://127.0.0.1:8080"))
}

/// The resident memory of a process.
#[expect(clippy::disallowed_methods, reason = "the system tells this in a file")]
fn resident_bytes(pid: u32) -> anyhow::Result<u64> {
    let status =
        std::fs::read_to_string(format!("/proc/{pid}/status")).context("the server has ended")?;
    let kib: u64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
        .context("the system does not tell the server's memory")?;
    Ok(kib * 1024)
}

/// The e-mail address of the nth seeded learner.
fn email_of(learner: u32) -> String {
    format!("slodze-{learner}@example.lv")
}

/// The session token of the nth seeded learner.
fn session_of(learner: u32) -> String {
    format!("slodze-sesija-{learner}")
}

/// Waits, so that earlier work of the server has ended.
async fn rest() {
    tokio::time::sleep(Duration::from_millis(500)).await;
}

#[expect(clippy::print_stdout, reason = "a command-line tool's result")]
fn print(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "a command-line tool's progress")]
fn progress(text: &str) {
    eprintln!("{text}");
}
