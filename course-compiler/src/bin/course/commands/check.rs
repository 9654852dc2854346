//! `course check`.

use std::process::ExitCode;

use clap::Args;
use course_compiler::compile;

use super::code;
use crate::input::Input;
use crate::progress::Bar;
use crate::report;

/// Shows all that is wrong with the courses.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Treats warnings as problems, too.
    #[arg(long)]
    deny_warnings: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let input = &arguments.input;
    let compilation = compile::compile(&input.courses, &input.options(), &Bar::new())?;
    report::show(&compilation, input.format)?;
    let denied = arguments.deny_warnings && !compilation.diagnostics.is_empty();
    Ok(code(compilation.has_errors() || denied))
}
