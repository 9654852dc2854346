//! The arguments of every command that compiles.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use course_compiler::compile::Options;
use course_compiler::load::{self, Root};

#[derive(Debug, Args)]
pub(crate) struct Input {
    /// The folder of courses, or that of one course.
    #[arg(default_value = "courses")]
    pub(crate) courses: PathBuf,
    /// How to show problems: for people on standard error, for programs on standard output.
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
    /// SARIF 2.1.0, for code hosting and editors.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
}

/// What fails beside errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings.
    Warnings,
}

impl Input {
    pub(crate) fn options(&self) -> Options {
        let mut options = Options::default();
        options.threads = self.jobs.filter(|jobs| *jobs > 0);
        options.today = Some(today());
        options
    }

    /// The folder of courses.
    ///
    /// # Errors
    ///
    /// When there is no such folder.
    pub(crate) fn root(&self) -> Result<Root, load::Error> {
        root(&self.courses)
    }
}

/// The folder of courses, named relative to the current folder.
///
/// # Errors
///
/// When there is no such folder.
pub(crate) fn root(courses: &Path) -> Result<Root, load::Error> {
    let here = std::env::current_dir().unwrap_or_default();
    match courses.strip_prefix(&here) {
        Ok(path) if path.as_os_str().is_empty() => Root::find(Path::new(".")),
        Ok(path) => Root::find(path),
        Err(_) => Root::find(courses),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program is where the day comes in; the author's zone decides"
)]
fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}
