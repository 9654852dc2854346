//! `course`: the compiler of courses on the command line.
//!
//! Exit codes: 0 all is well, 1 there are problems in the courses, 2 wrong use or a file that cannot be read or
//! written.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line speaks through these"
)]

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand, ValueEnum};
use course_compiler::compile::{self, Compilation, Options};
use course_compiler::diagnostic::{Severity, json, terminal};
use course_compiler::{Progress, bundle, lint, lock};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Checks courses written in Markdown and compiles them into a bundle.
#[derive(Debug, Parser)]
#[command(name = "course", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows all that is wrong with the courses.
    Check {
        #[command(flatten)]
        input: Input,
        /// Treats warnings as problems, too.
        #[arg(long)]
        deny_warnings: bool,
    },
    /// Compiles the courses into a bundle. Courses with errors are left out.
    Build {
        #[command(flatten)]
        input: Input,
        /// The folder of the bundle.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Compiles even when nothing changed.
        #[arg(long)]
        no_cache: bool,
    },
    /// Writes `course.lock` into the folder of each course without errors: the ids that answers are stored
    /// under. Commit these files.
    Lock {
        #[command(flatten)]
        input: Input,
    },
    /// Tells about a rule, with an example.
    Explain {
        /// The code of a diagnostic; all codes are listed without one.
        code: Option<String>,
    },
}

#[derive(Debug, Args)]
struct Input {
    /// The folder of courses.
    #[arg(default_value = "courses")]
    courses: PathBuf,
    /// How to show problems: for people on standard error, as JSON on standard output.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Threads to use; as many as the machine has when absent.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Source lines with the place underlined.
    Human,
    /// An array of objects.
    Json,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check {
            input,
            deny_warnings,
        } => {
            let compilation = compile::compile(&input.courses, &input.options(), &Bar::new())?;
            show(&compilation, input.format)?;
            let failed =
                compilation.has_errors() || (deny_warnings && !compilation.diagnostics.is_empty());
            Ok(code(failed))
        }
        Command::Build {
            input,
            out,
            no_cache,
        } => build(&input, &out, no_cache),
        Command::Lock { input } => {
            let compilation = compile::compile(&input.courses, &input.options(), &Bar::new())?;
            for (folder, text) in &compilation.locks {
                let path = input.courses.join(folder).join("course.lock");
                lock::write(&path, text)
                    .with_context(|| format!("cannot write {}", path.display()))?;
            }
            let compilation = compile::compile(&input.courses, &input.options(), &())?;
            show(&compilation, input.format)?;
            Ok(code(compilation.has_errors()))
        }
        Command::Explain { code: None } => {
            for rule in lint::RULES {
                println!(
                    "{:<26} {:<8} {}",
                    rule.code,
                    rule.severity.as_str(),
                    rule.summary()
                );
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Explain { code: Some(code) } => {
            let rule = lint::rule(&code).with_context(|| {
                format!("there is no rule `{code}`; `course explain` lists them all")
            })?;
            print!("{}", rule.page);
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn build(input: &Input, out: &Path, no_cache: bool) -> anyhow::Result<ExitCode> {
    let compilation = if no_cache {
        let compilation = compile::compile(&input.courses, &input.options(), &Bar::new())?;
        bundle::write(&compilation.bundle, out)
            .with_context(|| format!("cannot write the bundle to {}", out.display()))?;
        compilation
    } else {
        compile::cached(&input.courses, out, &input.options(), &Bar::new())?
    };
    show(&compilation, input.format)?;
    if input.format == Format::Human {
        for course in &compilation.bundle.courses {
            let missing: Vec<&str> = course
                .missing_reviews
                .iter()
                .map(|kind| kind.as_str())
                .collect();
            let reviews = if missing.is_empty() {
                String::new()
            } else {
                format!(", no review: {}", missing.join(", "))
            };
            println!(
                "{}: {}{reviews}; content {}",
                course.slug, course.status, course.content_hash
            );
        }
    }
    Ok(code(compilation.has_errors()))
}

fn code(failed: bool) -> ExitCode {
    ExitCode::from(u8::from(failed))
}

impl Input {
    fn options(&self) -> Options {
        let mut options = Options::default();
        options.threads = self.jobs.filter(|jobs| *jobs > 0);
        options
    }
}

/// Shows all diagnostics, and for people a line that sums up.
fn show(compilation: &Compilation, format: Format) -> anyhow::Result<()> {
    if format == Format::Json {
        println!("{}", json::to_string(&compilation.diagnostics)?);
        return Ok(());
    }
    let style = if std::io::stderr().is_terminal() && wants_colours() {
        terminal::Style::Coloured
    } else {
        terminal::Style::Plain
    };
    for diagnostic in &compilation.diagnostics {
        eprintln!(
            "{}\n",
            terminal::render(diagnostic, &compilation.sources, style)
        );
    }
    let count = |severity| {
        compilation
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    let courses = &compilation.bundle.courses;
    eprintln!(
        "{}, {}, {}; {}, {}",
        counted(courses.len(), "course"),
        counted(
            courses.iter().map(|course| course.lessons.len()).sum(),
            "lesson"
        ),
        counted(
            courses.iter().map(|course| course.questions.len()).sum(),
            "question"
        ),
        counted(count(Severity::Error), "error"),
        counted(count(Severity::Warning), "warning"),
    );
    Ok(())
}

/// Whether the person has not switched colours off (<https://no-color.org>).
#[expect(
    clippy::disallowed_methods,
    reason = "the convention is an environment variable, and only a command line has a terminal"
)]
fn wants_colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A bar on standard error; nothing when that is not a terminal.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} files") {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl Progress for Bar {
    fn started(&self, files: usize) {
        self.0.set_length(files.try_into().unwrap_or(u64::MAX));
    }

    fn file_done(&self) {
        self.0.inc(1);
    }

    fn finished(&self) {
        self.0.finish_and_clear();
    }
}
