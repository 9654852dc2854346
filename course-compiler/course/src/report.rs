//! Shows problems.

use std::collections::BTreeSet;
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::Context as _;
use course_compiler::bundle::{self, Outline};
use course_compiler::compile::Compilation;
use course_compiler::diagnostic::{Diagnostic, Severity, Sources, github, json, sarif, terminal};
use course_compiler::lint;

use crate::input::{Format, Input};

/// Shows all diagnostics of a compilation and, for people, a summary. Paths can be opened from the current
/// folder.
pub(crate) fn show_all(compilation: &Compilation, input: &Input) -> anyhow::Result<()> {
    show(&compilation.diagnostics, &compilation.sources, input)?;
    sum_up(
        &compilation.bundle.outlines(),
        &compilation.diagnostics,
        input,
    );
    Ok(())
}

/// Shows diagnostics. Paths can be opened from the current folder.
pub(crate) fn show(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    input: &Input,
) -> anyhow::Result<()> {
    let root = input.root()?;
    let shown = |file: &str| root.shown(file);
    let sources = sources.shown(&shown);
    let diagnostics: Vec<Diagnostic> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.clone().shown(&shown))
        .collect();
    match input.format {
        Format::Human => draw(&diagnostics, &sources),
        Format::Json => print(&format!("{}\n", json::to_string(&diagnostics, &sources)?))?,
        Format::Sarif => print(&format!(
            "{}\n",
            sarif::to_string(&diagnostics, &sources, lint::RULES)?
        ))?,
        Format::Github if diagnostics.is_empty() => {}
        Format::Github => print(&format!("{}\n", github::to_string(&diagnostics)))?,
    }
    Ok(())
}

/// Reports that the folder of a new bundle contains other files, which stay.
pub(crate) fn tell_other_files(out: &Path) {
    let files = bundle::other_files(out).unwrap_or_default();
    let shown = out.display();
    match files.as_slice() {
        [] => {}
        [file] => {
            eprintln!("{shown} has another file beside the bundle, which stays as it is: {file}");
        }
        [file, others @ ..] => eprintln!(
            "{shown} has other files beside the bundle, which stay as they are: {file} and {} more",
            others.len()
        ),
    }
}

/// Writes to standard output. If the reader has closed it, as `head` does, that is no error.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to standard output")
        }
        _ => Ok(()),
    }
}

fn draw(diagnostics: &[Diagnostic], sources: &Sources) {
    let style = if std::io::stderr().is_terminal() && wants_colours() {
        terminal::Style::Coloured
    } else {
        terminal::Style::Plain
    };
    for diagnostic in diagnostics {
        eprintln!("{}\n", terminal::render(diagnostic, sources, style));
    }
}

/// A summary for people: the numbers of courses, lessons, questions and problems.
pub(crate) fn sum_up(courses: &[Outline], diagnostics: &[Diagnostic], input: &Input) {
    if input.format != Format::Human {
        return;
    }
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    eprintln!(
        "{}, {}, {}; {}, {}",
        counted(courses.len(), "course"),
        counted(courses.iter().map(|course| course.lessons).sum(), "lesson"),
        counted(
            courses.iter().map(|course| course.questions).sum(),
            "question"
        ),
        counted(count(Severity::Error), "error"),
        counted(count(Severity::Warning), "warning"),
    );
}

/// Names the courses with errors; for commands that otherwise only read the bundle.
pub(crate) fn name_left_out(compilation: &Compilation) {
    let folders: BTreeSet<&str> = compilation
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .filter_map(|found| found.course_folder())
        .collect();
    if !folders.is_empty() {
        let folders: Vec<&str> = folders.into_iter().collect();
        eprintln!("with errors, see `course check`: {}", folders.join(", "));
    }
}

/// Whether colours are not switched off (<https://no-color.org>).
#[expect(
    clippy::disallowed_methods,
    reason = "the convention is an environment variable, and only a command line has a terminal"
)]
fn wants_colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
