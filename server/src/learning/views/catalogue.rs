//! The catalogue.

use std::collections::BTreeMap;

use course_compiler::{
    Course, CourseId, Language,
    model::{Audience, Ground, Status},
    search::{Query, keep_best},
};
use serde::Serialize;

use super::{
    course_url,
    path_card::PathCard,
    themes::{THEMES, ThemeView, grouped},
    time::{minutes_of, short_time},
};
use crate::{
    http::{
        Lang, Search,
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
    /// The most minutes that the course takes.
    #[serde(default)]
    pub time: String,
    /// A language in which the course exists.
    #[serde(default)]
    pub language: String,
    /// Words that are in the course.
    #[serde(default)]
    pub q: Search,
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
    query: String,
    longest_search: usize,
    /// Whether no course has every word of the search.
    is_partial: bool,
    filters: Vec<FilterView>,
    is_filtered: bool,
    count_text: String,
    groups: Vec<GroupView>,
    /// The learning paths, where nothing is looked for.
    paths: Vec<PathCard>,
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
    /// How many courses there are with it, beside the other filters.
    count: usize,
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
        let minutes = minutes_of(course);
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

/// The filters that are in force; what an address says beside the words of the options is none.
#[derive(Debug, Clone, Copy, Default)]
struct Chosen<'a> {
    theme: Option<&'a str>,
    ground: Option<&'a str>,
    audience: Option<&'a str>,
    language: Option<&'a str>,
    time: Option<&'a str>,
}

impl Chosen<'_> {
    fn passes(&self, course: &Course) -> bool {
        let is = |chosen: Option<&str>, fits: &dyn Fn(&str) -> bool| chosen.is_none_or(fits);
        is(self.theme, &|word| course.theme == word)
            && is(self.ground, &|word| course.ground.as_str() == word)
            && is(self.audience, &|word| {
                course.audience.as_str() == word || course.audience == Audience::Everyone
            })
            && is(self.language, &|word| {
                course
                    .languages
                    .iter()
                    .any(|language| language.as_str() == word)
            })
            && is(self.time, &|word| {
                word.parse().is_ok_and(|most| minutes_of(course) <= most)
            })
    }

    const fn is_any(&self) -> bool {
        self.theme.is_some()
            || self.ground.is_some()
            || self.audience.is_some()
            || self.language.is_some()
            || self.time.is_some()
    }
}

/// How much time somebody has, in minutes, as the address says it.
const TIMES: [(&str, u32); 5] = [
    ("60", 60),
    ("75", 75),
    ("90", 90),
    ("120", 120),
    ("180", 180),
];

/// The options of a filter: a word of the address, and a label.
type Options = Vec<(&'static str, String)>;

fn themes(theme: &Theme, lang: Lang) -> Options {
    let named = |slug| (slug, ThemeView::named(theme, lang, slug).name);
    THEMES.into_iter().map(named).collect()
}

fn grounds(theme: &Theme, lang: Lang) -> Options {
    let labelled = |ground: &Ground| (ground.as_str(), ground_label(theme, lang, *ground));
    Ground::ALL.iter().map(labelled).collect()
}

fn audiences(theme: &Theme, lang: Lang) -> Options {
    let labelled =
        |audience: &Audience| (audience.as_str(), audience_label(theme, lang, *audience));
    Audience::ALL.iter().map(labelled).collect()
}

fn languages(theme: &Theme, lang: Lang) -> Options {
    let labelled = |language: &Language| {
        let word = language.as_str();
        (word, theme.text(lang, &format!("language-{word}")))
    };
    Language::ALL.iter().map(labelled).collect()
}

/// The limits of time that tell courses apart: each has more of them than the one before.
fn times(theme: &Theme, lang: Lang, courses: &[&Course]) -> Options {
    let within = |most: u32| courses.iter().filter(|one| minutes_of(one) <= most).count();
    let mut before = 0;
    let mut options = Vec::new();
    for (word, most) in TIMES {
        let count = within(most);
        if count > before {
            let time = [("time", short_time(theme, lang, most).into())];
            options.push((word, theme.text_with(lang, "filter-time-most", &time)));
        }
        before = count;
    }
    options
}

/// The courses in which the words of a search are, or most of them.
fn with_words<'a>(courses: &mut Vec<&'a Course>, text: &str, lang: Lang) -> bool {
    let queries: BTreeMap<Language, Query> = Language::ALL
        .iter()
        .map(|language| (*language, Query::new(text, *language)))
        .collect();
    let words = |course: &&'a Course| {
        let found = course.search.iter().filter_map(|(language, index)| {
            let is_shown = *language == lang.into() || !course.search.contains_key(&lang.into());
            let query = queries.get(language).filter(|_| is_shown)?;
            index.find(query).iter().map(|found| found.words).max()
        });
        found.max().unwrap_or_default()
    };
    let mut found: Vec<(usize, &Course)> = courses
        .iter()
        .map(|course| (words(course), *course))
        .filter(|(words, _)| *words > 0)
        .collect();
    let has_all = queries
        .get(&lang.into())
        .is_some_and(|query| keep_best(&mut found, query, |(words, _)| *words));
    *courses = found.into_iter().map(|(_, course)| course).collect();
    has_all
}

impl CataloguePage {
    /// The offered courses that match the filters and the search.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        filter: &CatalogueFilter,
        standings: &BTreeMap<CourseId, CourseStanding>,
    ) -> Self {
        let offered: Vec<&Course> = catalogue.offered().collect();
        let query = filter.q.as_str();
        let mut searched = offered.clone();
        let has_all_words = query.is_empty() || with_words(&mut searched, query, lang);
        let options = [
            ("theme", themes(theme, lang), &filter.theme),
            ("ground", grounds(theme, lang), &filter.ground),
            ("audience", audiences(theme, lang), &filter.audience),
            ("time", times(theme, lang, &offered), &filter.time),
            ("language", languages(theme, lang), &filter.language),
        ];
        let mut chosen = Chosen::default();
        for (name, options, asked) in &options {
            let known = options.iter().find(|(word, _)| word == *asked);
            *place(&mut chosen, name) = known.map(|(word, _)| *word);
        }
        let passing = |chosen: &Chosen<'_>| {
            let passes = |course: &&&Course| chosen.passes(course);
            searched.iter().filter(passes).count()
        };
        let filters = options
            .iter()
            .map(|(name, options, _)| FilterView {
                name,
                label: theme.text(lang, &format!("filter-{name}")),
                options: options
                    .iter()
                    .map(|(word, label)| {
                        let mut other = chosen;
                        let is_selected = *place(&mut other, name) == Some(*word);
                        *place(&mut other, name) = Some(*word);
                        OptionView {
                            value: word,
                            label: label.clone(),
                            count: passing(&other),
                            is_selected,
                        }
                    })
                    .collect(),
            })
            .collect();
        let courses: Vec<CourseCard> = searched
            .iter()
            .filter(|course| chosen.passes(course))
            .map(|course| CourseCard::new(theme, lang, course, standings.get(&course.id).copied()))
            .collect();
        let count_text =
            |count: usize| theme.text_with(lang, "catalogue-count", &[("count", count.into())]);
        let all_text = count_text(courses.len());
        let is_partial = !has_all_words && !courses.is_empty();
        let groups = grouped(courses, |card| card.theme.slug)
            .into_iter()
            .map(|(slug, courses)| GroupView {
                theme: ThemeView::named(theme, lang, slug),
                count_text: count_text(courses.len()),
                courses,
            })
            .collect();
        let is_filtered = chosen.is_any() || !query.is_empty();
        let waiting = catalogue.waiting();
        let path = |path| PathCard::new(theme, lang, catalogue, path);
        Self {
            query: query.to_owned(),
            longest_search: Search::LONGEST,
            is_partial,
            filters,
            is_filtered,
            count_text: all_text,
            groups,
            paths: if is_filtered {
                Vec::new()
            } else {
                catalogue.paths().map(path).collect()
            },
            waiting_text: (waiting > 0)
                .then(|| theme.text_with(lang, "catalogue-waiting", &[("count", waiting.into())])),
        }
    }
}

/// The filter of this name.
fn place<'a, 'b>(chosen: &'a mut Chosen<'b>, name: &str) -> &'a mut Option<&'b str> {
    match name {
        "theme" => &mut chosen.theme,
        "ground" => &mut chosen.ground,
        "audience" => &mut chosen.audience,
        "time" => &mut chosen.time,
        _ => &mut chosen.language,
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
        let searched = |text: &str| CatalogueFilter {
            q: Search::new(text),
            time: "180".to_owned(),
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
            Self::new(
                theme,
                lang,
                &catalogue,
                &searched("pielāgojums"),
                &standings,
            ),
            Self::new(theme, lang, &catalogue, &searched("xyzzy"), &standings),
            Self::new(theme, lang, &catalogue, &nothing, &standings),
            Self::new(theme, lang, &empty, &CatalogueFilter::default(), &standings),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(filter: &CatalogueFilter) -> CataloguePage {
        let catalogue = crate::learning::catalogue::sample();
        let theme = Theme::load().unwrap();
        CataloguePage::new(&theme, Lang::Lv, &catalogue, filter, &BTreeMap::new())
    }

    fn titles(page: &CataloguePage) -> Vec<&str> {
        let all = page.groups.iter().flat_map(|group| &group.courses);
        all.map(|card| card.title.as_str()).collect()
    }

    fn count(page: &CataloguePage, filter: &str, value: &str) -> usize {
        let filter = page.filters.iter().find(|one| one.name == filter).unwrap();
        let option = filter.options.iter().find(|one| one.value == value);
        option.unwrap().count
    }

    #[test]
    fn an_option_says_how_many_courses_it_leaves() {
        let everything = page(&CatalogueFilter::default());
        assert_eq!(titles(&everything).len(), 2);
        assert_eq!(count(&everything, "ground", "disability"), 1);
        assert_eq!(count(&everything, "ground", "age"), 0);
        assert_eq!(count(&everything, "audience", "employers"), 2);
        let disability = page(&CatalogueFilter {
            ground: "disability".to_owned(),
            ..CatalogueFilter::default()
        });
        assert_eq!(count(&disability, "theme", "inclusive-work"), 1);
        assert_eq!(
            count(&disability, "ground", "none"),
            1,
            "in place of the ground"
        );
        assert!(everything.paths.len() > disability.paths.len());
    }

    #[test]
    fn courses_are_found_by_the_time_that_somebody_has() {
        let within = |time: &str| {
            page(&CatalogueFilter {
                time: time.to_owned(),
                ..CatalogueFilter::default()
            })
        };
        for (time, count) in [
            ("120", 2),
            ("75", 2),
            ("", 2),
            ("xyz", 2),
            ("999999999999", 2),
        ] {
            assert_eq!(titles(&within(time)).len(), count, "{time}");
        }
        let page = within("");
        let times = page.filters.iter().find(|one| one.name == "time").unwrap();
        assert!(times.options.iter().all(|one| one.count > 0));
        let shortest = crate::learning::catalogue::sample()
            .offered()
            .map(minutes_of)
            .min()
            .unwrap();
        let filter = Chosen {
            time: Some("60"),
            ..Chosen::default()
        };
        let any = crate::learning::catalogue::sample()
            .offered()
            .any(|course| filter.passes(course));
        assert_eq!(any, shortest <= 60);
    }

    #[test]
    fn a_search_narrows_what_the_filters_leave() {
        let found = |text: &str, ground: &str| {
            let page = page(&CatalogueFilter {
                q: Search::new(text),
                ground: ground.to_owned(),
                ..CatalogueFilter::default()
            });
            (titles(&page).len(), page.is_filtered)
        };
        assert_eq!(found("invaliditates pamats", "disability"), (1, true));
        assert_eq!(found("xyzzy", ""), (0, true));
        assert_eq!(found("xyzzy", "disability"), (0, true));
        assert_eq!(found("", ""), (2, false));
    }

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
