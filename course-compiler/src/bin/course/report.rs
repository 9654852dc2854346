//! How problems are shown.

use std::io::IsTerminal as _;

use course_compiler::compile::Compilation;
use course_compiler::diagnostic::{Severity, json, terminal};

use crate::input::Format;

/// Shows all diagnostics, and for people a line that sums up.
pub(crate) fn show(compilation: &Compilation, format: Format) -> anyhow::Result<()> {
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

pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
