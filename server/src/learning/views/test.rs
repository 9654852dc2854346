//! The pages of a test: before, during and after an attempt.

use chrono::{DateTime, Utc};
use course_compiler::{
    Course, Language, Lesson, LessonText, QuestionHtml, QuestionView, Response, Segment,
    grade::Outcome, model::TestRules,
};
use serde::Serialize;

use super::{
    TextLink, course_link,
    lesson::{Choice, RefusedAnswer, outcome_text},
    percent, question_url, test_url,
};
use crate::{
    http::{
        Lang,
        address::{self, Address as _, with_query},
        theme::{Theme, TrustedHtml},
        visit::{Section, View},
    },
    ids::AttemptId,
    learning::{
        Catalogue,
        model::{AttemptResult, AttemptSummary, DrawnQuestion, NextAttempt, attempts_left},
        service::attempt::{AfterAttempt, AnswerState, AttemptState, Before, Feedback},
    },
};

/// The page before a test: its rules, earlier attempts, and whether another may be started.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is asked by the template on its own"
)]
pub(crate) struct TestPage {
    #[serde(skip)]
    has_exit: bool,
    title: String,
    course: TextLink,
    /// What the author says before the first question.
    introduction: Vec<TrustedHtml>,
    /// The language of the introduction, if it is not that of the page.
    introduction_lang: Option<Language>,
    rules: Vec<String>,
    attempts: Vec<AttemptRow>,
    open_url: Option<String>,
    start_action: Option<String>,
    is_passed: bool,
    none_left: bool,
    /// Whether no lesson of the course was read, and no attempt begun.
    has_not_read: bool,
    wait_text: Option<String>,
}

#[derive(Debug, Serialize)]
struct AttemptRow {
    number: i32,
    started: String,
    result: String,
    is_passed: bool,
    review_url: Option<String>,
}

impl TestPage {
    /// The page for a learner with these attempts and this next step.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        (course, test, rules): (&Course, &Lesson, &TestRules),
        before: &Before,
        next: NextAttempt,
    ) -> Self {
        let attempts = &before.attempts;
        let text = test.text(lang.into());
        Self {
            introduction: text.map_or_else(Vec::new, |(_, text)| introduction(text)),
            introduction_lang: text
                .map(|(language, _)| language)
                .filter(|language| *language != lang.into()),
            has_not_read: attempts.is_empty() && !before.has_read,
            wait_text: match next {
                NextAttempt::Wait(until) => Some(wait_text(theme, lang, until)),
                _ => None,
            },
            has_exit: course.exit_page,
            title: title(lang, test),
            course: course_link(lang, course),
            rules: rules_in_words(theme, lang, test, rules, before),
            open_url: match next {
                NextAttempt::Continue(id) => Some(address::Attempt { attempt: id }.url(lang)),
                _ => None,
            },
            start_action: match next {
                NextAttempt::Begin(_) => Some(
                    address::StartTest {
                        course: course.into(),
                    }
                    .url(lang),
                ),
                _ => None,
            },
            is_passed: next == NextAttempt::Passed,
            none_left: next == NextAttempt::NoneLeft,
            attempts: attempts
                .iter()
                .map(|attempt| AttemptRow {
                    number: attempt.number,
                    started: lang.date_time(attempt.started_at),
                    result: match attempt.result {
                        Some(result) => result_text(theme, lang, &result),
                        None => theme.text(lang, "attempt-open"),
                    },
                    is_passed: attempt.is_passed(),
                    review_url: attempt.result.map(|_| {
                        address::AttemptReview {
                            attempt: attempt.id,
                        }
                        .url(lang)
                    }),
                })
                .collect(),
        }
    }
}

/// The text of a test's file up to its first question.
fn introduction(text: &LessonText) -> Vec<TrustedHtml> {
    let html = |segment: &Segment| match segment {
        Segment::Html(html) => Some(TrustedHtml(html.clone())),
        Segment::Question(_) => None,
    };
    text.segments.iter().map_while(html).collect()
}

fn title(lang: Lang, test: &Lesson) -> String {
    test.text(lang.into())
        .map(|(_, text)| text.title.clone())
        .unwrap_or_default()
}

fn rules_in_words(
    theme: &Theme,
    lang: Lang,
    test: &Lesson,
    rules: &TestRules,
    before: &Before,
) -> Vec<String> {
    let drawn = rules
        .draw
        .unwrap_or(test.questions.len())
        .min(test.questions.len());
    let mut words = vec![
        theme.text_with(lang, "test-rule-questions", &[("count", drawn.into())]),
        theme.text_with(
            lang,
            "test-rule-pass",
            &[("percent", percent(rules.pass).into())],
        ),
        match rules.attempts {
            Some(count) => theme.text_with(lang, "test-rule-attempts", &[("count", count.into())]),
            None => theme.text(lang, "test-rule-attempts-free"),
        },
    ];
    if rules.attempts.is_some() && before.extra_attempts > 0 {
        let args = [("count", before.extra_attempts.into())];
        words.push(theme.text_with(lang, "test-rule-extra-attempts", &args));
    }
    let begun = before.attempts.len();
    let is_passed = before.attempts.iter().any(AttemptSummary::is_passed);
    if begun > 0 && !is_passed {
        words.extend(left_text(
            theme,
            lang,
            attempts_left(rules, before.extra_attempts, begun),
        ));
    }
    if let Some(minutes) = rules.time_limit_minutes {
        let percent = before.extra_time_percent;
        if percent > 0 {
            let whole = f64::from(minutes) * f64::from(percent.saturating_add(100)) / 100.0;
            let args = [
                // With a tenth if it is not whole, never more than there is.
                ("minutes", ((whole * 10.0).floor() / 10.0).into()),
                ("percent", percent.into()),
            ];
            words.push(theme.text_with(lang, "test-rule-extra-time", &args));
        } else {
            words.push(theme.text_with(lang, "test-rule-time", &[("minutes", minutes.into())]));
        }
    }
    if let Some(minutes) = rules.pause_minutes {
        words.push(theme.text_with(lang, "test-rule-pause", &[("minutes", minutes.into())]));
    }
    words.push(theme.text(lang, "test-rule-saved"));
    words
}

/// How many attempts are left, if any are and their number is limited.
fn left_text(theme: &Theme, lang: Lang, left: Option<u32>) -> Option<String> {
    let left = left.filter(|left| *left > 0)?;
    Some(theme.text_with(lang, "test-attempts-left", &[("count", left.into())]))
}

/// From when the next attempt may be begun.
fn wait_text(theme: &Theme, lang: Lang, from: DateTime<Utc>) -> String {
    let time = [("time", lang.date_time(from).into())];
    theme.text_with(lang, "test-wait-text", &time)
}

fn result_text(theme: &Theme, lang: Lang, result: &AttemptResult) -> String {
    let key = if result.passed {
        "attempt-passed"
    } else {
        "attempt-failed"
    };
    theme.text_with(
        lang,
        key,
        &[
            ("percent", percent(result.share()).into()),
            ("points", result.points.into()),
            ("max", result.max_points.into()),
        ],
    )
}

impl View for TestPage {
    const TEMPLATE: &'static str = "pages/test.html";
    const SECTION: Section = Section::Courses;

    const IS_CONTENT: bool = true;

    fn has_exit(&self) -> bool {
        self.has_exit
    }

    fn title(&self, _: &Theme, _: Lang) -> String {
        format!("{} – {}", self.title, self.course.text)
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::catalogue::sample();
        let mut samples = Vec::new();
        for course in catalogue.all() {
            let Some((test, rules)) = course.final_test().and_then(|t| Some((t, t.test_rules()?)))
            else {
                continue;
            };
            for enrolled in crate::learning::service::samples(course) {
                let progress = &enrolled.progress;
                let before = Before {
                    attempts: progress.attempts.clone(),
                    has_read: !progress.lessons.is_empty(),
                    extra_attempts: 1,
                    extra_time_percent: 50,
                };
                let now = enrolled.enrolled_at;
                let next = crate::learning::model::next_attempt(rules, 0, &before.attempts, now);
                for next in [next, NextAttempt::Wait(now)] {
                    samples.push(Self::new(theme, lang, (course, test, rules), &before, next));
                }
            }
        }
        samples
    }
}

/// One question of an open attempt.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is asked by the template on its own"
)]
pub(crate) struct QuestionPage {
    #[serde(skip)]
    has_exit: bool,
    /// The test with this question: an attempt is one person's, and authors look for the question.
    #[serde(skip)]
    place: Option<String>,
    test_title: String,
    course: TextLink,
    number: usize,
    total: usize,
    position_text: String,
    deadline: Option<Deadline>,
    action: String,
    question_id: String,
    revision: String,
    version: i32,
    /// The question up to its title, and the rest of it.
    opening: TrustedHtml,
    rest: TrustedHtml,
    error: Option<String>,
    errors: Vec<ErrorLink>,
    /// The saved answer, shown next to a different new one.
    saved: Option<TrustedHtml>,
    /// Whether a button offers to empty the saved answer.
    may_empty: bool,
    /// The address of this question.
    url: String,
    /// The id of the form that is sent when the language is changed in the header.
    answer_form: String,
    clear_action: String,
    steps: Vec<StepLink>,
    answered_text: String,
    has_previous: bool,
    finish_url: String,
    /// Whether this is the last question of the attempt: its button then leads to handing in.
    is_last: bool,
}

#[derive(Debug, Serialize)]
struct ErrorLink {
    field: String,
    text: String,
}

#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is asked by the template on its own"
)]
struct StepLink {
    number: usize,
    url: String,
    is_current: bool,
    /// Whether there is an answer, and nothing of it was left open.
    is_answered: bool,
    /// Whether there is an answer with parts left open.
    is_partial: bool,
    /// Whether the answer counts as it was read, and could have been read otherwise.
    is_assumed: bool,
    label: String,
}

fn steps(
    theme: &Theme,
    lang: Lang,
    catalogue: &Catalogue,
    attempt: &AttemptState,
    current: Option<usize>,
) -> Vec<StepLink> {
    attempt
        .questions
        .iter()
        .enumerate()
        .map(|(index, drawn)| {
            let state = attempt.answer_state(catalogue, drawn, lang.into());
            let number = ("number", (index + 1).into());
            let (key, args) = match &state {
                AnswerState::Assumed(reading) => (
                    "question-link-assumed",
                    vec![number, ("reading", reading.as_str().into())],
                ),
                AnswerState::Complete => ("question-link-answered", vec![number]),
                AnswerState::Partial => ("question-link-partial", vec![number]),
                AnswerState::Open => ("question-link-open", vec![number]),
            };
            StepLink {
                number: index + 1,
                url: question_url(lang, attempt.summary.id, index + 1),
                is_current: current == Some(index),
                is_answered: matches!(state, AnswerState::Complete | AnswerState::Assumed(_)),
                is_partial: state == AnswerState::Partial,
                is_assumed: matches!(state, AnswerState::Assumed(_)),
                label: theme.text_with(lang, key, &args),
            }
        })
        .collect()
}

/// How many questions have an answer.
fn answered(steps: &[StepLink]) -> usize {
    steps.iter().filter(|step| step.is_answered).count()
}

fn answered_text(theme: &Theme, lang: Lang, steps: &[StepLink]) -> String {
    let args = [
        ("answered", answered(steps).into()),
        ("total", steps.len().into()),
    ];
    theme.text_with(lang, "attempt-answered", &args)
}

/// Until when an attempt has to be handed in.
#[derive(Debug, Serialize)]
struct Deadline {
    text: String,
    /// Seconds until then, for a script that counts by a clock of its own; 0 when it is past.
    seconds: i64,
    attempt: AttemptId,
}

impl Deadline {
    fn of(theme: &Theme, lang: Lang, attempt: &AttemptState, now: DateTime<Utc>) -> Option<Self> {
        let deadline = attempt.summary.deadline_at?;
        let args = [("time", lang.date_time(deadline).into())];
        Some(Self {
            text: theme.text_with(lang, "attempt-deadline", &args),
            seconds: (deadline - now).num_seconds().max(0),
            attempt: attempt.summary.id,
        })
    }
}

fn course_of(catalogue: &Catalogue, lang: Lang, attempt: &AttemptState) -> TextLink {
    catalogue.by_id(&attempt.course_id).map_or_else(
        || TextLink {
            url: address::Me.url(lang),
            text: attempt.course_id.to_string(),
        },
        |course| course_link(lang, course),
    )
}

fn has_exit(catalogue: &Catalogue, attempt: &AttemptState) -> bool {
    catalogue
        .by_id(&attempt.course_id)
        .is_some_and(|course| course.exit_page)
}

fn test_title(catalogue: &Catalogue, lang: Lang, attempt: &AttemptState) -> String {
    catalogue
        .by_id(&attempt.course_id)
        .and_then(|course| {
            course
                .lessons
                .iter()
                .find(|l| l.id == attempt.summary.test_id)
        })
        .map_or_else(
            || attempt.summary.test_id.to_string(),
            |test| title(lang, test),
        )
}

impl QuestionPage {
    /// The question at `index`, counted from 0, as it is shown `now`; `None` past the last.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        attempt: &AttemptState,
        (index, now): (usize, DateTime<Utc>),
        refused: Option<&RefusedAnswer>,
    ) -> Option<Self> {
        let drawn = attempt.questions.get(index)?;
        let question = attempt.question(catalogue, drawn)?;
        let id = question.id.to_string();
        let refused = refused.filter(|refused| refused.question_id == question.id);
        let error_id = format!("{id}-error");
        let answer = attempt.answers.get(&drawn.question_id);
        // It is also shown below the field; the summary links there.
        let asked_about = answer
            .and_then(|answer| question.remark(answer, lang.into()))
            .map(|text| {
                let is_choice =
                    answer.is_some_and(|answer| question.assumed(answer, lang.into()).is_some());
                ErrorLink {
                    field: format!("{id}-{}", if is_choice { "reading" } else { "a" }),
                    text,
                }
            });
        let QuestionHtml { opening, rest } = question.render_parts(&QuestionView {
            response: refused
                .and_then(|refused| refused.response.as_ref())
                .or(answer),
            shuffle_seed: drawn.seed.map(u64::from),
            described_by: refused.map(|_| error_id.as_str()),
            heading: Some(2),
            takes_focus: refused.is_none(),
            ..QuestionView::new(lang.into(), &id)
        });
        let saved_prefix = format!("{id}-saved");
        let saved = answer
            .filter(|_| refused.is_some_and(RefusedAnswer::shows_saved))
            .map(|saved| {
                TrustedHtml(question.render(&QuestionView {
                    response: Some(saved),
                    shuffle_seed: drawn.seed.map(u64::from),
                    disabled: true,
                    ..QuestionView::new(lang.into(), &saved_prefix)
                }))
            });
        let total = attempt.questions.len();
        let steps = steps(theme, lang, catalogue, attempt, Some(index));
        Some(Self {
            has_exit: has_exit(catalogue, attempt),
            place: catalogue
                .by_id(&attempt.course_id)
                .map(|course| with_query(&test_url(lang, course), [("question", &id)])),
            version: attempt.version(&drawn.question_id),
            saved,
            may_empty: refused.is_some_and(|refused| {
                refused.choice == Choice::Empties && refused.response.is_some()
            }),
            url: question_url(lang, attempt.summary.id, index + 1),
            answer_form: id.clone(),
            clear_action: address::ClearAttemptAnswer {
                attempt: attempt.summary.id,
            }
            .url(lang),
            test_title: test_title(catalogue, lang, attempt),
            course: course_of(catalogue, lang, attempt),
            number: index + 1,
            total,
            position_text: theme.text_with(
                lang,
                "question-position",
                &[("number", (index + 1).into()), ("total", total.into())],
            ),
            deadline: Deadline::of(theme, lang, attempt, now),
            action: address::AttemptAnswers {
                attempt: attempt.summary.id,
            }
            .url(lang),
            revision: drawn.revision.to_string(),
            opening: TrustedHtml(opening),
            rest: TrustedHtml(rest),
            error: refused.map(|refused| refused.message(theme, lang)),
            errors: refused
                .map(|refused| ErrorLink {
                    field: id.clone(),
                    text: refused.message(theme, lang),
                })
                .or(asked_about)
                .into_iter()
                .collect(),
            answered_text: answered_text(theme, lang, &steps),
            steps,
            has_previous: index > 0,
            finish_url: address::FinishAttempt {
                attempt: attempt.summary.id,
            }
            .url(lang),
            is_last: index + 1 == total,
            question_id: id,
        })
    }
}

impl View for QuestionPage {
    const TEMPLATE: &'static str = "pages/attempt-question.html";
    const SECTION: Section = Section::Courses;

    const IS_CONTENT: bool = true;

    fn has_exit(&self) -> bool {
        self.has_exit
    }

    fn place(&self) -> Option<String> {
        self.place.clone()
    }

    fn title(&self, _: &Theme, _: Lang) -> String {
        format!("{} – {}", self.position_text, self.test_title)
    }

    fn address(&self) -> Option<String> {
        Some(self.url.clone())
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use course_compiler::ResponseError;

        let catalogue = crate::learning::catalogue::sample();
        let mut samples = Vec::new();
        for attempt in sample_attempts(&catalogue) {
            for index in 0..attempt.questions.len() {
                let mut pages = vec![None];
                if let Some(drawn) = attempt.questions.get(index) {
                    let id = || drawn.question_id.clone();
                    let given = attempt.answers.get(&drawn.question_id).cloned();
                    let typed = ResponseError::TooMany;
                    pages.push(Some(RefusedAnswer::unreadable(id(), typed)));
                    pages.push(Some(RefusedAnswer::empties(id(), given.clone())));
                    pages.push(Some(RefusedAnswer::changed(id(), given)));
                }
                for refused in pages {
                    let refused = refused.as_ref();
                    let place = (index, DateTime::UNIX_EPOCH);
                    samples.extend(Self::new(theme, lang, &catalogue, &attempt, place, refused));
                }
            }
        }
        samples
    }
}

/// The page before handing in: which questions are answered.
#[derive(Debug, Serialize)]
pub(crate) struct FinishPage {
    #[serde(skip)]
    has_exit: bool,
    test_title: String,
    course: TextLink,
    answered_text: String,
    unanswered: usize,
    unanswered_text: Option<String>,
    partial_text: Option<String>,
    has_assumed: bool,
    deadline: Option<Deadline>,
    steps: Vec<StepLink>,
    action: String,
    back_url: String,
}

impl FinishPage {
    /// For an attempt under way.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        attempt: &AttemptState,
        now: DateTime<Utc>,
    ) -> Self {
        let steps = steps(theme, lang, catalogue, attempt, None);
        let partial = steps.iter().filter(|step| step.is_partial).count();
        let unanswered = steps.len() - answered(&steps) - partial;
        Self {
            has_exit: has_exit(catalogue, attempt),
            test_title: test_title(catalogue, lang, attempt),
            course: course_of(catalogue, lang, attempt),
            has_assumed: steps.iter().any(|step| step.is_assumed),
            answered_text: answered_text(theme, lang, &steps),
            unanswered,
            unanswered_text: (unanswered > 0).then(|| {
                theme.text_with(lang, "attempt-unanswered", &[("count", unanswered.into())])
            }),
            partial_text: (partial > 0)
                .then(|| theme.text_with(lang, "attempt-partial", &[("count", partial.into())])),
            deadline: Deadline::of(theme, lang, attempt, now),
            steps,
            action: address::FinishAttempt {
                attempt: attempt.summary.id,
            }
            .url(lang),
            back_url: address::Attempt {
                attempt: attempt.summary.id,
            }
            .url(lang),
        }
    }
}

impl View for FinishPage {
    const TEMPLATE: &'static str = "pages/attempt-finish.html";
    const SECTION: Section = Section::Courses;

    const IS_CONTENT: bool = true;

    fn has_exit(&self) -> bool {
        self.has_exit
    }

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        format!("{} – {}", theme.text(lang, "finish-title"), self.test_title)
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::catalogue::sample();
        sample_attempts(&catalogue)
            .iter()
            .map(|attempt| Self::new(theme, lang, &catalogue, attempt, DateTime::UNIX_EPOCH))
            .collect()
    }
}

/// A finished attempt with its marks.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is asked by the template on its own"
)]
pub(crate) struct ReviewPage {
    #[serde(skip)]
    has_exit: bool,
    test_title: String,
    course: TextLink,
    is_passed: bool,
    result_text: String,
    pass_text: String,
    finished: String,
    is_completed: bool,
    questions: Vec<ReviewedQuestion>,
    test_url: String,
    can_retry: bool,
    /// How many attempts are left.
    left_text: Option<String>,
    /// From when it may be taken again, if not at once.
    wait_text: Option<String>,
    /// Whether what is right is told later.
    tells_right_later: bool,
}

#[derive(Debug, Serialize)]
struct ReviewedQuestion {
    number: usize,
    id: String,
    /// The question up to its title, and the rest of it.
    opening: TrustedHtml,
    rest: TrustedHtml,
    outcome: &'static str,
    outcome_text: String,
    points_text: String,
    explanation: Option<TrustedHtml>,
}

impl ReviewPage {
    /// For a finished attempt; `None` while it is under way.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        catalogue: &Catalogue,
        attempt: &AttemptState,
        after: AfterAttempt,
    ) -> Option<Self> {
        let result = attempt.summary.result?;
        let course = catalogue.by_id(&attempt.course_id);
        let questions = attempt
            .questions
            .iter()
            .enumerate()
            .filter_map(|(index, drawn)| {
                reviewed(
                    theme,
                    lang,
                    catalogue,
                    attempt,
                    (index, drawn),
                    after.feedback,
                )
            })
            .collect();
        Some(Self {
            has_exit: has_exit(catalogue, attempt),
            test_title: test_title(catalogue, lang, attempt),
            course: course_of(catalogue, lang, attempt),
            is_passed: result.passed,
            result_text: result_text(theme, lang, &result),
            pass_text: theme.text_with(
                lang,
                "test-rule-pass",
                &[("percent", percent(attempt.pass_mark).into())],
            ),
            finished: theme.text_with(
                lang,
                if attempt.summary.ran_out() {
                    "review-ran-out"
                } else {
                    "review-finished"
                },
                &[("time", lang.date_time(result.finished_at).into())],
            ),
            is_completed: after.is_completed,
            questions,
            test_url: course.map_or_else(|| address::Me.url(lang), |course| test_url(lang, course)),
            can_retry: after.can_retry,
            left_text: left_text(theme, lang, after.attempts_left).filter(|_| after.can_retry),
            wait_text: after.retry_from.map(|from| wait_text(theme, lang, from)),
            tells_right_later: after.feedback == Feedback::OwnChoices,
        })
    }
}

fn reviewed(
    theme: &Theme,
    lang: Lang,
    catalogue: &Catalogue,
    attempt: &AttemptState,
    (index, drawn): (usize, &DrawnQuestion),
    feedback: Feedback,
) -> Option<ReviewedQuestion> {
    let revision = catalogue.revision(&drawn.revision)?;
    let answer: Option<&Response> = attempt.answers.get(&drawn.question_id);
    let mark = attempt.mark(catalogue, drawn)?;
    let id = revision.question.id.to_string();
    let shown = match feedback {
        Feedback::None => None,
        Feedback::OwnChoices => Some(revision.key.mark_for_another_try(answer)),
        Feedback::Everything => Some(mark.clone()),
    };
    let QuestionHtml { opening, rest } = revision.question.render_parts(&QuestionView {
        response: answer,
        heading: Some(3),
        shuffle_seed: drawn.seed.map(u64::from),
        marked: shown.as_ref(),
        disabled: true,
        ..QuestionView::new(lang.into(), &id)
    });
    let points = revision.question.points;
    Some(ReviewedQuestion {
        number: index + 1,
        opening: TrustedHtml(opening),
        rest: TrustedHtml(rest),
        outcome: mark.outcome.as_str(),
        outcome_text: if mark.outcome == Outcome::Unfinished {
            theme.text(lang, "outcome-left-unfinished")
        } else {
            outcome_text(theme, lang, mark.outcome)
        },
        points_text: theme.text_with(
            lang,
            "question-points",
            &[
                ("points", (points * mark.fraction.value()).into()),
                ("max", points.into()),
            ],
        ),
        explanation: (feedback == Feedback::Everything || mark.outcome == Outcome::Correct)
            .then(|| revision.key.explanation(lang.into()))
            .flatten()
            .map(|html| TrustedHtml(html.to_owned())),
        id,
    })
}

impl View for ReviewPage {
    const TEMPLATE: &'static str = "pages/attempt-review.html";
    const SECTION: Section = Section::Courses;

    const IS_CONTENT: bool = true;

    fn has_exit(&self) -> bool {
        self.has_exit
    }

    fn place(&self) -> Option<String> {
        Some(self.test_url.clone())
    }

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        format!("{} – {}", theme.text(lang, "review-title"), self.test_title)
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let catalogue = crate::learning::catalogue::sample();
        let mut samples = Vec::new();
        for mut attempt in sample_attempts(&catalogue) {
            for passed in [true, false] {
                attempt.summary.result = Some(AttemptResult {
                    finished_at: attempt.summary.started_at,
                    points: if passed { 8.5 } else { 4.0 },
                    max_points: 10.0,
                    passed,
                });
                for feedback in [Feedback::None, Feedback::OwnChoices, Feedback::Everything] {
                    let after = AfterAttempt {
                        is_completed: passed,
                        can_retry: !passed,
                        attempts_left: Some(2),
                        retry_from: (!passed && feedback == Feedback::None)
                            .then_some(attempt.summary.started_at),
                        feedback,
                    };
                    samples.extend(Self::new(theme, lang, &catalogue, &attempt, after));
                }
            }
        }
        samples
    }
}

/// One attempt for each course without answers, and one with every second answer correct.
#[cfg(test)]
fn sample_attempts(catalogue: &Catalogue) -> Vec<AttemptState> {
    let mut attempts = Vec::new();
    for course in catalogue.all() {
        let Some(test) = course.final_test() else {
            continue;
        };
        let questions: Vec<DrawnQuestion> = test
            .questions
            .iter()
            .filter_map(|id| course.question(id))
            .map(|question| DrawnQuestion {
                question_id: question.id.clone(),
                revision: question.revision.clone(),
                seed: Some(7),
            })
            .collect();
        let answers: std::collections::BTreeMap<_, _> = test
            .questions
            .iter()
            .step_by(2)
            .filter_map(|id| Some((id.clone(), course.key(id)?.right_answer())))
            .collect();
        for answers in [std::collections::BTreeMap::new(), answers] {
            attempts.push(AttemptState {
                summary: crate::learning::model::AttemptSummary {
                    id: AttemptId::NIL,
                    test_id: test.id.clone(),
                    number: 1,
                    started_at: DateTime::UNIX_EPOCH,
                    deadline_at: Some(DateTime::UNIX_EPOCH),
                    result: None,
                },
                pass_mark: 0.7,
                enrolment_id: crate::ids::EnrolmentId::NIL,
                course_id: course.id.clone(),
                questions: questions.clone(),
                answers,
                versions: std::collections::BTreeMap::new(),
            });
        }
    }
    attempts
}
