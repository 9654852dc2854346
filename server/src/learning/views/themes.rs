//! The themes of courses: each has a name, a hue and a sign in the site's theme.

use course_compiler::Course;
use serde::Serialize;

use crate::http::{Lang, theme::Theme};

/// The themes that the site knows, in the order in which they are shown. Courses of others come last.
pub(crate) const THEMES: [&str; 3] = ["inclusive-work", "gender-equality", "violence-prevention"];

/// The class of courses whose theme the site does not know.
const PLAIN: &str = "plain";

/// A theme as pages show it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ThemeView {
    /// Its word, which is also its class in the style sheet.
    pub slug: &'static str,
    /// Its name.
    pub name: String,
}

impl ThemeView {
    /// The theme of a course.
    #[must_use]
    pub(crate) fn of(theme: &Theme, lang: Lang, course: &Course) -> Self {
        Self::named(theme, lang, slug(course))
    }

    /// By its word.
    #[must_use]
    pub(crate) fn named(theme: &Theme, lang: Lang, slug: &'static str) -> Self {
        Self {
            slug,
            name: theme.text(lang, &format!("theme-{slug}")),
        }
    }
}

/// The theme's word, if the site knows it.
#[must_use]
pub(crate) fn slug(course: &Course) -> &'static str {
    THEMES
        .into_iter()
        .find(|known| *known == course.theme)
        .unwrap_or(PLAIN)
}

/// Things grouped by theme, in the order of the themes; no group is empty.
#[must_use]
pub(crate) fn grouped<T>(
    all: impl IntoIterator<Item = T>,
    theme_of: impl Fn(&T) -> &'static str,
) -> Vec<(&'static str, Vec<T>)> {
    let mut groups: Vec<(&str, Vec<T>)> = THEMES
        .into_iter()
        .chain([PLAIN])
        .map(|slug| (slug, Vec::new()))
        .collect();
    for one in all {
        let slug = theme_of(&one);
        if let Some((_, group)) = groups.iter_mut().find(|(known, _)| *known == slug) {
            group.push(one);
        }
    }
    groups.retain(|(_, group)| !group.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_of_the_shipped_courses_is_known() {
        for course in crate::learning::catalogue::sample().all() {
            assert!(
                THEMES.contains(&slug(course)),
                "{}: {}",
                course.slug,
                course.theme
            );
        }
    }

    #[test]
    fn groups_stand_in_the_order_of_themes_and_none_is_empty() {
        let all = [
            "plain",
            "violence-prevention",
            "inclusive-work",
            "violence-prevention",
        ];
        let groups = grouped(all.into_iter().enumerate(), |(_, slug)| slug);
        let order: Vec<_> = groups
            .iter()
            .map(|(slug, all)| (*slug, all.len()))
            .collect();
        assert_eq!(
            order,
            [
                ("inclusive-work", 1),
                ("violence-prevention", 2),
                ("plain", 1)
            ]
        );
    }
}
