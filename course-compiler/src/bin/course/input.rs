//! What every command that compiles takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use course_compiler::compile::Options;

#[derive(Debug, Args)]
pub(crate) struct Input {
    /// The folder of courses.
    #[arg(default_value = "courses")]
    pub(crate) courses: PathBuf,
    /// How to show problems: for people on standard error, as JSON on standard output.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Threads to use; as many as the machine has when absent.
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Source lines with the place underlined.
    Human,
    /// An array of objects.
    Json,
}

impl Input {
    pub(crate) fn options(&self) -> Options {
        let mut options = Options::default();
        options.threads = self.jobs.filter(|jobs| *jobs > 0);
        options
    }
}
