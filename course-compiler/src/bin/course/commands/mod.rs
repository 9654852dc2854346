//! The commands, one module each.

mod build;
mod check;
mod explain;
mod lock;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Checks courses written in Markdown and compiles them into a bundle.
#[derive(Debug, Parser)]
#[command(name = "course", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

macro_rules! commands {
    ($( $variant:ident($module:ident), )+) => {
        /// What to do.
        #[derive(Debug, Subcommand)]
        pub(crate) enum Command { $( $variant($module::Arguments), )+ }

        impl Command {
            /// Does it. An error means wrong use, or a file that cannot be read or written.
            pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
                match self { $( Self::$variant(arguments) => $module::run(&arguments), )+ }
            }
        }
    };
}

commands! {
    Check(check),
    Build(build),
    Lock(lock),
    Explain(explain),
}

/// 0, or 1 for problems in the courses.
fn code(failed: bool) -> ExitCode {
    ExitCode::from(u8::from(failed))
}
