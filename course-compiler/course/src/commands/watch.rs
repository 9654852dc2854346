//! `course watch`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use course_compiler::Diagnostic;
use course_compiler::compile::{self, Compilation, Session, Update};

use crate::changes::{Changes, Watching};
use crate::input::Input;
use crate::progress::Bar;
use crate::report::{self, counted};

/// Compiles the courses into a bundle, and again after every change. Ends when it is interrupted.
///
/// Problems are shown when they are new. While a course that is in the bundle has errors, the bundle stays as it is.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The folder of the bundle, apart from the courses.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    watching: Watching,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Arguments {
        input,
        out,
        watching,
    } = arguments;
    compile::check_place(&input.courses, out)?;
    report::tell_other_files(out);
    let mut changes = Changes::of(&input.root()?, *watching)?;
    let mut session = Session::new(&input.courses, input.options())?;
    let mut kept = Kept::default();

    let began = Instant::now();
    let first = session.rebuild(&Bar::new())?;
    first.compilation.write(out)?;
    report::show_all(&first.compilation, input)?;
    let courses = counted(first.compilation.bundle.courses.len(), "course");
    report::print(&format!("{courses}: {}\n", milliseconds(began)))?;
    kept.take(first.compilation);

    let mut told: Option<String> = None;
    while changes.next().is_some() {
        let began = Instant::now();
        let built = session.rebuild(&());
        let result = built
            .map_err(anyhow::Error::from)
            .and_then(|update| kept.again(update, arguments, began));
        // The folder, or space on the disk, may be available again soon. While it is not, this is said once.
        let error = result.err().map(|error| format!("error: {error:#}"));
        if let Some(error) = error.as_ref().filter(|error| told.as_ref() != Some(*error)) {
            eprintln!("{error}");
        }
        told = error;
    }
    Ok(ExitCode::SUCCESS)
}

/// What was shown and written last.
#[derive(Default)]
struct Kept {
    shown: Vec<Diagnostic>,
    /// The courses in the bundle, by slug.
    written: BTreeSet<String>,
    /// The source hash of the bundle; another one if it could not be written.
    source_hash: String,
}

impl Kept {
    /// Shows and writes what is new.
    fn again(
        &mut self,
        update: Update,
        arguments: &Arguments,
        began: Instant,
    ) -> anyhow::Result<()> {
        let compilation = update.compilation;
        if compilation.bundle.source_hash == self.source_hash {
            return Ok(());
        }
        let broken = self.broken(&compilation);
        if broken.is_empty() {
            compilation.write(&arguments.out)?;
        }
        let took = milliseconds(began);
        let new: Vec<Diagnostic> = compilation
            .diagnostics
            .iter()
            .filter(|found| !self.shown.contains(found))
            .cloned()
            .collect();
        report::show(&new, &compilation.sources, &arguments.input)?;
        let changed: Vec<&str> = update.changed.iter().map(String::as_str).collect();
        let stays = match broken.as_slice() {
            [] => String::new(),
            broken => format!(
                "; the bundle stays as it is until {} compiles",
                broken.join(", ")
            ),
        };
        let problems = counted(compilation.diagnostics.len(), "problem");
        report::print(&format!(
            "{}: {took}; {problems}{stays}\n",
            changed.join(", ")
        ))?;
        if broken.is_empty() {
            self.take(compilation);
        } else {
            self.shown = compilation.diagnostics;
            self.source_hash.clear();
        }
        Ok(())
    }

    /// The courses of the bundle that have errors in this compilation.
    fn broken(&self, compilation: &Compilation) -> Vec<String> {
        self.written
            .iter()
            .filter(|slug| compilation.bundle.course_by_slug(slug).is_none())
            .filter(|slug| compilation.is_broken(slug))
            .cloned()
            .collect()
    }

    fn take(&mut self, compilation: Compilation) {
        let courses = compilation.bundle.courses.iter();
        self.written = courses.map(|course| course.slug.clone()).collect();
        self.source_hash = compilation.bundle.source_hash;
        self.shown = compilation.diagnostics;
    }
}

fn milliseconds(since: Instant) -> String {
    format!("{:.1} ms", since.elapsed().as_secs_f64() * 1000.0)
}
