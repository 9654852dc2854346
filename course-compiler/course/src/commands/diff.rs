//! `course diff`.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use course_compiler::compile::{Options, compile_tree};
use course_compiler::diagnostic::{Severity, terminal};
use course_compiler::diff::{compare, words};
use course_compiler::load::{self, Root, Tree};
use course_compiler::{Bundle, bundle};

use super::code;
use crate::report;

/// Tells what an edit does to answers already given, question by question: kept, a new revision, rescored, removed.
///
/// Each side is a folder of courses, that of one course, or a folder that `course build` wrote. Ends with 1 when the id of a course,
/// lesson or question changed by accident, or when a course cannot be compiled.
#[derive(Debug, Args)]
#[command(override_usage = "course diff OLD NEW\n       course diff --git REVISION [COURSES]")]
pub(crate) struct Arguments {
    /// What was, and what is.
    #[arg(value_name = "FOLDER", num_args = 0..=2)]
    folders: Vec<PathBuf>,
    /// Compares the courses as they are with those of this revision, such as HEAD.
    #[arg(long, value_name = "REVISION")]
    git: Option<String>,
    /// In words, or as JSON.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Sentences.
    Human,
    /// One object.
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut broken = BTreeSet::new();
    let (old, new) = match (&arguments.git, arguments.folders.as_slice()) {
        (None, [old, new]) => (side(old, &mut broken)?, side(new, &mut broken)?),
        (Some(revision), []) => sides_of_git(revision, Path::new("courses"), &mut broken)?,
        (Some(revision), [courses]) => sides_of_git(revision, courses, &mut broken)?,
        _ => bail!(
            "name two folders to compare, or `--git REVISION` and at most one; see `course diff --help`"
        ),
    };
    let difference = compare(&old, &new, &broken);
    report::print(&match arguments.format {
        Format::Human => words::text(&difference),
        Format::Json => format!("{}\n", serde_json::to_string_pretty(&difference)?),
    })?;
    Ok(code(difference.accidents || !broken.is_empty()))
}

fn sides_of_git(
    revision: &str,
    courses: &Path,
    broken: &mut BTreeSet<String>,
) -> anyhow::Result<(Bundle, Bundle)> {
    let old = compiled(&tree_of_git(revision, courses)?, revision, broken)?;
    Ok((old, side(courses, broken)?))
}

/// The bundle in a folder, or the one that the courses in it make.
fn side(folder: &Path, broken: &mut BTreeSet<String>) -> anyhow::Result<Bundle> {
    if folder.join("manifest.json").exists() {
        return bundle::read(folder)
            .with_context(|| format!("cannot read the bundle in {}", folder.display()));
    }
    let tree = load::read(folder)
        .with_context(|| format!("{} has neither courses nor a bundle", folder.display()))?;
    compiled(&tree, &folder.display().to_string(), broken)
}

/// Compiles; courses with errors become part of `broken`, and their errors are shown.
fn compiled(tree: &Tree, name: &str, broken: &mut BTreeSet<String>) -> anyhow::Result<Bundle> {
    let compilation = compile_tree(tree, &Options::default(), &())?;
    let courses = &compilation.bundle.courses;
    let out = tree
        .folders
        .iter()
        .filter(|(folder, files)| {
            files.is_course() && courses.iter().all(|course| course.slug != **folder)
        })
        .map(|(folder, _)| folder.clone());
    let before = broken.len();
    broken.extend(out);
    if broken.len() > before {
        eprintln!("In {name}, these keep courses from being compared:\n");
    }
    for diagnostic in &compilation.diagnostics {
        if diagnostic.severity == Severity::Error {
            let shown = terminal::render(diagnostic, &compilation.sources, terminal::Style::Plain);
            eprintln!("{shown}\n");
        }
    }
    Ok(compilation.bundle)
}

/// The courses as they were in a revision, without touching the working copy.
fn tree_of_git(revision: &str, courses: &Path) -> anyhow::Result<Tree> {
    let root = Root::find(courses)?;
    let mut list = vec!["ls-tree", "-r", "-z", "--name-only", revision];
    if let Some(course) = root.course() {
        list.extend(["--", course, "glossary", "snippets", "programme.toml"]);
    }
    let courses = root.folder();
    let listed = git(courses, &list, b"")?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let paths: Vec<&str> = listed.split('\0').filter(|path| !path.is_empty()).collect();
    let mut wanted = String::new();
    for path in &paths {
        wanted.extend([revision, ":./", path, "\n"]);
    }
    let output = git(courses, &["cat-file", "--batch"], wanted.as_bytes())?;
    let mut tree = Tree::default();
    let mut rest = output.as_slice();
    for path in paths {
        let cut = "git gave fewer files than it named";
        let end = rest.iter().position(|byte| *byte == b'\n').context(cut)?;
        let (head, after) = rest.split_at_checked(end).context(cut)?;
        let head = String::from_utf8_lossy(head);
        // `<object> blob <size>`, then the bytes and a line end.
        let size: usize = head
            .rsplit(' ')
            .next()
            .and_then(|size| size.parse().ok())
            .context(cut)?;
        let (bytes, after) = after
            .get(1..)
            .and_then(|after| after.split_at_checked(size))
            .context(cut)?;
        let bytes: Arc<[u8]> = bytes.into();
        match path.split_once('/') {
            Some((folder, file)) => {
                let folder = tree.folders.entry(folder.to_owned()).or_default();
                Arc::make_mut(folder).files.insert(file.to_owned(), bytes);
            }
            None if path == "programme.toml" => tree.programme = Some(bytes),
            None if path == "paths.toml" => tree.paths = Some(bytes),
            None => {}
        }
        rest = after.get(1..).unwrap_or_default();
    }
    Ok(tree)
}

fn git(dir: &Path, arguments: &[&str], input: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(dir)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot run git")?;
    let mut stdin = child.stdin.take().context("git takes no input")?;
    let input = input.to_vec();
    // Written from aside: git answers while it reads, and both would wait for each other.
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output()?;
    let written = writer.join();
    if !output.status.success() {
        bail!("git: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    if !matches!(written, Ok(Ok(()))) {
        bail!("git stopped reading");
    }
    Ok(output.stdout)
}
