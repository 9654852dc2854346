//! The catalogue.

use std::collections::BTreeMap;

use course_compiler::{
    Course, CourseId, Language,
    model::{Audience, Ground, Status},
};
use serde::Serialize;

use super::{
    course_url,
    themes::{THEMES, ThemeView, grouped},
    time::short_time,
};
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
    /// A theme.
    #[serde(default)]
    pub theme: String,
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
    groups: Vec<GroupView>,
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

/// The courses of a theme.
#[derive(Debug, Serialize)]
struct GroupView {
    theme: ThemeView,
    count_text: String,
    courses: Vec<CourseCard>,
}

/// A course in a list.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CourseCard {
    title: String,
    pub(super) summary: String,
    /// The summary's first sentence.
    brief: String,
    url: String,
    theme: ThemeView,
    ground_label: String,
    /// Whether the course is about one ground.
    has_ground: bool,
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
        let summary = course.summary.get(lang.into(), course.source_language);
        Self {
            title: course
                .title
                .get(lang.into(), course.source_language)
                .to_owned(),
            summary: summary.to_owned(),
            brief: first_sentence(summary).to_owned(),
            url: course_url(lang, course),
            theme: ThemeView::of(theme, lang, course),
            has_ground: course.ground != Ground::None,
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
            minutes_text: short_time(theme, lang, minutes),
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

/// Up to the full stop before the next sentence; a stop within one is followed by a small letter or a figure.
fn first_sentence(text: &str) -> &str {
    let begins = |rest: &str| rest.chars().next().is_some_and(char::is_uppercase);
    text.match_indices(". ")
        .filter_map(|(at, stop)| text.split_at_checked(at + stop.len()))
        .find(|(_, rest)| begins(rest))
        .map_or(text, |(sentence, _)| sentence)
        .trim_end()
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
        let themes: Vec<_> = THEMES
            .into_iter()
            .map(|slug| (slug, ThemeView::named(theme, lang, slug).name))
            .collect();
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
        let chosen_theme = known(&filter.theme, &themes);
        let ground = known(&filter.ground, &grounds);
        let audience = known(&filter.audience, &audiences);
        let language = known(&filter.language, &languages);
        let passes = |course: &&Course| {
            chosen_theme
                .as_ref()
                .is_none_or(|word| course.theme == *word)
                && ground
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
        let count_text =
            |count: usize| theme.text_with(lang, "catalogue-count", &[("count", count.into())]);
        let all_text = count_text(courses.len());
        let groups = grouped(courses, |card| card.theme.slug)
            .into_iter()
            .map(|(slug, courses)| GroupView {
                theme: ThemeView::named(theme, lang, slug),
                count_text: count_text(courses.len()),
                courses,
            })
            .collect();
        let waiting = catalogue.waiting();
        let filters = [
            ("theme", "filter-theme", themes, &chosen_theme),
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
            is_filtered: chosen_theme.is_some()
                || ground.is_some()
                || audience.is_some()
                || language.is_some(),
            count_text: all_text,
            groups,
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

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn a_sentence_ends_before_a_capital_letter() {
        for (text, first) in [
            ("Īsi par visu. Tad vairāk.", "Īsi par visu."),
            (
                "Likums, 7. pants, u. c. normas. Un vēl.",
                "Likums, 7. pants, u. c. normas.",
            ),
            ("Viens teikums.", "Viens teikums."),
            ("", ""),
        ] {
            assert_eq!(first_sentence(text), first);
        }
    }
}
