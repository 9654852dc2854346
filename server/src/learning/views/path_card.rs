//! A learning path in lists.

use course_compiler::{Course, CourseId};
use serde::Serialize;

use super::{
    TextLink,
    time::{minutes_of, short_time},
};
use crate::{
    http::{
        Lang,
        address::{self, Address as _},
        theme::Theme,
    },
    learning::{Catalogue, LearningPath},
};

/// The page of a path.
#[must_use]
pub(crate) fn path_url(lang: Lang, path: &LearningPath) -> String {
    let path = path.id.clone();
    address::LearningPath { path }.url(lang)
}

/// A path's address and title.
#[must_use]
pub(crate) fn path_link(lang: Lang, path: &LearningPath) -> TextLink {
    TextLink {
        url: path_url(lang, path),
        text: LearningPath::text(lang, &path.title).to_owned(),
    }
}

/// A path in a list.
#[derive(Debug, Serialize)]
pub(crate) struct PathCard {
    pub(super) link: TextLink,
    pub(super) summary: String,
    courses_text: String,
    minutes_text: String,
    has_certificate: bool,
}

impl PathCard {
    /// With how much it is.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        path: &LearningPath,
    ) -> Self {
        Self {
            link: path_link(lang, path),
            summary: LearningPath::text(lang, &path.summary).to_owned(),
            courses_text: courses_text(theme, lang, path),
            minutes_text: minutes_text(theme, lang, catalogue, path),
            has_certificate: path.has_certificate,
        }
    }
}

fn courses_text(theme: &Theme, lang: Lang, path: &LearningPath) -> String {
    let count = [("count", path.steps.len().into())];
    theme.text_with(lang, "catalogue-count", &count)
}

/// The offered courses of a step.
pub(super) fn offered<'a>(catalogue: &'a Catalogue, courses: &[CourseId]) -> Vec<&'a Course> {
    let find = |id: &CourseId| catalogue.offered().find(|course| course.id == *id);
    courses.iter().filter_map(find).collect()
}

/// The time of the shortest and of the longest way through the path.
fn minutes_text(theme: &Theme, lang: Lang, catalogue: &Catalogue, path: &LearningPath) -> String {
    let (mut least, mut most) = (0, 0);
    for step in &path.steps {
        let minutes: Vec<u32> = offered(catalogue, &step.0)
            .into_iter()
            .map(minutes_of)
            .collect();
        least += minutes.iter().min().copied().unwrap_or_default();
        most += minutes.iter().max().copied().unwrap_or_default();
    }
    range(least, most, |minutes| short_time(theme, lang, minutes))
}

fn range(least: u32, most: u32, text: impl Fn(u32) -> String) -> String {
    if least == most {
        text(most)
    } else {
        format!("{} – {}", text(least), text(most))
    }
}
