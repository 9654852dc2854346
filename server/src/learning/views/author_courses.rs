//! The courses as their authors see them: published ones, missing reviews, the compiler's diagnostics.

use course_compiler::{
    Course, Diagnostic, Severity,
    model::Status,
    status::{self, ReviewState, Row},
};
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
    /// The mistakes in the learning paths.
    path_problems: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CourseRow {
    /// Absent if the course is not offered; it has no page then.
    link: Option<TextLink>,
    title: String,
    is_publishable: bool,
    status: String,
    /// That people have an earlier version, if they have.
    earlier: Option<String>,
    /// Each review that is required or was given, and whether it counts.
    reviews: Vec<ReviewRow>,
    translations: Vec<TranslationRow>,
    /// How many findings there are in this course, in words; absent when there are none.
    findings: Option<String>,
    has_errors: bool,
}

#[derive(Debug, Serialize)]
struct ReviewRow {
    kind: String,
    state: String,
    is_given: bool,
}

/// How much of a course there is in one language.
#[derive(Debug, Serialize)]
struct TranslationRow {
    text: String,
    is_whole: bool,
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
                .chain(catalogue.open_without_present().map(|open| CourseRow {
                    earlier: Some(theme.text(lang, "author-courses-earlier-errors")),
                    is_publishable: false,
                    status: theme.text(lang, "author-courses-error"),
                    ..row(theme, lang, catalogue, open)
                }))
                .collect(),
            findings_text: theme.text_with(
                lang,
                "author-courses-findings",
                &[("count", findings.len().into())],
            ),
            findings,
            path_problems: catalogue
                .path_problems()
                .iter()
                .map(ToString::to_string)
                .collect(),
        }
    }
}

fn row(theme: &Theme, lang: Lang, catalogue: &Catalogue, course: &Course) -> CourseRow {
    let link = course_link(lang, course);
    let is_publishable = course.status == Status::Publishable;
    let standing = status::of(course);
    let found = catalogue.diagnostics().iter();
    let found = found.filter(|found| found.course_folder() == Some(course.slug.as_str()));
    let (errors, warnings): (Vec<_>, Vec<_>) =
        found.partition(|found| found.severity == Severity::Error);
    let (errors, warnings) = (errors.len(), warnings.len());
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
        earlier: catalogue
            .is_open_as_before(course)
            .then(|| theme.text(lang, "author-courses-earlier")),
        reviews: standing
            .reviews
            .iter()
            .map(|review| ReviewRow {
                kind: theme.text(lang, &format!("review-{}", review.kind.as_str())),
                state: theme.text(
                    lang,
                    match review.state {
                        ReviewState::Given => "review-state-positive",
                        ReviewState::Missing => "review-state-missing",
                        ReviewState::Negative => "review-state-negative",
                        ReviewState::OtherContent => "review-state-outdated",
                    },
                ),
                is_given: review.state == ReviewState::Given,
            })
            .collect(),
        translations: standing
            .languages
            .iter()
            .map(|row| translation(theme, lang, row))
            .collect(),
        findings: (errors + warnings > 0).then(|| {
            let args = [("errors", errors.into()), ("warnings", warnings.into())];
            theme.text_with(lang, "author-courses-found", &args)
        }),
        has_errors: errors > 0,
    }
}

fn translation(theme: &Theme, lang: Lang, row: &Row) -> TranslationRow {
    let language = row.language.map_or_else(String::new, |language| {
        theme.text(lang, &format!("language-{}", language.as_str()))
    });
    let is_whole = row.stale + row.missing == 0;
    let key = if row.is_source {
        "author-courses-source"
    } else if is_whole {
        "author-courses-translated"
    } else {
        "author-courses-partly-translated"
    };
    let args = [
        ("language", language.into()),
        ("percent", row.percent().into()),
        ("stale", row.stale.into()),
        ("missing", row.missing.into()),
    ];
    TranslationRow {
        text: theme.text_with(lang, key, &args),
        is_whole,
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_course_says_that_people_have_its_earlier_version() {
        let theme = Theme::load().unwrap();
        let mut bundle = crate::testing::shipped_bundle();
        let as_status = |course: &Arc<Course>, status| {
            let mut course = (**course).clone();
            course.status = status;
            Arc::new(course)
        };
        let two = bundle.courses.iter().take(2);
        bundle.published = two
            .map(|course| as_status(course, Status::Publishable))
            .collect();
        bundle.courses[0] = as_status(&bundle.courses[0], Status::Draft);
        let with_errors = bundle.courses.remove(1);
        let present = bundle.courses[0].id.clone();
        let catalogue = Catalogue::new(bundle, Vec::new(), false);
        let page = AuthorCoursesPage::new(&theme, Lang::Lv, &catalogue);
        let earlier = |id: &course_compiler::CourseId| {
            let course = catalogue.by_id(id).unwrap();
            let title = course_link(Lang::Lv, course).text;
            let row = page.courses.iter().find(|row| row.title == title);
            row.unwrap().earlier.clone()
        };
        assert_eq!(
            earlier(&present),
            Some(theme.text(Lang::Lv, "author-courses-earlier"))
        );
        assert_eq!(
            earlier(&with_errors.id),
            Some(theme.text(Lang::Lv, "author-courses-earlier-errors"))
        );
        let said = page.courses.iter().filter(|row| row.earlier.is_some());
        assert_eq!(said.count(), 2);
    }
}
