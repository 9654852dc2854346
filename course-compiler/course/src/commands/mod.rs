//! The commands, one module each.

mod build;
mod check;
mod completions;
mod diff;
mod explain;
mod fmt;
mod lock;
mod manpage;
mod new;
mod preview;
mod stats;
mod status;
mod watch;

use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use course_compiler::edit::{self, Hold};

/// Checks courses written in Markdown and compiles them into a bundle.
///
/// Exit codes: 0 all is well, 1 there are problems in the courses, 2 wrong use, no course found, or a file that cannot
/// be read or written.
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
    New(new),
    Check(check),
    Build(build),
    Lock(lock),
    Status(status),
    Stats(stats),
    Preview(preview),
    Watch(watch),
    Explain(explain),
    Fmt(fmt),
    Diff(diff),
    Completions(completions),
    Manpage(manpage),
}

/// Keeps other programs of this kind from rewriting files in a folder of courses, and says when it has to wait for
/// one.
fn hold(folder: &Path) -> Hold {
    edit::hold(folder, || {
        eprintln!("waiting: another program writes to {}", folder.display());
    })
}

/// 0, or 1 for problems in the courses.
fn code(failed: bool) -> ExitCode {
    ExitCode::from(u8::from(failed))
}
