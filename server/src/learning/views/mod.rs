//! What the templates of learning get. No view contains an answer key: a question reaches a template as HTML
//! made from its public half and, once answered, its mark.

pub(crate) mod author_courses;
pub(crate) mod catalogue;
pub(crate) mod completion;
pub(crate) mod course;
pub(crate) mod going_on;
pub(crate) mod learner;
pub(crate) mod lesson;
pub(crate) mod me;
pub(crate) mod path;
pub(crate) mod path_card;
pub(crate) mod reminders;
pub(crate) mod test;
pub(crate) mod themes;
mod time;

use course_compiler::{Course, Language, Lesson, LessonText, search::Piece};
use serde::Serialize;

pub(crate) use crate::http::TextLink;

use super::model::{LessonState, Progress, Requirement, Trace};
use crate::{
    http::{
        Lang,
        address::{self, Address as _, with_query},
        theme::Theme,
    },
    ids::AttemptId,
};

/// A source that a text does not refer to, for `partials/sources.html`.
#[derive(Debug, Serialize)]
pub(crate) struct SourceView {
    title: String,
    url: Option<String>,
    checked: Option<String>,
    note: Option<String>,
}

/// A piece of a text in search results.
#[derive(Debug, Serialize)]
pub(crate) struct PieceView {
    text: String,
    is_match: bool,
}

impl From<Piece> for PieceView {
    fn from(piece: Piece) -> Self {
        Self {
            text: piece.text,
            is_match: piece.is_match,
        }
    }
}

/// The sources below a text that none of its footnotes cites.
#[must_use]
pub(crate) fn uncited_sources(lang: Lang, text: &LessonText) -> Vec<SourceView> {
    text.uncited_sources()
        .map(|source| SourceView {
            title: source.title.clone(),
            url: source.url.clone(),
            checked: source.checked.map(|date| lang.date(date)),
            note: source.note.clone(),
        })
        .collect()
}

/// A course's address and title, for breadcrumbs.
#[must_use]
pub(crate) fn course_link(lang: Lang, course: &Course) -> TextLink {
    TextLink {
        url: course_url(lang, course),
        text: course_title(lang, course),
    }
}

/// The title of a course.
#[must_use]
pub(crate) fn course_title(lang: Lang, course: &Course) -> String {
    let title = course.title.get(lang.into(), course.source_language);
    title.to_owned()
}

/// The page of a course.
#[must_use]
pub(crate) fn course_url(lang: Lang, course: &Course) -> String {
    let course = course.into();
    address::Course { course }.url(lang)
}

/// The page before the test of a course.
#[must_use]
pub(crate) fn test_url(lang: Lang, course: &Course) -> String {
    let course = course.into();
    address::Test { course }.url(lang)
}

/// The page of a lesson, or that before the test.
#[must_use]
pub(crate) fn lesson_url(lang: Lang, course: &Course, lesson: &Lesson) -> String {
    if lesson.test_rules().is_some() {
        return test_url(lang, course);
    }
    let (course, lesson) = (course.into(), lesson.into());
    address::Lesson { course, lesson }.url(lang)
}

/// A question of an attempt, by its number, counted from 1.
#[must_use]
pub(crate) fn question_url(lang: Lang, attempt: AttemptId, number: usize) -> String {
    let url = address::Attempt { attempt }.url(lang);
    with_query(&url, [("q", number.to_string())])
}

/// One row of a course's outline.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OutlineItem {
    title: String,
    url: String,
    minutes: u32,
    is_test: bool,
    is_current: bool,
    /// `done`, `started` or `open`, for the symbol beside the words.
    state: &'static str,
    state_label: String,
}

/// The lessons and tests of a course with a person's progress in each.
#[must_use]
pub(crate) fn outline(
    theme: &Theme,
    lang: Lang,
    course: &Course,
    progress: &Progress,
    current: Option<&str>,
) -> Vec<OutlineItem> {
    course
        .lessons
        .iter()
        .map(|lesson| {
            let is_test = lesson.test_rules().is_some();
            let (state, key) = match progress.state(lesson) {
                LessonState::Done if is_test => ("done", "test-state-done"),
                LessonState::Done => ("done", "lesson-state-done"),
                LessonState::Started => ("started", "lesson-state-started"),
                LessonState::NotStarted => ("open", "lesson-state-open"),
            };
            OutlineItem {
                title: lesson
                    .text(lang.into())
                    .map(|(_, text)| text.title.clone())
                    .unwrap_or_default(),
                url: lesson_url(lang, course, lesson),
                minutes: lesson.minutes,
                is_test,
                is_current: current == Some(lesson.id.as_str()),
                state,
                state_label: theme.text(lang, key),
            }
        })
        .collect()
}

/// How much of a course is done.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ProgressView {
    done: usize,
    total: usize,
    text: String,
}

impl ProgressView {
    /// Counted in lessons and tests.
    #[must_use]
    pub(crate) fn of(theme: &Theme, lang: Lang, course: &Course, progress: &Progress) -> Self {
        let (done, total) = (progress.done(course), course.lessons.len());
        let args = [("done", done.into()), ("total", total.into())];
        Self {
            done,
            total,
            text: theme.text_with(lang, "progress-done", &args),
        }
    }
}

/// One requirement of a completion rule, in words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RequirementView {
    is_met: bool,
    text: String,
    detail: String,
    links: Vec<TextLink>,
}

/// The answer to “Why do I not have a certificate yet?”.
#[must_use]
pub(crate) fn trace(
    theme: &Theme,
    lang: Lang,
    course: &Course,
    trace: &Trace,
) -> Vec<RequirementView> {
    trace
        .requirements
        .iter()
        .map(|requirement| match requirement {
            Requirement::Lessons {
                total,
                missing,
                answered,
            } => RequirementView {
                is_met: requirement.is_met(),
                text: theme.text_with(
                    lang,
                    if *answered {
                        "rule-lessons-answered"
                    } else {
                        "rule-lessons"
                    },
                    &[("total", (*total).into())],
                ),
                detail: theme.text_with(
                    lang,
                    "rule-lessons-state",
                    &[
                        ("done", (total - missing.len()).into()),
                        ("missing", missing.len().into()),
                    ],
                ),
                // The lessons stand in the course's contents with how far one is in each.
                links: Vec::new(),
            },
            Requirement::Test {
                pass_mark,
                best,
                used,
                allowed,
                passed,
                ..
            } => RequirementView {
                is_met: *passed,
                text: theme.text_with(
                    lang,
                    "rule-test",
                    &[("percent", percent(*pass_mark).into())],
                ),
                detail: match (best, allowed) {
                    (Some(best), _) if *passed => theme.text_with(
                        lang,
                        "rule-test-passed",
                        &[("percent", percent(*best).into())],
                    ),
                    (best, allowed) => {
                        let tried = match best {
                            Some(best) => theme.text_with(
                                lang,
                                "rule-test-best",
                                &[("percent", percent(*best).into())],
                            ),
                            None => theme.text(lang, "rule-test-not-finished"),
                        };
                        let left = allowed.map(|allowed| {
                            let left = (allowed as usize).saturating_sub(*used);
                            theme.text_with(lang, "rule-test-left", &[("left", left.into())])
                        });
                        [Some(tried), left]
                            .into_iter()
                            .flatten()
                            .collect::<Vec<_>>()
                            .join(" ")
                    }
                },
                links: if *passed {
                    Vec::new()
                } else {
                    vec![TextLink {
                        url: test_url(lang, course),
                        text: theme.text(lang, "test-go"),
                    }]
                },
            },
        })
        .collect()
}

/// A share of 0 to 1 in whole percent, rounded down: 69.9 % is not 70 %.
#[must_use]
pub(crate) fn percent(share: f64) -> f64 {
    (share * 100.0 + 1e-6).floor()
}

/// The `lang` attribute for a text that exists only in another language than the page's.
#[must_use]
pub(crate) fn foreign(lang: Lang, found: Language) -> Option<&'static str> {
    (Language::from(lang) != found).then(|| found.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_rounded_down() {
        for (share, shown) in [(0.699_9, 69.0), (0.7, 70.0), (0.29, 29.0), (1.0, 100.0)] {
            assert!((percent(share) - shown).abs() < f64::EPSILON, "{share}");
        }
    }
}
