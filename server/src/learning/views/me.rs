//! „Mana mācīšanās”: where a person goes on, their courses and certificates.

use course_compiler::CourseId;
use serde::Serialize;

use super::{
    ProgressView, TextLink,
    catalogue::CourseCard,
    course::resume,
    going_on::{self, GoingOn},
    path::MyPath,
};
use crate::{
    certificates::CertificateLink,
    http::{
        Lang,
        theme::Theme,
        visit::{Section, View},
    },
    learning::{
        Catalogue, Coming, LearningPath,
        service::{Enrolled, path::PathStanding},
    },
    programme::NotCounted,
};

/// A learning path that a person takes, with how far they are.
type Taken<'a> = (&'a LearningPath, PathStanding);

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct MyPage {
    going_on: Option<GoingOn>,
    /// The other courses that are begun.
    begun: Vec<MyCourse>,
    completed: Vec<MyCourse>,
    paths: Vec<MyPath>,
    certificates: Vec<CertificateLink>,
    /// The next missing step of the profile, before a course can be started.
    missing_step: Option<TextLink>,
    /// Why the person's completions do not count for the programme.
    not_counted: Option<String>,
    /// What is coming besides courses.
    coming: Coming,
}

#[derive(Debug, Serialize)]
struct MyCourse {
    card: CourseCard,
    progress: ProgressView,
    resume: Option<TextLink>,
    completed_on: Option<String>,
}

impl MyPage {
    /// For a person with these enrolments, newest first, and these learning paths.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        (enrolments, paths): (&[(CourseId, Enrolled)], &[Taken<'_>]),
        certificates: Vec<CertificateLink>,
        (missing_step, not_counted): (Option<TextLink>, Option<NotCounted>),
    ) -> Self {
        let latest = going_on::latest(catalogue, enrolments);
        let (completed, begun) = enrolments
            .iter()
            .filter(|(course_id, _)| latest.is_none_or(|(id, _)| id != course_id))
            .filter_map(|(course_id, enrolled)| {
                let course = catalogue.by_id(course_id)?;
                Some(MyCourse {
                    card: CourseCard::new(theme, lang, course, None),
                    progress: ProgressView::of(theme, lang, course, &enrolled.progress),
                    resume: resume(lang, course, &enrolled.progress)
                        .filter(|_| enrolled.completed.is_none()),
                    completed_on: enrolled
                        .completed
                        .as_ref()
                        .map(|completed| lang.date_on(Lang::riga_date(completed.completed_at))),
                })
            })
            .partition(|course: &MyCourse| course.completed_on.is_some());
        let going_on = latest
            .and_then(|(id, enrolled)| GoingOn::of(theme, lang, catalogue.by_id(id)?, enrolled));
        Self {
            going_on,
            begun,
            completed,
            paths: paths
                .iter()
                .map(|(path, standing)| {
                    MyPath::new(theme, lang, catalogue, (path, standing), enrolments)
                })
                .collect(),
            certificates,
            missing_step,
            not_counted: not_counted.map(|why| theme.text(lang, why.message_key())),
            coming: Coming::default(),
        }
    }

    /// With what is coming besides courses.
    #[must_use]
    pub(crate) fn with_coming(self, coming: Coming) -> Self {
        Self { coming, ..self }
    }
}

impl View for MyPage {
    const TEMPLATE: &'static str = "pages/me.html";
    const SECTION: Section = Section::Me;
    const IS_CONTENT: bool = true;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "me-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::{learning::ComingEntry, list::Tone};

        let catalogue = crate::learning::catalogue::sample();
        let enrolments: Vec<(CourseId, Enrolled)> = catalogue
            .all()
            .flat_map(|course| {
                crate::learning::service::samples(course)
                    .into_iter()
                    .map(|enrolled| (course.id.clone(), enrolled))
            })
            .collect();
        let paths: Vec<_> = catalogue
            .paths()
            .flat_map(|path| {
                crate::learning::service::path::samples(path, &catalogue)
                    .into_iter()
                    .map(move |standing| (path, standing))
            })
            .collect();
        let step = TextLink {
            url: crate::people::Step::Profile.url(lang),
            text: "…".to_owned(),
        };
        let entry = |to_do: Option<&str>| ComingEntry {
            link: TextLink {
                url: crate::people::Step::Profile.url(lang),
                text: "…".to_owned(),
            },
            facts: "10.02.2027.".to_owned(),
            note: "…".to_owned(),
            tone: Tone::Success,
            to_do: to_do.map(str::to_owned),
        };
        vec![
            Self::new(
                theme,
                lang,
                &catalogue,
                (&[], &[]),
                Vec::new(),
                (Some(step), None),
            ),
            Self::new(
                theme,
                lang,
                &catalogue,
                (&enrolments, &paths),
                vec![CertificateLink::sample(theme, lang)],
                (None, Some(NotCounted::Rejected)),
            )
            .with_coming(Coming {
                own: vec![entry(Some("…")), entry(None)],
                past: vec![entry(None)],
                others: vec![entry(None)],
            }),
        ]
    }
}
