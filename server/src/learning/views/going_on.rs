//! The course that somebody goes on with, as their own page and the front page show it.

use course_compiler::{Course, CourseId};
use serde::Serialize;

use super::{
    ProgressView, TextLink, course::resume, course_link, themes::ThemeView, time::left_text,
};
use crate::{
    http::{Lang, theme::Theme},
    learning::{Catalogue, service::Enrolled},
};

/// One press away from the next lesson.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GoingOn {
    course: TextLink,
    theme: ThemeView,
    /// Where to go on, and the lesson's name.
    lesson: TextLink,
    /// How long the lesson takes.
    minutes: u32,
    is_test: bool,
    is_begun: bool,
    progress: ProgressView,
    left_text: Option<String>,
}

impl GoingOn {
    /// In this course; `None` when nothing is left to do.
    #[must_use]
    pub(crate) fn of(
        theme: &Theme,
        lang: Lang,
        course: &Course,
        enrolled: &Enrolled,
    ) -> Option<Self> {
        if enrolled.completed.is_some() {
            return None;
        }
        let progress = &enrolled.progress;
        let lesson = progress.resume(course)?;
        Some(Self {
            course: course_link(lang, course),
            theme: ThemeView::of(theme, lang, course),
            lesson: resume(lang, course, progress)?,
            minutes: lesson.minutes,
            is_test: lesson.test_rules().is_some(),
            is_begun: progress.is_begun(),
            progress: ProgressView::of(theme, lang, course, progress),
            left_text: left_text(theme, lang, course, progress),
        })
    }
}

/// The enrolment to go on with: the one in which something was done last.
#[must_use]
pub(crate) fn latest<'a>(
    catalogue: &Catalogue,
    enrolments: &'a [(CourseId, Enrolled)],
) -> Option<&'a (CourseId, Enrolled)> {
    enrolments
        .iter()
        .filter(|(course, enrolled)| {
            enrolled.completed.is_none() && catalogue.by_id(course).is_some()
        })
        // Of several moments that are the same, the first: the newest enrolment.
        .rev()
        .max_by_key(|(_, enrolled)| {
            enrolled
                .progress
                .last_activity()
                .map_or(enrolled.enrolled_at, |at| at.max(enrolled.enrolled_at))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::{catalogue::sample, service::samples};

    #[test]
    fn one_goes_on_where_something_was_done_last() {
        let catalogue = sample();
        let courses: Vec<_> = catalogue.offered().take(2).collect();
        let day = |day: u64| chrono::DateTime::UNIX_EPOCH + chrono::Days::new(day);
        let begun = |enrolled_on, read_on: Option<u64>| {
            let mut enrolled = samples(courses[0])[usize::from(read_on.is_some())].clone();
            enrolled.enrolled_at = day(enrolled_on);
            for lesson in &mut enrolled.progress.lessons {
                lesson.completed_at = read_on.map(day);
            }
            enrolled
        };
        let mut done = begun(9, Some(9));
        done.completed = samples(courses[0])[3].completed.clone();
        let enrolments = [
            (courses[0].id.clone(), begun(5, None)),
            (courses[1].id.clone(), begun(1, Some(7))),
            (courses[0].id.clone(), done),
        ];
        assert_eq!(latest(&catalogue, &enrolments).unwrap().0, courses[1].id);
        assert!(latest(&catalogue, &enrolments[2..]).is_none());
    }

    #[test]
    fn what_is_left_shrinks_with_what_is_read() {
        let theme = Theme::load().unwrap();
        let catalogue = sample();
        let course = catalogue.offered().next().unwrap();
        let [fresh, begun, ..] = &samples(course)[..] else {
            panic!("no samples");
        };
        let text = |enrolled: &Enrolled| left_text(&theme, Lang::En, course, &enrolled.progress);
        assert_ne!(text(fresh), text(begun));
        assert!(GoingOn::of(&theme, Lang::En, course, &samples(course)[3]).is_none());
    }
}
