//! The catalogue.

use std::collections::BTreeMap;

use course_compiler::{
    Course, CourseId, Language,
    model::{Audience, Ground, Status},
};
use serde::Serialize;

use super::course_url;
use crate::{
    http::{
        Lang,
        theme::Theme,
        visit::{Section, View},
    },
    learning::Catalogue,
};

/// The filters of the catalogue; an empty or unknown value does not filter.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub(crate) struct CatalogueFilter {
    /// A prohibited ground.
    #[serde(default)]
    pub ground: String,
    /// An audience.
    #[serde(default)]
    pub audience: String,
    /// A language in which the course exists.
    #[serde(default)]
    pub language: String,
}

/// A person's state in a course, as the catalogue shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CourseStanding {
    /// Enrolled.
    Enrolled,
    /// Completed.
    Completed,
}

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct CataloguePage {
    filters: Vec<FilterView>,
    is_filtered: bool,
    count_text: String,
    courses: Vec<CourseCard>,
    waiting_text: Option<String>,
}

#[derive(Debug, Serialize)]
struct FilterView {
    name: &'static str,
    label: String,
    options: Vec<OptionView>,
}

#[derive(Debug, Serialize)]
struct OptionView {
    value: &'static str,
    label: String,
    is_selected: bool,
}

/// A course in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CourseCard {
    title: String,
    summary: String,
    url: String,
    ground_label: String,
    audience_label: String,
    languages: String,
    lessons: usize,
    lessons_text: String,
    minutes: u32,
    minutes_text: String,
    hours_text: String,
    is_draft: bool,
    standing: Option<String>,
}

impl CourseCard {
    /// A course, with the visitor's state in it.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        course: &Course,
        standing: Option<CourseStanding>,
    ) -> Self {
        let minutes: u32 = course.lessons.iter().map(|lesson| lesson.minutes).sum();
        let lessons = course
            .lessons
            .iter()
            .filter(|lesson| lesson.test_rules().is_none())
            .count();
        Self {
            title: course
                .title
                .get(lang.into(), course.source_language)
                .to_owned(),
            summary: course
                .summary
                .get(lang.into(), course.source_language)
                .to_owned(),
            url: course_url(lang, course),
            ground_label: ground_label(theme, lang, course.ground),
            audience_label: audience_label(theme, lang, course.audience),
            languages: course
                .languages
                .iter()
                .map(|language| theme.text(lang, &format!("language-{}", language.as_str())))
                .collect::<Vec<_>>()
                .join(", "),
            lessons,
            lessons_text: theme.text_with(lang, "course-lessons", &[("count", lessons.into())]),
            minutes,
            minutes_text: theme.text_with(lang, "course-minutes", &[("count", minutes.into())]),
            hours_text: theme.text_with(lang, "course-hours", &[("count", course.hours.into())]),
            is_draft: course.status == Status::Draft,
            standing: standing.map(|standing| {
                theme.text(
                    lang,
                    match standing {
                        CourseStanding::Enrolled => "standing-enrolled",
                        CourseStanding::Completed => "standing-completed",
                    },
                )
            }),
        }
    }
}

/// A ground in words; `none` means that the course is about all grounds.
#[must_use]
pub(crate) fn ground_label(theme: &Theme, lang: Lang, ground: Ground) -> String {
    theme.text(lang, &format!("ground-{}", ground.as_str()))
}

/// An audience in words.
#[must_use]
pub(crate) fn audience_label(theme: &Theme, lang: Lang, audience: Audience) -> String {
    theme.text(lang, &format!("audience-{}", audience.as_str()))
}

impl CataloguePage {
    /// The offered courses that match the filters.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        filter: &CatalogueFilter,
        standings: &BTreeMap<CourseId, CourseStanding>,
    ) -> Self {
        let grounds: Vec<_> = Ground::ALL
            .iter()
            .map(|g| (g.as_str(), ground_label(theme, lang, *g)))
            .collect();
        let audiences: Vec<_> = Audience::ALL
            .iter()
            .map(|a| (a.as_str(), audience_label(theme, lang, *a)))
            .collect();
        let languages: Vec<_> = [Language::Lv, Language::En]
            .iter()
            .map(|l| {
                (
                    l.as_str(),
                    theme.text(lang, &format!("language-{}", l.as_str())),
                )
            })
            .collect();
        let known = |value: &str, options: &[(&'static str, String)]| {
            options
                .iter()
                .any(|(word, _)| *word == value)
                .then(|| value.to_owned())
        };
        let ground = known(&filter.ground, &grounds);
        let audience = known(&filter.audience, &audiences);
        let language = known(&filter.language, &languages);
        let passes = |course: &&Course| {
            ground
                .as_ref()
                .is_none_or(|word| course.ground.as_str() == word)
                && audience.as_ref().is_none_or(|word| {
                    course.audience.as_str() == word || course.audience == Audience::Everyone
                })
                && language
                    .as_ref()
                    .is_none_or(|word| course.languages.iter().any(|l| l.as_str() == word))
        };
        let courses: Vec<CourseCard> = catalogue
            .offered()
            .filter(passes)
            .map(|course| CourseCard::new(theme, lang, course, standings.get(&course.id).copied()))
            .collect();
        let waiting = catalogue.waiting();
        let filters = [
            ("ground", "filter-ground", grounds, &ground),
            ("audience", "filter-audience", audiences, &audience),
            ("language", "filter-language", languages, &language),
        ]
        .into_iter()
        .map(|(name, label, options, chosen)| FilterView {
            name,
            label: theme.text(lang, label),
            options: options
                .into_iter()
                .map(|(value, label)| OptionView {
                    value,
                    label,
                    is_selected: chosen.as_deref() == Some(value),
                })
                .collect(),
        })
        .collect();
        Self {
            filters,
            is_filtered: ground.is_some() || audience.is_some() || language.is_some(),
            count_text: theme.text_with(
                lang,
                "catalogue-count",
                &[("count", courses.len().into())],
            ),
            courses,
            waiting_text: (waiting > 0)
                .then(|| theme.text_with(lang, "catalogue-waiting", &[("count", waiting.into())])),
        }
    }
}

impl View for CataloguePage {
    const TEMPLATE: &'static str = "pages/catalogue.html";
    const SECTION: Section = Section::Courses;

    const IS_CONTENT: bool = true;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "catalogue-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::catalogue::sample();
        let empty = Catalogue::empty();
        let standings = BTreeMap::from([("foundations".into(), CourseStanding::Completed)]);
        let nothing = CatalogueFilter {
            ground: "age".to_owned(),
            ..CatalogueFilter::default()
        };
        vec![
            Self::new(
                theme,
                lang,
                &catalogue,
                &CatalogueFilter::default(),
                &standings,
            ),
            Self::new(theme, lang, &catalogue, &nothing, &standings),
            Self::new(theme, lang, &empty, &CatalogueFilter::default(), &standings),
        ]
    }
}
