//! `course stats`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use course_compiler::compile::{self, Options};
use course_compiler::stats::{self, CourseStats, MINUTES_A_QUESTION, Stats, WORDS_A_MINUTE};
use serde_json::json;

use crate::progress::Bar;
use crate::report::{self, counted};
use crate::table;

/// Counts what there is in the courses: lessons, words, minutes, questions by type, media, sources, terms.
///
/// Words and minutes are those of the language that a course was written in first. "Minutes" are what its authors
/// say; "Computed" are 180 words a minute and one minute a question, each lesson rounded up. Of a test, only as many
/// questions count for that as are drawn.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder of courses, or that of one course.
    #[arg(default_value = "courses")]
    courses: PathBuf,
    /// How to show it.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables.
    Human,
    /// An object.
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let compilation = compile::compile(&arguments.courses, &Options::default(), &Bar::new())?;
    let courses = compilation.bundle.courses.iter();
    let courses: Vec<CourseStats> = courses.map(|course| stats::of(course)).collect();
    let total = stats::total(&courses);
    match arguments.format {
        Format::Json => {
            let all = json!({
                "words_a_minute": WORDS_A_MINUTE,
                "minutes_a_question": MINUTES_A_QUESTION,
                "courses": courses,
                "total": total,
            });
            report::print(&format!("{}\n", serde_json::to_string_pretty(&all)?))?;
        }
        Format::Human => report::print(&tables(&courses, &total))?,
    }
    report::name_left_out(&compilation);
    Ok(ExitCode::SUCCESS)
}

fn tables(courses: &[CourseStats], total: &Stats) -> String {
    let mut out = table::lines(&amounts(courses, total), 1);
    let _ = writeln!(
        out,
        "Computed: {WORDS_A_MINUTE} words a minute, and {} a question.",
        counted(MINUTES_A_QUESTION, "minute"),
    );
    if !total.questions_by_type.is_empty() {
        out.push('\n');
        out.push_str(&table::lines(&questions(courses, total), 1));
    }
    let pools = pools(courses);
    if pools.len() > 1 {
        out.push('\n');
        out.push_str(&table::lines(&pools, 2));
    }
    out
}

/// A row for each course by its name, and one for all if there are several.
fn each<'a>(
    courses: &'a [CourseStats],
    total: &'a Stats,
) -> impl Iterator<Item = (&'a str, &'a Stats)> {
    let all = (courses.len() > 1).then_some(("all", total));
    let courses = courses.iter();
    courses
        .map(|course| (course.course.as_str(), &course.stats))
        .chain(all)
}

fn amounts(courses: &[CourseStats], total: &Stats) -> Vec<Vec<String>> {
    let head = [
        "Course",
        "Lessons",
        "Tests",
        "Words",
        "Minutes",
        "Computed",
        "Questions",
        "Pictures",
        "Videos",
        "Sounds",
        "Files",
        "Sources",
        "Terms",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for (name, stats) in each(courses, total) {
        let mut row = vec![name.to_owned()];
        let numbers = [
            stats.lessons,
            stats.tests,
            stats.words,
            stats.minutes_stated,
            stats.minutes_computed,
            stats.questions,
            stats.pictures.len(),
            stats.videos.len(),
            stats.sounds.len(),
            stats.other_files.len(),
            stats.sources.len(),
            stats.terms.len(),
        ];
        row.extend(numbers.iter().map(ToString::to_string));
        rows.push(row);
    }
    rows
}

/// How many questions there are of each type that occurs.
fn questions(courses: &[CourseStats], total: &Stats) -> Vec<Vec<String>> {
    let classes = || total.questions_by_type.keys();
    let mut head = vec!["Questions".to_owned()];
    head.extend(classes().map(|class| (*class).to_owned()));
    let mut rows = vec![head];
    for (name, stats) in each(courses, total) {
        let mut row = vec![name.to_owned()];
        row.extend(classes().map(|class| {
            let number = stats.questions_by_type.get(class);
            number.copied().unwrap_or_default().to_string()
        }));
        rows.push(row);
    }
    rows
}

fn pools(courses: &[CourseStats]) -> Vec<Vec<String>> {
    let mut rows = vec![
        ["Course", "Test", "Pool", "Drawn"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for course in courses {
        for pool in &course.pools {
            rows.push(vec![
                course.course.clone(),
                pool.test.clone(),
                pool.questions.to_string(),
                pool.drawn.to_string(),
            ]);
        }
    }
    rows
}
