//! `course build`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use course_compiler::compile::{self, Built};

use super::code;
use crate::input::{Format, Input};
use crate::progress::Bar;
use crate::report;

/// Compiles the courses into a bundle. Courses with errors are left out.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The folder of the bundle, apart from the courses.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Compiles even when nothing changed.
    #[arg(long)]
    no_cache: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Arguments {
        input,
        out,
        no_cache,
    } = arguments;
    compile::check_place(&input.courses, out)?;
    report::tell_other_files(out);
    let built: Built = if *no_cache {
        let compilation = compile::compile(&input.courses, &input.options(), &Bar::new())?;
        compilation.write(out)?;
        compilation.into()
    } else {
        compile::build(&input.courses, out, &input.options(), &Bar::new())?
    };
    report::show(&built.diagnostics, &built.sources, input)?;
    report::sum_up(&built.courses, &built.diagnostics, input);
    if input.format == Format::Human {
        for course in &built.courses {
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
    Ok(code(built.has_errors()))
}
