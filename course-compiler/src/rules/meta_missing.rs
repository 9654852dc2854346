//! `meta-missing`: a required key is missing.

use crate::diagnostic::{Diagnostic, Location, Report, Rule, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "meta-missing",
    severity: Severity::Error,
    page: include_str!("meta_missing.md"),
};

/// A table lacks a key.
pub(crate) fn report(report: &mut Report<'_>, table: Span, key: &str) {
    report.push(
        RULE.at(report.source, table, format!("`{key}` is missing"))
            .help(format!("add a line `{key} = …`")),
    );
}

/// A lesson file has no front matter.
pub(crate) fn no_front_matter(report: &mut Report<'_>) {
    let first = report.source.text().lines().next().unwrap_or_default();
    let (message, help) = if first.trim_end() == "---" {
        (
            "the front matter stands between lines `---`",
            "write lines `+++` instead, and between them TOML: `title = \"…\"` and not `title: …`",
        )
    } else {
        (
            "the file has no front matter",
            "begin the file with a line `+++`, then `id`, `title` and `minutes`, then a line `+++`",
        )
    };
    report.push(RULE.at(report.source, Span::default(), message).help(help));
}

/// The front matter is not closed.
pub(crate) fn not_closed(report: &mut Report<'_>, front: Span) {
    let opening = Span::new(0, front.start.saturating_sub(1));
    report.push(
        RULE.at(report.source, opening, "the front matter has no end")
            .help("add a line `+++` after it"),
    );
}

/// A folder that looks like a course has no `course.toml`.
pub(crate) fn no_course_file(path: String) -> Diagnostic {
    RULE.in_place(Location::file(path), "the course has no `course.toml`")
        .help("add the file, with `id`, `kind`, `ground`, `audience`, `hours`, `source_language`, `[title]` and `[summary]`")
}

/// A course has no lesson in its source language.
pub(crate) fn no_lessons(path: String, language: &str) -> Diagnostic {
    RULE.in_place(
        Location::file(path),
        format!("the course has no lessons in its source language, `{language}`"),
    )
    .help(format!(
        "put lessons into the folder `{language}`, named `01-….md`, `02-….md`"
    ))
}
