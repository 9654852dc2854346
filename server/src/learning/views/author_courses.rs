//! The courses as their authors see them: published ones, missing reviews, the compiler's diagnostics.

use course_compiler::{Course, Diagnostic, Severity, model::Status};
use serde::Serialize;

use super::{TextLink, course_link};
use crate::{
    http::{
        Lang,
        theme::Theme,
        visit::{Section, View},
    },
    learning::Catalogue,
};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct AuthorCoursesPage {
    courses: Vec<CourseRow>,
    findings: Vec<Finding>,
    findings_text: String,
}

#[derive(Debug, Serialize)]
struct CourseRow {
    /// Absent if the course is not offered; it has no page then.
    link: Option<TextLink>,
    title: String,
    is_publishable: bool,
    status: String,
    missing_reviews: Vec<String>,
    languages: String,
    content_hash: String,
}

#[derive(Debug, Serialize)]
struct Finding {
    is_error: bool,
    severity: String,
    code: String,
    place: String,
    message: String,
    help: Option<String>,
}

impl AuthorCoursesPage {
    /// Lists every compiled course.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, catalogue: &Catalogue) -> Self {
        let findings: Vec<Finding> = catalogue
            .diagnostics()
            .iter()
            .map(|found| finding(theme, lang, found))
            .collect();
        Self {
            courses: catalogue
                .all()
                .map(|course| row(theme, lang, catalogue, course))
                .collect(),
            findings_text: theme.text_with(
                lang,
                "author-courses-findings",
                &[("count", findings.len().into())],
            ),
            findings,
        }
    }
}

fn row(theme: &Theme, lang: Lang, catalogue: &Catalogue, course: &Course) -> CourseRow {
    let link = course_link(lang, course);
    let is_publishable = course.status == Status::Publishable;
    CourseRow {
        title: link.text.clone(),
        link: catalogue.by_slug(&course.slug).is_some().then_some(link),
        is_publishable,
        status: theme.text(
            lang,
            if is_publishable {
                "author-courses-publishable"
            } else {
                "course-draft"
            },
        ),
        missing_reviews: course
            .missing_reviews
            .iter()
            .map(|kind| theme.text(lang, &format!("review-{}", kind.as_str())))
            .collect(),
        languages: course
            .languages
            .iter()
            .map(|language| theme.text(lang, &format!("language-{}", language.as_str())))
            .collect::<Vec<_>>()
            .join(", "),
        content_hash: course.content_hash.clone(),
    }
}

fn finding(theme: &Theme, lang: Lang, found: &Diagnostic) -> Finding {
    let is_error = found.severity == Severity::Error;
    let location = &found.location;
    Finding {
        is_error,
        severity: theme.text(
            lang,
            if is_error {
                "author-courses-error"
            } else {
                "author-courses-warning"
            },
        ),
        code: found.code.to_string(),
        place: format!(
            "{}:{}:{}",
            location.file, location.start.line, location.start.column
        ),
        message: found.message.clone(),
        help: found.help.clone(),
    }
}

impl View for AuthorCoursesPage {
    const TEMPLATE: &'static str = "pages/author-courses.html";
    const SECTION: Section = Section::Author;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "author-courses-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let found = |severity, help: Option<&str>| Diagnostic {
            code: "link-broken".into(),
            severity,
            message: "the link leads nowhere".to_owned(),
            location: course_compiler::diagnostic::Location::file("age/lv/01-darbs.md"),
            related: Vec::new(),
            help: help.map(str::to_owned),
            fix: None,
        };
        let findings = vec![
            found(Severity::Error, Some("write the path of a lesson")),
            found(Severity::Warning, None),
        ];
        [
            crate::learning::catalogue::sample(),
            Catalogue::empty(),
            Catalogue::finding(findings),
        ]
        .iter()
        .map(|catalogue| Self::new(theme, lang, catalogue))
        .collect()
    }
}
