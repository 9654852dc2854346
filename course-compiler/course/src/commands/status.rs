//! `course status`.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use course_compiler::compile::{self, Options};
use course_compiler::model::Language;
use course_compiler::status::{self, CourseStatus, OutcomeStatus, ReviewState, ReviewStatus, Row};

use crate::progress::Bar;
use crate::report;
use crate::table;

/// Shows how far the courses are: what is translated in each language, how much there is, which reviews count, and
/// how many lessons and questions name each outcome.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder of courses, or that of one course.
    #[arg(default_value = "courses")]
    courses: PathBuf,
    /// Shows each lesson, too.
    #[arg(long)]
    lessons: bool,
    /// How to show it.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table.
    Human,
    /// An array of objects.
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let compilation = compile::compile(&arguments.courses, &Options::default(), &Bar::new())?;
    let courses: Vec<CourseStatus> = compilation
        .bundle
        .courses
        .iter()
        .map(|course| status::of(course))
        .collect();
    match arguments.format {
        Format::Json => report::print(&format!("{}\n", serde_json::to_string_pretty(&courses)?))?,
        Format::Human => {
            let mut out = table::lines(&rows(&courses, arguments.lessons), 2);
            for course in &courses {
                reviews(course, &mut out);
                outcomes(course, &mut out);
            }
            report::print(&out)?;
        }
    }
    report::name_left_out(&compilation);
    Ok(ExitCode::SUCCESS)
}

/// The head, a row for each course and language, and the sums.
fn rows(courses: &[CourseStatus], with_lessons: bool) -> Vec<Vec<String>> {
    let head = [
        "Course",
        "Language",
        "Translated",
        "Stale",
        "Missing",
        "Words",
        "Minutes",
        "Questions",
        "Reviews",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let mut sums = vec![Row::default(); Language::ALL.len()];
    for course in courses {
        let given = course
            .reviews
            .iter()
            .filter(|review| review.state == ReviewState::Given);
        let reviews = format!("{} of {}", given.count(), course.reviews.len());
        for (sum, language) in sums.iter_mut().zip(&course.languages) {
            rows.push(cells(&course.course, language, &reviews));
            *sum = sum.and(language);
        }
        if with_lessons {
            for lesson in &course.lessons {
                for language in &lesson.languages {
                    rows.push(cells(&format!("  {}", lesson.lesson), language, ""));
                }
            }
        }
    }
    if courses.len() > 1 {
        rows.extend(sums.iter().map(|sum| cells("all", sum, "")));
    }
    rows
}

fn cells(name: &str, row: &Row, reviews: &str) -> Vec<String> {
    vec![
        name.to_owned(),
        row.language.map_or("", Language::as_str).to_owned(),
        if row.is_source {
            "source".to_owned()
        } else {
            format!("{}%", row.percent())
        },
        row.stale.to_string(),
        row.missing.to_string(),
        row.words.to_string(),
        row.minutes.to_string(),
        row.questions.to_string(),
        reviews.to_owned(),
    ]
}

/// Each kind of review, and why it does not count.
fn reviews(course: &CourseStatus, out: &mut String) {
    let _ = write!(
        out,
        "\n{}: {}; content {}\n",
        course.course, course.status, course.content_hash
    );
    let rows: Vec<Vec<String>> = course
        .reviews
        .iter()
        .map(|review| vec![format!("  {}", review.kind), reason(review)])
        .collect();
    out.push_str(&table::lines(&rows, 2));
}

/// Where each outcome is taught, practised and tested; nothing where no lesson and no question names one.
fn outcomes(course: &CourseStatus, out: &mut String) {
    let is_named = |row: &OutcomeStatus| {
        !(row.taught.is_empty() && row.practised.is_empty() && row.tested.is_empty())
    };
    if !course.outcomes.iter().any(is_named) {
        return;
    }
    let head = ["  Outcome", "Taught", "Practised", "Tested"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for row in &course.outcomes {
        let mut cells = vec![format!("  {}", row.outcome)];
        let counts = [row.taught.len(), row.practised.len(), row.tested.len()];
        cells.extend(counts.iter().map(ToString::to_string));
        rows.push(cells);
    }
    out.push('\n');
    out.push_str(&table::lines(&rows, 1));
}

fn reason(status: &ReviewStatus) -> String {
    let Some(review) = &status.review else {
        return status.state.to_string();
    };
    let state = match status.state {
        ReviewState::OtherContent => format!("for other content ({:.12})", review.content_hash),
        state => state.to_string(),
    };
    format!("{state}: {}, {}", review.by, review.date)
}
