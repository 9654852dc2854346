//! How long something takes, in words.

use course_compiler::Course;

use crate::{
    http::{Lang, theme::Theme},
    learning::model::{LessonState, Progress},
};

/// How much time what is left of a course takes, as “about 1 h 20 min to the end of the course”; `None` when all is done.
#[must_use]
pub(crate) fn left_text(
    theme: &Theme,
    lang: Lang,
    course: &Course,
    progress: &Progress,
) -> Option<String> {
    let left: u32 = course
        .lessons
        .iter()
        .filter(|lesson| progress.state(lesson) != LessonState::Done)
        .map(|lesson| lesson.minutes)
        .sum();
    let time = short_time(theme, lang, left);
    (left > 0).then(|| theme.text_with(lang, "course-left", &[("time", time.into())]))
}

/// How long a course takes, in minutes.
#[must_use]
pub(super) fn minutes_of(course: &Course) -> u32 {
    course.lessons.iter().map(|lesson| lesson.minutes).sum()
}

/// “1 h 20 min”, without what is nothing.
#[must_use]
pub(crate) fn short_time(theme: &Theme, lang: Lang, minutes: u32) -> String {
    let args = [
        ("hours", (minutes / 60).into()),
        ("minutes", (minutes % 60).into()),
    ];
    let key = match (minutes / 60, minutes % 60) {
        (0, _) => "time-minutes",
        (_, 0) => "time-hours",
        _ => "time-both",
    };
    theme.text_with(lang, key, &args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_short_and_says_nothing_that_is_nothing() {
        let theme = Theme::load().unwrap();
        for (minutes, text) in [
            (0, "0\u{a0}min"),
            (45, "45\u{a0}min"),
            (60, "1\u{a0}h"),
            (91, "1\u{a0}h 31\u{a0}min"),
        ] {
            assert_eq!(short_time(&theme, Lang::Lv, minutes), text);
        }
    }
}
