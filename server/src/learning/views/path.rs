//! A learning path's page, and paths in lists.

use course_compiler::{Course, CourseId, model::Status};
use serde::Serialize;

use super::{
    RequirementView, TextLink,
    catalogue::CourseCard,
    course::resume,
    course_link, course_url,
    path_card::{PathCard, offered, path_link, path_url},
};
use crate::{
    certificates::CertificateLink,
    http::{
        Lang,
        address::{self, Address as _},
        theme::Theme,
        visit::{Section, View},
    },
    ids::PathSlug,
    learning::{
        Catalogue, LearningPath,
        paths::{PathTrace, StepTrace},
        service::{Enrolled, path::PathStanding},
    },
};

/// A person's enrolments in courses, as [`service::enrolments`](crate::learning::enrolments) gives them.
type Enrolments = [(CourseId, Enrolled)];

fn enrol_url(lang: Lang, path: &PathSlug) -> String {
    let path = path.clone();
    address::EnrolInPath { path }.url(lang)
}

/// The academic hours of the smallest and of the largest way through the path.
fn hours_text(theme: &Theme, lang: Lang, catalogue: &Catalogue, path: &LearningPath) -> String {
    let (mut least, mut most) = (0.0, 0.0);
    for step in &path.steps {
        let hours = || {
            offered(catalogue, &step.0)
                .into_iter()
                .map(|course| course.hours)
        };
        least += hours().reduce(f64::min).unwrap_or_default();
        most += hours().reduce(f64::max).unwrap_or_default();
    }
    let text = theme.text_with(lang, "course-hours", &[("count", most.into())]);
    if least < most {
        format!("{}–{text}", lang.number(least, 0))
    } else {
        text
    }
}

/// How many steps of a path are done.
#[derive(Debug, Serialize)]
struct StepsDone {
    done: usize,
    total: usize,
    text: String,
}

impl StepsDone {
    fn of(theme: &Theme, lang: Lang, trace: &PathTrace) -> Self {
        let (done, total) = (trace.done().count(), trace.steps.len());
        let args = [("done", done.into()), ("total", total.into())];
        Self {
            done,
            total,
            text: theme.text_with(lang, "path-progress", &args),
        }
    }
}

/// Where somebody goes on in a path: in the first step that is not done, with its course that they have begun, or with
/// its course; at the steps of the path's page, where there is a choice.
fn next(
    (theme, lang): (&Theme, Lang),
    catalogue: &Catalogue,
    path: &LearningPath,
    trace: &PathTrace,
    enrolments: &Enrolments,
) -> Option<TextLink> {
    let (number, step) = trace
        .steps
        .iter()
        .enumerate()
        .find(|(_, step)| step.done.is_none())?;
    let courses = offered(catalogue, &step.courses);
    let begun = courses.iter().find_map(|course| {
        let enrolled = enrolled_in(enrolments, &course.id)?;
        resume(lang, course, &enrolled.progress)
    });
    match (begun, courses.as_slice()) {
        (Some(lesson), _) => Some(lesson),
        (None, [course]) => Some(course_link(lang, course)),
        (None, []) => None,
        (None, _) => Some(TextLink {
            url: format!("{}#step-{}", path_url(lang, path), number + 1),
            text: theme.text(lang, "path-choose"),
        }),
    }
}

fn enrolled_in<'a>(enrolments: &'a Enrolments, id: &CourseId) -> Option<&'a Enrolled> {
    let mut found = enrolments.iter().filter(|(course, _)| course == id);
    found.next().map(|(_, enrolled)| enrolled)
}

/// A path that a person is in, on their own page.
#[derive(Debug, Serialize)]
pub(crate) struct MyPath {
    link: TextLink,
    progress: StepsDone,
    next: Option<TextLink>,
    completed_on: Option<String>,
}

impl MyPath {
    /// With how far they are.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        (path, standing): (&LearningPath, &PathStanding),
        enrolments: &Enrolments,
    ) -> Self {
        Self {
            link: path_link(lang, path),
            progress: StepsDone::of(theme, lang, &standing.trace),
            next: next((theme, lang), catalogue, path, &standing.trace, enrolments),
            completed_on: completed_on(lang, standing),
        }
    }
}

fn completed_on(lang: Lang, standing: &PathStanding) -> Option<String> {
    let completed = standing.completed.as_ref()?;
    Some(lang.date_on(Lang::riga_date(completed.at)))
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct PathPage {
    #[serde(skip)]
    has_exit: bool,
    card: PathCard,
    for_whom: String,
    hours_text: String,
    has_drafts: bool,
    steps: Vec<StepView>,
    enrol_action: String,
    enrolled: Option<EnrolledView>,
}

#[derive(Debug, Serialize)]
struct StepView {
    number: usize,
    /// Whether one of several courses is taken.
    is_choice: bool,
    /// `done`, `started` or `open`, for the sign beside the words.
    state: &'static str,
    courses: Vec<StepCourse>,
}

#[derive(Debug, Serialize)]
struct StepCourse {
    card: CourseCard,
    /// How far the person is in it; absent for visitors.
    state: Option<String>,
}

#[derive(Debug, Serialize)]
struct EnrolledView {
    progress: StepsDone,
    next: Option<TextLink>,
    trace: Vec<RequirementView>,
    completed_on: Option<String>,
    certificate: Option<CertificateLink>,
}

/// Who looks at a path: their courses, and, if they are enrolled in the path, how far they are, with the latest
/// certificate.
pub(crate) struct Looking<'a> {
    /// Their enrolments in courses.
    pub enrolments: &'a Enrolments,
    /// Their standing in the path.
    pub standing: Option<(&'a PathStanding, Option<CertificateLink>)>,
}

impl PathPage {
    /// For a visitor (`looking` is `None`) or somebody who is signed in.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        path: &LearningPath,
        looking: Option<Looking<'_>>,
    ) -> Self {
        let enrolments = looking.as_ref().map(|looking| looking.enrolments);
        let standing = looking.and_then(|looking| looking.standing);
        let trace = standing.as_ref().map(|(standing, _)| &standing.trace);
        let courses = || {
            path.steps
                .iter()
                .flat_map(|step| offered(catalogue, &step.0))
        };
        let steps = path.steps.iter().enumerate().map(|(index, step)| {
            let done = trace
                .and_then(|trace| trace.steps.get(index))
                .and_then(|step| step.done.as_ref());
            let courses: Vec<StepCourse> = offered(catalogue, &step.0)
                .into_iter()
                .map(|course| StepCourse {
                    card: CourseCard::new(theme, lang, course, None),
                    state: enrolments.map(|all| state_of(theme, lang, course, all)),
                })
                .collect();
            let own = || {
                let all = enrolments.unwrap_or_default();
                step.0.iter().filter_map(|id| enrolled_in(all, id))
            };
            let is_begun = own().any(|one| one.progress.is_begun());
            let is_done = match trace {
                Some(_) => done.is_some(),
                None => own().any(|one| one.completed.is_some()),
            };
            StepView {
                number: index + 1,
                is_choice: courses.len() > 1,
                state: match (is_done, is_begun) {
                    (true, _) => "done",
                    (false, true) => "started",
                    (false, false) => "open",
                },
                courses,
            }
        });
        Self {
            has_exit: courses().any(|course| course.exit_page),
            card: PathCard::new(theme, lang, catalogue, path),
            for_whom: LearningPath::text(lang, &path.for_whom).to_owned(),
            hours_text: hours_text(theme, lang, catalogue, path),
            has_drafts: courses().any(|course| course.status == Status::Draft),
            steps: steps.collect(),
            enrol_action: enrol_url(lang, &path.id),
            enrolled: standing.map(|(standing, certificate)| EnrolledView {
                progress: StepsDone::of(theme, lang, &standing.trace),
                next: next(
                    (theme, lang),
                    catalogue,
                    path,
                    &standing.trace,
                    enrolments.unwrap_or_default(),
                ),
                trace: requirements(
                    (theme, lang),
                    catalogue,
                    &standing.trace,
                    enrolments.unwrap_or_default(),
                ),
                completed_on: completed_on(lang, standing),
                certificate,
            }),
        }
    }
}

/// How far somebody is in a course of a path.
fn state_of(theme: &Theme, lang: Lang, course: &Course, enrolments: &Enrolments) -> String {
    let Some(enrolled) = enrolled_in(enrolments, &course.id) else {
        return theme.text(lang, "path-course-open");
    };
    if let Some(completed) = &enrolled.completed {
        let date = lang.date_on(Lang::riga_date(completed.completed_at));
        return theme.text_with(lang, "me-completed-on", &[("date", date.into())]);
    }
    let done = enrolled.progress.done(course);
    let args = [
        ("done", done.into()),
        ("total", course.lessons.len().into()),
    ];
    theme.text_with(lang, "progress-done", &args)
}

/// The answer to “Why is the path not completed yet?”.
fn requirements(
    (theme, lang): (&Theme, Lang),
    catalogue: &Catalogue,
    trace: &PathTrace,
    enrolments: &Enrolments,
) -> Vec<RequirementView> {
    let requirement = |step: &StepTrace| {
        let courses = offered(catalogue, &step.courses);
        let title = |course: &&Course| course_link(lang, course).text;
        if let Some(done) = &step.done {
            let title = done.title.get(lang.into(), course_compiler::Language::Lv);
            let date = lang.date_on(Lang::riga_date(done.completed_at));
            return RequirementView {
                is_met: true,
                text: theme.text_with(lang, "path-rule-course", &[("title", title.into())]),
                detail: theme.text_with(lang, "me-completed-on", &[("date", date.into())]),
                links: Vec::new(),
            };
        }
        let text = match courses.as_slice() {
            [course] => {
                theme.text_with(lang, "path-rule-course", &[("title", title(course).into())])
            }
            _ => theme.text(lang, "path-rule-choice"),
        };
        let begun = courses
            .iter()
            .find(|course| enrolled_in(enrolments, &course.id).is_some());
        RequirementView {
            is_met: false,
            text,
            detail: match (begun, courses.as_slice()) {
                (Some(course), [_]) => state_of(theme, lang, course, enrolments),
                (Some(course), _) => format!(
                    "{}: {}",
                    title(course),
                    state_of(theme, lang, course, enrolments)
                ),
                (None, [_]) => theme.text(lang, "path-course-open"),
                (None, _) => theme.text(lang, "path-none-begun"),
            },
            links: match (begun, courses.as_slice()) {
                (Some(course), _) | (None, [course]) => vec![TextLink {
                    url: course_url(lang, course),
                    text: theme.text(lang, "path-to-course"),
                }],
                _ => Vec::new(),
            },
        }
    };
    trace.steps.iter().map(requirement).collect()
}

impl View for PathPage {
    const TEMPLATE: &'static str = "pages/path.html";
    const SECTION: Section = Section::Courses;

    const IS_CONTENT: bool = true;

    fn has_exit(&self) -> bool {
        self.has_exit
    }

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.card.link.text.clone()
    }

    fn description(&self) -> Option<String> {
        Some(self.card.summary.clone())
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::catalogue::sample();
        let mut samples = Vec::new();
        for path in catalogue.paths() {
            samples.push(Self::new(theme, lang, &catalogue, path, None));
            let in_courses = |state: usize| -> Vec<(CourseId, Enrolled)> {
                let enrolled = |course: &Course| {
                    let mut all = crate::learning::service::samples(course);
                    (course.id.clone(), all.swap_remove(state))
                };
                catalogue.offered().map(enrolled).collect()
            };
            let standings = crate::learning::service::path::samples(path, &catalogue);
            let courses = [Vec::new(), in_courses(1), in_courses(3)];
            for (standing, enrolments) in standings.iter().zip(&courses) {
                let certificate = standing
                    .completed
                    .is_some()
                    .then(|| CertificateLink::sample(theme, lang));
                for standing in [None, Some((standing, certificate))] {
                    let looking = Some(Looking {
                        enrolments,
                        standing,
                    });
                    samples.push(Self::new(theme, lang, &catalogue, path, looking));
                }
            }
        }
        samples
    }
}
