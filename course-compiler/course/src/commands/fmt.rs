//! `course fmt`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use course_compiler::format::Assigned;
use course_compiler::{edit, format, load};

use super::code;
use crate::input;

/// Tidies the files of courses: line ends, spaces at line ends, the end of the file. What the courses say and how
/// they look stays the same, and so do the hashes that reviews name.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder of courses, or that of one course.
    #[arg(default_value = "courses")]
    courses: PathBuf,
    /// Gives ids to lessons, tests, questions and outcomes that have none, and leaves all else as it is.
    #[arg(long)]
    assign_ids: bool,
    /// Writes nothing; ends with 1 when something would change.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Arguments {
        courses,
        assign_ids,
        check,
    } = arguments;
    let root = input::root(courses)?;
    let _hold = (!check).then(|| super::hold(root.folder()));
    let tree = load::read(courses)?;
    let Assigned { changes, unmatched } = if *assign_ids {
        format::assign_ids(&tree)
    } else {
        Assigned {
            changes: format::tidy(&tree),
            unmatched: Vec::new(),
        }
    };
    for change in &changes {
        if !check {
            let path = root.path(&change.file);
            edit::write(&path, &change.bytes)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        if change.ids.is_empty() {
            println!("{}", change.file);
        } else {
            println!("{}: {}", change.file, change.ids.join(", "));
        }
    }
    for file in &unmatched {
        eprintln!(
            "{file}: the questions are not those of the source language, one by one; copy their ids by hand"
        );
    }
    let in_conflict = format::in_conflict(&tree);
    for file in &in_conflict {
        eprintln!(
            "{file}: two versions of the text stand here, of which one was to be chosen; see `course check`"
        );
    }
    let would_change = *check && !changes.is_empty();
    Ok(code(
        would_change || !unmatched.is_empty() || !in_conflict.is_empty(),
    ))
}
