//! A course's page: a description for visitors, the progress for learners.

use course_compiler::{
    Course, LessonId,
    model::{ReviewKind, Status, Verdict},
};
use serde::Serialize;

use super::{
    OutlineItem, ProgressView, RequirementView, TextLink, catalogue::CourseCard, lesson_url,
    path_card::path_link, time::left_text,
};
use crate::{
    certificates::CertificateLink,
    http::{
        Lang,
        address::{self, Address as _},
        theme::Theme,
        visit::{Section, View},
    },
    learning::{
        Catalogue,
        model::{Progress, Trace},
        parts::Changes,
        service::Enrolled,
    },
};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct CoursePage {
    #[serde(skip)]
    has_exit: bool,
    title: String,
    card: CourseCard,
    outcomes: Vec<String>,
    outline: Vec<OutlineItem>,
    reviews: Vec<ReviewView>,
    test: Option<TestFacts>,
    /// The learning paths that it belongs to.
    paths: Vec<TextLink>,
    enrol_action: String,
    enrolled: Option<EnrolledView>,
}

#[derive(Debug, Serialize)]
struct ReviewView {
    kind: String,
    state: String,
    is_given: bool,
    by: Option<String>,
    date: Option<String>,
}

#[derive(Debug, Serialize)]
struct TestFacts {
    text: String,
}

#[derive(Debug, Serialize)]
struct EnrolledView {
    progress: ProgressView,
    resume: Option<TextLink>,
    is_begun: bool,
    left_text: Option<String>,
    trace: Vec<RequirementView>,
    changes: Option<ChangesView>,
    is_completed: bool,
    completed_on: Option<String>,
    certificate: Option<CertificateLink>,
}

/// What has changed since the person last saw the course.
#[derive(Debug, Serialize)]
struct ChangesView {
    /// A line for each kind of change.
    lines: Vec<String>,
    seen_action: String,
}

impl ChangesView {
    fn of(theme: &Theme, lang: Lang, course: &Course, changes: &Changes) -> Option<Self> {
        let titles = |ids: &[LessonId]| {
            let lessons = ids
                .iter()
                .filter_map(|id| course.lesson(id)?.text(lang.into()));
            lessons.map(|(_, text)| text.title.clone()).collect()
        };
        let parts: [(&str, Vec<String>); 3] = [
            ("course-changes-added", titles(&changes.added)),
            ("course-changes-changed", titles(&changes.changed)),
            ("course-changes-removed", changes.removed.clone()),
        ];
        let line = |(key, titles): &(&str, Vec<String>)| {
            let args = [
                ("count", titles.len().into()),
                ("titles", titles.join("; ").into()),
            ];
            (!titles.is_empty()).then(|| theme.text_with(lang, key, &args))
        };
        let lines: Vec<String> = parts.iter().filter_map(line).collect();
        (!lines.is_empty()).then(|| Self {
            lines,
            seen_action: address::SeeChanges {
                course: course.into(),
            }
            .url(lang),
        })
    }
}

impl CoursePage {
    /// For a visitor (`enrolled` is `None`), or a learner with their state of the course's requirements and
    /// their certificate.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        course: &Course,
        enrolled: Option<(&Enrolled, &Trace, Option<CertificateLink>)>,
    ) -> Self {
        let nothing = Progress::default();
        let progress = enrolled
            .as_ref()
            .map_or(&nothing, |(enrolled, ..)| &enrolled.progress);
        Self {
            has_exit: course.exit_page,
            title: course
                .title
                .get(lang.into(), course.source_language)
                .to_owned(),
            card: CourseCard::new(theme, lang, course, None),
            outcomes: course
                .outcomes
                .iter()
                .map(|outcome| {
                    outcome
                        .text
                        .get(lang.into(), course.source_language)
                        .to_owned()
                })
                .collect(),
            outline: super::outline(theme, lang, course, progress, None),
            reviews: reviews(theme, lang, course),
            test: course.final_test().and_then(|test| {
                let rules = test.test_rules()?;
                let questions = rules
                    .draw
                    .unwrap_or(test.questions.len())
                    .min(test.questions.len());
                let args = [
                    ("questions", questions.into()),
                    ("percent", super::percent(rules.pass).into()),
                ];
                Some(TestFacts {
                    text: theme.text_with(lang, "course-test-facts", &args),
                })
            }),
            paths: catalogue
                .paths()
                .filter(|path| path.courses().any(|id| *id == course.id))
                .map(|path| path_link(lang, path))
                .collect(),
            enrol_action: address::Enrol {
                course: course.into(),
            }
            .url(lang),
            enrolled: enrolled.map(|(enrolled, trace, certificate)| EnrolledView {
                progress: ProgressView::of(theme, lang, course, progress),
                resume: resume(lang, course, progress),
                is_begun: progress.is_begun(),
                left_text: left_text(theme, lang, course, progress),
                trace: super::trace(theme, lang, course, trace),
                changes: ChangesView::of(theme, lang, course, &enrolled.changes),
                is_completed: enrolled.completed.is_some(),
                completed_on: enrolled
                    .completed
                    .as_ref()
                    .map(|completed| lang.date_on(Lang::riga_date(completed.completed_at))),
                certificate,
            }),
        }
    }
}

/// The link to continue the course.
pub(super) fn resume(lang: Lang, course: &Course, progress: &Progress) -> Option<TextLink> {
    let lesson = progress.resume(course)?;
    Some(TextLink {
        url: lesson_url(lang, course, lesson),
        text: lesson
            .text(lang.into())
            .map(|(_, text)| text.title.clone())
            .unwrap_or_default(),
    })
}

/// The reviews that were given, then those that are missing.
fn reviews(theme: &Theme, lang: Lang, course: &Course) -> Vec<ReviewView> {
    let kind = |kind: ReviewKind| theme.text(lang, &format!("review-{}", kind.as_str()));
    let given = course.reviews.iter().map(|review| ReviewView {
        kind: kind(review.kind),
        state: theme.text(
            lang,
            match (review.verdict, review.current) {
                (Verdict::Negative, _) => "review-state-negative",
                (Verdict::Positive, true) => "review-state-positive",
                (Verdict::Positive, false) => "review-state-outdated",
            },
        ),
        is_given: review.verdict == Verdict::Positive && review.current,
        by: Some(review.by.clone()),
        date: Some(lang.date(review.date)),
    });
    let missing = course.missing_reviews.iter().map(|missing| ReviewView {
        kind: kind(*missing),
        state: theme.text(lang, "review-state-missing"),
        is_given: false,
        by: None,
        date: None,
    });
    debug_assert!(course.status != Status::Publishable || course.missing_reviews.is_empty());
    given.chain(missing).collect()
}

impl View for CoursePage {
    const TEMPLATE: &'static str = "pages/course.html";
    const SECTION: Section = Section::Courses;

    const IS_CONTENT: bool = true;

    fn has_exit(&self) -> bool {
        self.has_exit
    }

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.title.clone()
    }

    fn description(&self) -> Option<String> {
        Some(self.card.summary.clone())
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::catalogue::sample();
        let mut samples = Vec::new();
        for course in catalogue.all() {
            samples.push(Self::new(theme, lang, &catalogue, course, None));
            for enrolled in crate::learning::service::samples(course) {
                let certificate = enrolled
                    .completed
                    .is_some()
                    .then(|| CertificateLink::sample(theme, lang));
                let trace = Trace::of(course, &enrolled.progress);
                let standing = Some((&enrolled, &trace, certificate));
                samples.push(Self::new(theme, lang, &catalogue, course, standing));
            }
        }
        samples
    }
}
