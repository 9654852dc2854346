//! `course explain`.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use course_compiler::lint;

use crate::report::print;

/// Tells about a rule, with an example.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The code of a diagnostic; all codes are listed without one.
    code: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Some(code) = &arguments.code else {
        let lines: Vec<String> = lint::RULES
            .iter()
            .map(|rule| {
                let severity = rule.severity.as_str();
                format!("{:<26} {severity:<8} {}\n", rule.code, rule.summary())
            })
            .collect();
        print(&lines.concat())?;
        return Ok(ExitCode::SUCCESS);
    };
    let rule = lint::rule(code).with_context(|| match lint::rule_like(code) {
        Some(like) => format!("there is no rule `{code}`; did you mean `{}`?", like.code),
        None => format!("there is no rule `{code}`; `course explain` lists them all"),
    })?;
    print(rule.page)?;
    Ok(ExitCode::SUCCESS)
}
