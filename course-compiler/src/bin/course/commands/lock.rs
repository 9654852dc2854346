//! `course lock`.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use course_compiler::{compile, edit};

use super::code;
use crate::input::Input;
use crate::progress::Bar;
use crate::report;

/// Writes `course.lock` into the folder of each course without errors: the ids that answers are stored under.
/// Commit these files.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let input = &arguments.input;
    let compilation = compile::compile(&input.courses, &input.options(), &Bar::new())?;
    for (folder, text) in &compilation.locks {
        let path = input.courses.join(folder).join("course.lock");
        edit::write(&path, text.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    let compilation = compile::compile(&input.courses, &input.options(), &())?;
    report::show(&compilation, input)?;
    Ok(code(compilation.has_errors()))
}
