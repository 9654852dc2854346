//! `course new`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use clap::Args;
use course_compiler::load::Root;
use course_compiler::starter::{self, Plan};
use course_compiler::{Language, edit};

use crate::report;

/// Begins a course that compiles at once: one lesson with a question, one test, in Latvian with an English
/// translation. Its texts are there to be replaced.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The name of its folder, its id and its address: lower-case Latin letters, digits and hyphens.
    slug: String,
    /// The folder of courses.
    #[arg(default_value = "courses")]
    courses: PathBuf,
    /// One language only: lv or en.
    #[arg(long, value_parser = language)]
    language: Option<Language>,
    /// Its title in the language it is written in first.
    #[arg(long)]
    title: Option<String>,
    /// Its title in English, when it is written in Latvian first.
    #[arg(long, conflicts_with = "language")]
    title_en: Option<String>,
}

fn language(word: &str) -> Result<Language, String> {
    Language::from_word(word).ok_or_else(|| "there is lv and en".to_owned())
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Arguments { slug, courses, .. } = arguments;
    let titles = match arguments.language {
        Some(language) => vec![(language, &arguments.title)],
        None => vec![
            (Language::Lv, &arguments.title),
            (Language::En, &arguments.title_en),
        ],
    };
    for (_, title) in &titles {
        let is_blank = title.as_ref().is_some_and(|title| title.trim().is_empty());
        ensure!(!is_blank, "a title needs words");
    }
    let plan = Plan {
        slug: slug.clone(),
        titles: titles
            .into_iter()
            .map(|(language, title)| {
                let placeholder = || starter::placeholder_title(language).to_owned();
                (language, title.clone().unwrap_or_else(placeholder))
            })
            .collect(),
    };
    let shown = courses.display();
    let root = Root::find(courses)?;
    ensure!(
        root.course().is_none(),
        "{shown} is a course; name the folder in which it lies, such as {}",
        root.folder().display()
    );
    let tree = root.read()?;
    let files = starter::files(&plan, &tree)?;
    let folder = courses.join(slug);
    edit::create_folder(&folder, &files)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let mut out = format!("{}\n", folder.display());
    for file in files.keys() {
        let _ = writeln!(out, "  {file}");
    }
    let _ = write!(
        out,
        "\nWrite your own texts in place of these. Then:\n  \
         course preview {shown}   to see the course while you write\n  \
         course check {shown}     to see what is wrong\n  \
         course lock {shown}      after adding or removing lessons, questions or answers\n"
    );
    report::print(&out)?;
    Ok(ExitCode::SUCCESS)
}
