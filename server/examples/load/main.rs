//! The load generator of `scripts/bench`: measures a running server and two calibrators and prints a table.
//!
//! ```text
//! load seed  --database-url URL --course-id ID --lesson-id ID
//! load drive --calibrator URL --server URL --server-pid PID --course SLUG --lesson SLUG
//! ```
//!
//! One thread generates the load, so that the server has most of a small machine. The requests are those of a
//! browser without JavaScript: pages, forms with their tokens, cookies.

mod client;
mod drive;
mod html;
mod report;
mod seed;

use std::{net::SocketAddr, time::Duration};

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

/// The name of the calibrator to which the aims are relative.
const ONE_READ: &str = "calibrator: 6 KB after one read";
/// When memory is first measured, and its aim.
const IDLE: &str = "idle";
const IDLE_AIM_MIB: u64 = 80;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Writes learners into a new database.
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
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Seed(args) => seed::run(&args).await,
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
