//! `course check`.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use course_compiler::compile::{self, Options};
use course_compiler::{fix, load};

use super::code;
use crate::dictionaries::Dictionaries;
use crate::input::{Deny, Input};
use crate::progress::Bar;
use crate::report::{self, counted};

/// Shows all that is wrong with the courses.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Fails on these, too.
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// Makes the edits that problems offer, where they can do no harm, then shows what is left.
    #[arg(long)]
    fix: bool,
    /// Looks up words in the Hunspell dictionaries that are installed.
    #[arg(long)]
    spelling: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let input = &arguments.input;
    let mut options = input.options();
    if arguments.spelling {
        options.spelling = Some(Arc::new(Dictionaries::installed()?));
    }
    if arguments.fix {
        fix(input, &options)?;
    }
    options.guesses = true;
    let compilation = compile::compile(&input.courses, &options, &Bar::new())?;
    report::show_all(&compilation, input)?;
    let denied = arguments.deny == Some(Deny::Warnings) && !compilation.diagnostics.is_empty();
    Ok(code(compilation.has_errors() || denied))
}

/// Makes the edits, and says which.
fn fix(input: &Input, options: &Options) -> anyhow::Result<()> {
    let root = input.root()?;
    let _hold = super::hold(root.folder());
    let plan = fix::plan(load::read(&input.courses)?, options)?;
    let (mut fixes, mut files) = (0_usize, 0_usize);
    for (file, change) in &plan {
        let shown = root.shown(file);
        let outcome = fix::write(root.folder(), file, change)
            .with_context(|| format!("cannot write {shown}"))?;
        match outcome {
            fix::Outcome::ChangedMeanwhile => {
                eprintln!("{shown} changed meanwhile and is left as it is");
            }
            fix::Outcome::Written => {
                files = files.saturating_add(1);
                fixes = fixes.saturating_add(change.done.len());
                for (place, message) in &change.done {
                    eprintln!("{shown}:{}:{}: {message}", place.line, place.column);
                }
            }
        }
    }
    eprintln!("{} in {}\n", counted(fixes, "edit"), counted(files, "file"));
    Ok(())
}
