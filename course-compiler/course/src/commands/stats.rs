//! `course stats`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use course_compiler::Compilation;
use course_compiler::compile::{self, Options};
use course_compiler::guess::{self, Guess};
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
    /// Tells how likely each test is passed by guessing, instead.
    ///
    /// Somebody who knows nothing of the subject takes each test 4,000 times: in `.single` the longest choice, any of
    /// several as long; in `.truefalse` "False"; in `.multiple` every choice longer than the mean, any one where all
    /// are as long; partners in `.match`, orders, options of gaps and the choices of a case at random; nothing where
    /// something is to be typed. The generator's seed is fixed, so the figures are the same whenever they are asked for.
    #[arg(long)]
    guess: bool,
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
    if arguments.guess {
        return guesses(&compilation, arguments.format);
    }
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

/// A guesser's chances in each test.
fn guesses(compilation: &Compilation, format: Format) -> anyhow::Result<ExitCode> {
    let courses = compilation.bundle.courses.iter();
    let courses: Vec<(&str, Vec<Guess>)> = courses
        .map(|course| (course.slug.as_str(), guess::of(course)))
        .collect();
    match format {
        Format::Json => {
            let all = courses
                .iter()
                .map(|(course, tests)| json!({ "course": course, "tests": tests }));
            let all = json!({ "tries": guess::TRIES, "courses": all.collect::<Vec<_>>() });
            report::print(&format!("{}\n", serde_json::to_string_pretty(&all)?))?;
        }
        Format::Human => report::print(&guess_tables(&courses))?,
    }
    report::name_left_out(compilation);
    Ok(ExitCode::SUCCESS)
}

fn guess_tables(courses: &[(&str, Vec<Guess>)]) -> String {
    let head = [
        "Course", "Test", "Language", "Points", "Pass", "One", "Attempts", "Any",
    ];
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let mut easy = String::new();
    for (course, tests) in courses {
        for guess in tests {
            rows.push(vec![
                (*course).to_owned(),
                guess.test.to_string(),
                guess.language.to_string(),
                percent(guess.mean),
                percent(guess.pass),
                percent(guess.one_attempt),
                guess
                    .attempts
                    .map_or_else(|| "any".to_owned(), |attempts| attempts.to_string()),
                percent(guess.any_attempt),
            ]);
            if !guess.easy.is_empty() {
                let questions = guess.easy.iter();
                let questions: Vec<String> = questions
                    .map(|(id, share)| format!("{id} {:.0}%", share * 100.0))
                    .collect();
                let _ = writeln!(
                    easy,
                    "{} in {}: {}",
                    guess.test,
                    guess.language,
                    questions.join(", ")
                );
            }
        }
    }
    let mut out = table::lines(&rows, 3);
    let _ = writeln!(
        out,
        "Points that a guesser gets on average, and the chance to pass one attempt and any of those allowed; {} attempts.",
        guess::TRIES,
    );
    if !easy.is_empty() {
        let _ = write!(out, "\nGuessed for half of the points or more:\n{easy}");
    }
    out
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
