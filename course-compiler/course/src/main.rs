//! `course`: the compiler of courses on the command line.
//!
//! One module below `commands` is one command: its arguments, with the help that people read, and `run`. To add
//! a command, write such a module and add one line to `commands!`.
//!
//! Exit codes: 0 all is well, 1 there are problems in the courses, 2 wrong use, no course, or a file that cannot be
//! read or written.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line speaks through these"
)]

mod changes;
mod commands;
mod dictionaries;
mod input;
mod progress;
mod report;
mod table;

use std::process::ExitCode;

use clap::Parser as _;

use crate::commands::Cli;

fn main() -> ExitCode {
    match Cli::parse().command.run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
