//! `course lock`.

use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use clap::Args;
use course_compiler::decisions::Decisions;
use course_compiler::translation::StillRight;
use course_compiler::{compile, edit};

use super::code;
use crate::input::Input;
use crate::progress::Bar;
use crate::report;

/// Writes `course.lock` into the folder of each course without errors: the ids that answers are stored under, and
/// the texts that translations were made from. Commit these files.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Stale translations that were held against the source and are right as they are: a line, as `course check`
    /// names it (`course/en/01-lesson.md:12`), a file or a language. Can be repeated.
    #[arg(long, value_name = "PLACE")]
    still_right: Vec<String>,
    /// What means the same in other words, so that answers given stay attached: a question or lesson by its id
    /// (`q-tests`), a line, as `course check` names it (`course/lv/01-lesson.md:12`), a file, or a course by its folder. Can be repeated.
    #[arg(long, value_name = "ID|PLACE")]
    still_same: Vec<String>,
    /// Answers that are others than those that stood there, so that they get ids of their own: a line, a question
    /// by its id, or a file. Can be repeated.
    #[arg(long, value_name = "ID|PLACE")]
    another: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let input = &arguments.input;
    let mut options = input.options();
    options.still_right = still_right(arguments)?;
    options.decisions = decisions(arguments)?;
    let root = input.root()?;
    let _hold = super::hold(root.folder());
    let compilation = compile::compile(&input.courses, &options, &Bar::new())?;
    let id_changed = compilation
        .diagnostics
        .iter()
        .any(|found| found.code == "id-changed");
    for named in options.decisions.names() {
        let is_decided = compilation.decided.contains(named);
        ensure!(
            is_decided || !id_changed,
            "nothing at `{named}` is in doubt, and an id that changed is not kept this way: take the old one back, as \
             `course check` says"
        );
        ensure!(
            is_decided,
            "nothing at `{named}` is in doubt; `course check` names what is"
        );
    }
    for (folder, text) in &compilation.locks {
        let path = root.path(folder).join("course.lock");
        edit::write(&path, text.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    let compilation = compile::compile(&input.courses, &input.options(), &())?;
    report::show_all(&compilation, input)?;
    Ok(code(compilation.has_errors()))
}

fn decisions(arguments: &Arguments) -> anyhow::Result<Decisions> {
    let root = arguments.input.root()?;
    let mut decisions = Decisions::default();
    for named in &arguments.still_same {
        decisions.add_same(&root.file(named))?;
    }
    for named in &arguments.another {
        decisions.add_another(&root.file(named))?;
    }
    Ok(decisions)
}

fn still_right(arguments: &Arguments) -> anyhow::Result<StillRight> {
    let root = arguments.input.root()?;
    let mut still_right = StillRight::default();
    for named in &arguments.still_right {
        still_right.add(&root.file(named))?;
    }
    for file in still_right.files() {
        ensure!(
            root.path(file).is_file(),
            "there is no {} to be right",
            root.path(file).display()
        );
    }
    Ok(still_right)
}
