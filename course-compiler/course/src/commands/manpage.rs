//! `course manpage`.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, CommandFactory as _};
use clap_mangen::Man;

use super::Cli;

/// Prints the manual page of `course` or of one of its commands.
///
/// To read one at once: course manpage check | man -l -
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The command; the program itself when absent.
    command: Option<String>,
    /// Writes the pages of the program and of all its commands into this folder instead.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let program = Cli::command().disable_help_subcommand(true);
    if let Some(dir) = &arguments.out {
        clap_mangen::generate_to(program, dir)
            .with_context(|| format!("cannot write the pages to {}", dir.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let described = match &arguments.command {
        None => program,
        Some(name) => program
            .find_subcommand(name)
            .with_context(|| format!("there is no command `{name}`; `course help` lists them all"))?
            .clone()
            .display_name(format!("course-{name}")),
    };
    Man::new(described).render(&mut io::stdout())?;
    Ok(ExitCode::SUCCESS)
}
