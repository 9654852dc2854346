//! `course explain`.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use course_compiler::lint;

/// Tells about a rule, with an example.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The code of a diagnostic; all codes are listed without one.
    code: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Some(code) = &arguments.code else {
        for rule in lint::RULES {
            println!(
                "{:<26} {:<8} {}",
                rule.code,
                rule.severity.as_str(),
                rule.summary()
            );
        }
        return Ok(ExitCode::SUCCESS);
    };
    let rule = lint::rule(code)
        .with_context(|| format!("there is no rule `{code}`; `course explain` lists them all"))?;
    print!("{}", rule.page);
    Ok(ExitCode::SUCCESS)
}
