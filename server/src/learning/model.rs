//! Progress, attempts and completion: types and rules, without input or output.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use course_compiler::{
    Course, Lesson, LessonId, QuestionId, Response, RevisionHash,
    model::{CompletionQuestions, TestRules},
};
use rand::{Rng, RngExt as _};
use serde::{Deserialize, Serialize};

use crate::ids::{AttemptId, PersonId};

/// How long after the time limit an answer is still accepted, for delays of the network.
pub const GRACE: TimeDelta = TimeDelta::seconds(20);

/// A person's progress in one lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessonState {
    /// Never opened.
    NotStarted,
    /// Opened, not yet marked as read.
    Started,
    /// Marked as read.
    Done,
}

/// A person's progress in one lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonProgress {
    /// Which lesson.
    pub lesson_id: LessonId,
    /// When it was marked as read.
    pub completed_at: Option<DateTime<Utc>>,
}

/// A person's progress in a course.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// The lessons that were opened, in no particular order.
    pub lessons: Vec<LessonProgress>,
    /// The attempts at the final test, oldest first.
    pub attempts: Vec<AttemptSummary>,
    /// The lesson opened last.
    pub last_lesson_id: Option<LessonId>,
    /// Attempts at the test that managers allow beyond its rules.
    pub extra_attempts: u32,
}

impl Progress {
    /// The progress in a lesson; a test is done once it is passed.
    #[must_use]
    pub fn state(&self, lesson: &Lesson) -> LessonState {
        if lesson.test_rules().is_some() {
            let mut begun = false;
            for attempt in self.attempts.iter().filter(|a| a.test_id == lesson.id) {
                begun = true;
                if attempt.is_passed() {
                    return LessonState::Done;
                }
            }
            return if begun {
                LessonState::Started
            } else {
                LessonState::NotStarted
            };
        }
        match self.lessons.iter().find(|row| row.lesson_id == lesson.id) {
            None => LessonState::NotStarted,
            Some(row) if row.completed_at.is_none() => LessonState::Started,
            Some(_) => LessonState::Done,
        }
    }

    /// How many lessons and tests of a course are done.
    #[must_use]
    pub fn done(&self, course: &Course) -> usize {
        course
            .lessons
            .iter()
            .filter(|lesson| self.state(lesson) == LessonState::Done)
            .count()
    }

    /// Whether an attempt has run out of time and is not marked yet.
    #[must_use]
    pub fn has_overdue(&self, now: DateTime<Utc>) -> bool {
        self.attempts.iter().any(|attempt| attempt.is_overdue(now))
    }

    /// Until when this stays true if nothing is written: until the time of the first open attempt ends.
    #[must_use]
    pub fn holds_until(&self) -> Option<DateTime<Utc>> {
        self.attempts
            .iter()
            .filter(|attempt| attempt.result.is_none())
            .filter_map(|attempt| Some(attempt.deadline_at? + GRACE))
            .min()
    }

    /// Whether anything was opened.
    #[must_use]
    pub const fn is_begun(&self) -> bool {
        !self.lessons.is_empty() || !self.attempts.is_empty()
    }

    /// When something was done last: a lesson read, an attempt begun or ended.
    #[must_use]
    pub fn last_activity(&self) -> Option<DateTime<Utc>> {
        let read = self.lessons.iter().filter_map(|row| row.completed_at);
        let tried = self.attempts.iter().map(|attempt| {
            attempt
                .result
                .map_or(attempt.started_at, |result| result.finished_at)
        });
        read.chain(tried).max()
    }

    /// When the last requirement of a course was met; `None` if none is.
    #[must_use]
    pub fn last_done(&self, course: &Course) -> Option<DateTime<Utc>> {
        let read = course.required_lessons().filter_map(|lesson| {
            let row = self.lessons.iter().find(|row| row.lesson_id == lesson.id)?;
            row.completed_at
        });
        let passed = course.final_test().and_then(|test| {
            self.attempts
                .iter()
                .filter(|attempt| attempt.test_id == test.id)
                .filter_map(|attempt| attempt.result.filter(|result| result.passed))
                .map(|result| result.finished_at)
                .min()
        });
        read.chain(passed).max()
    }

    /// The lesson to continue with: the one opened last if it is not done, otherwise the first that is not
    /// done, otherwise the first.
    #[must_use]
    pub fn resume<'a>(&self, course: &'a Course) -> Option<&'a Lesson> {
        let open = |lesson: &&Lesson| self.state(lesson) != LessonState::Done;
        course
            .lessons
            .iter()
            .find(|lesson| self.last_lesson_id.as_ref() == Some(&lesson.id) && open(lesson))
            .or_else(|| course.lessons.iter().find(open))
            .or_else(|| course.lessons.first())
    }
}

/// A person who is enrolled in a course, for managers.
#[derive(Debug, Clone)]
pub(crate) struct LearnerSummary {
    /// Who.
    pub person_id: PersonId,
    /// Their given name.
    pub given_name: String,
    /// Their family name.
    pub family_name: String,
    /// In how many courses they are enrolled.
    pub courses: usize,
    /// When they enrolled last.
    pub enrolled_at: DateTime<Utc>,
}

/// An attempt without its answers.
#[derive(Debug, Clone, PartialEq)]
pub struct AttemptSummary {
    /// The attempt.
    pub id: AttemptId,
    /// Which test.
    pub test_id: LessonId,
    /// Counted from 1.
    pub number: i32,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// The time limit; answers count until then.
    pub deadline_at: Option<DateTime<Utc>>,
    /// The result, once finished.
    pub result: Option<AttemptResult>,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AttemptResult {
    /// When.
    pub finished_at: DateTime<Utc>,
    /// Points earned.
    pub points: f64,
    /// Points that could be earned.
    pub max_points: f64,
    /// Whether the pass mark was reached.
    pub passed: bool,
}

impl AttemptResult {
    /// The share of points reached, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        if self.max_points > 0.0 {
            self.points / self.max_points
        } else {
            0.0
        }
    }
}

impl AttemptSummary {
    /// Whether it is finished and reached the pass mark.
    #[must_use]
    pub fn is_passed(&self) -> bool {
        self.result.is_some_and(|result| result.passed)
    }

    /// Whether its time is over, including the grace period, and it is not finished: no answer is accepted
    /// any more, and it is to be marked as of its deadline.
    #[must_use]
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        let is_over = |deadline: DateTime<Utc>| now - GRACE > deadline;
        self.result.is_none() && self.deadline_at.is_some_and(is_over)
    }

    /// The time at which it ends if it is finished now: at the latest its deadline.
    #[must_use]
    pub fn ends_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        self.deadline_at.map_or(now, |deadline| deadline.min(now))
    }

    /// Whether it was ended by its deadline and not by the person.
    #[must_use]
    pub fn ran_out(&self) -> bool {
        let ended = self.result.map(|result| result.finished_at);
        ended.is_some() && ended == self.deadline_at
    }
}

/// Whether a new answer is empty where the saved one is not: no answer at all, or none to a row, statement or
/// gap. To clear an answer, a person uses a button; a form that is sent empty does not clear it.
#[must_use]
pub(super) fn leaves_empty(saved: &Response, given: Option<&Response>) -> bool {
    let Some(given) = given else {
        return true;
    };
    match (saved, given) {
        (Response::Match(saved), Response::Match(given)) => {
            has_more(saved.pairs.keys(), |row| given.pairs.contains_key(row))
        }
        (Response::Order(saved), Response::Order(given)) => {
            has_more(saved.places.keys(), |row| given.places.contains_key(row))
        }
        (Response::Cloze(saved), Response::Cloze(given)) => {
            has_more(saved.gaps.keys(), |gap| given.gaps.contains_key(gap))
        }
        (Response::Likert(saved), Response::Likert(given)) => {
            has_more(saved.points.keys(), |row| given.points.contains_key(row))
        }
        _ => false,
    }
}

fn has_more<T>(mut parts: impl Iterator<Item = T>, is_given: impl Fn(T) -> bool) -> bool {
    parts.any(|part| !is_given(part))
}

/// Whether an answer equals the saved one. A number in the form in which it was typed is the same number,
/// also on the page of the other language, which would read it differently.
fn is_same(saved: Option<&Response>, given: Option<&Response>) -> bool {
    if let (Some(Response::Numeric(saved)), Some(Response::Numeric(given))) = (saved, given)
        && saved.language != given.language
        && !given.chosen
    {
        return saved.typed == given.typed;
    }
    saved == given
}

/// How a new answer relates to a saved one.
#[derive(Debug, Clone, PartialEq)]
pub struct Replacing<V> {
    /// The version that it replaces, i.e. the one with which the form was shown. `None` from a form without a
    /// version, which replaces any answer.
    pub version: Option<V>,
    /// An answer that the same page sent before without getting a response: it may have been saved, and is
    /// then not a change by another page.
    pub unconfirmed: Option<Response>,
    /// Whether the person has confirmed that the answer should be emptied.
    pub may_empty: bool,
}

impl<V> Default for Replacing<V> {
    fn default() -> Self {
        Self {
            version: None,
            unconfirmed: None,
            may_empty: false,
        }
    }
}

/// What to do with a new answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing: the same answer is saved, e.g. because the form was sent twice.
    Same,
    /// Replace the saved one.
    Replace,
    /// Refuse it: another answer was saved since the form was shown.
    Changed,
    /// Refuse it: it would empty the saved one.
    Empties,
}

impl<V: PartialEq> Replacing<V> {
    /// Compares a new answer with the saved one and its version.
    #[must_use]
    pub fn judge(
        &self,
        (saved, version): (Option<&Response>, &V),
        given: Option<&Response>,
    ) -> Verdict {
        if is_same(saved, given) {
            return Verdict::Same;
        }
        let is_current = self.version.as_ref().is_none_or(|shown| shown == version)
            || (saved.is_some() && saved == self.unconfirmed.as_ref());
        // An empty form is not meant as an answer in place of one that the page did not show.
        if given.is_none() && !self.may_empty {
            return Verdict::Empties;
        }
        if !is_current {
            return Verdict::Changed;
        }
        if !self.may_empty && saved.is_some_and(|saved| leaves_empty(saved, given)) {
            return Verdict::Empties;
        }
        Verdict::Replace
    }
}

/// A question of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnQuestion {
    /// Which question.
    pub question_id: QuestionId,
    /// The revision that is asked.
    pub revision: RevisionHash,
    /// The seed for the order of its choices; the author's order if absent.
    pub seed: Option<u32>,
}

/// What a person may do next with a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NextAttempt {
    /// Continue the open attempt.
    Continue(AttemptId),
    /// Nothing: the test is passed.
    Passed,
    /// Nothing: all allowed attempts were made.
    NoneLeft,
    /// Start an attempt, but not before this time.
    Wait(DateTime<Utc>),
    /// Start an attempt with this number, the first being 1.
    Begin(i32),
}

/// How many attempts may still be started by what the test and a manager (`extra`) allow, after so many were; `None`
/// where any number may.
#[must_use]
pub(super) fn attempts_left(rules: &TestRules, extra: u32, begun: usize) -> Option<u32> {
    let begun = u32::try_from(begun).unwrap_or(u32::MAX);
    let allowed = rules.attempts?.saturating_add(extra);
    Some(allowed.saturating_sub(begun))
}

/// The rule of retakes: one attempt at a time, none after a passed one, no more than the test and a manager
/// (`extra`) allow, and none before the pause since the end of the last one is over. An attempt whose time is over
/// counts as made, even if it is not marked yet.
#[must_use]
pub(super) fn next_attempt(
    rules: &TestRules,
    extra: u32,
    attempts: &[AttemptSummary],
    now: DateTime<Utc>,
) -> NextAttempt {
    let is_open = |attempt: &&AttemptSummary| attempt.result.is_none() && !attempt.is_overdue(now);
    if attempts.iter().any(AttemptSummary::is_passed) {
        return NextAttempt::Passed;
    }
    if let Some(open) = attempts.iter().find(is_open) {
        return NextAttempt::Continue(open.id);
    }
    if attempts_left(rules, extra, attempts.len()) == Some(0) {
        return NextAttempt::NoneLeft;
    }
    let ends = attempts.iter().filter_map(|attempt| {
        let finished = attempt.result.map(|result| result.finished_at);
        finished.or(attempt.deadline_at)
    });
    let pause = TimeDelta::minutes(rules.pause_minutes.unwrap_or_default().into());
    if let Some(from) = ends.max().map(|end| end + pause)
        && now < from
    {
        return NextAttempt::Wait(from);
    }
    NextAttempt::Begin(i32::try_from(attempts.len() + 1).unwrap_or(i32::MAX))
}

/// Draws the questions of an attempt from the test's pool, those of `asked` last, so that they cover every outcome
/// that the pool's questions name.
#[must_use]
pub(super) fn draw(
    course: &Course,
    test: &Lesson,
    rules: &TestRules,
    asked: &BTreeSet<QuestionId>,
    rng: &mut impl Rng,
) -> Vec<DrawnQuestion> {
    course_compiler::draw::draw_unasked_first(course, test, rules, asked, rng)
        .into_iter()
        .map(|question| DrawnQuestion {
            question_id: question.id.clone(),
            revision: question.revision.clone(),
            seed: rules.shuffle.then(|| rng.random()),
        })
        .collect()
}

/// Why a course is completed or not: each requirement of its rule with its state. Stored with the completion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Trace {
    /// In the order in which a learner meets them.
    pub requirements: Vec<Requirement>,
}

/// One requirement of a completion rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Requirement {
    /// Lessons that have to be marked as read.
    Lessons {
        /// How many there are.
        total: usize,
        /// Those still missing.
        missing: Vec<LessonId>,
        /// Whether their questions have to be answered, too. Absent in completions from before there was such a
        /// rule.
        #[serde(default)]
        answered: bool,
    },
    /// The final test has to be passed.
    Test {
        /// The test.
        test_id: LessonId,
        /// The share of points needed, 0 to 1.
        pass_mark: f64,
        /// The best share so far, if an attempt was finished.
        best: Option<f64>,
        /// Attempts started.
        used: usize,
        /// Attempts allowed, if there is a limit.
        allowed: Option<u32>,
        /// Whether one reached the pass mark. A failed test never completes a course.
        passed: bool,
    },
}

impl Requirement {
    /// Whether it is met.
    #[must_use]
    pub(crate) const fn is_met(&self) -> bool {
        match self {
            Self::Lessons { missing, .. } => missing.is_empty(),
            Self::Test { passed, .. } => *passed,
        }
    }
}

impl Trace {
    /// Evaluates a course's rule for a person's progress.
    #[must_use]
    pub(crate) fn of(course: &Course, progress: &Progress) -> Self {
        let required: Vec<&Lesson> = course.required_lessons().collect();
        let mut requirements = Vec::new();
        if !required.is_empty() {
            requirements.push(Requirement::Lessons {
                answered: course.completion.questions == CompletionQuestions::Answered,
                total: required.len(),
                missing: required
                    .iter()
                    .filter(|lesson| progress.state(lesson) != LessonState::Done)
                    .map(|lesson| lesson.id.clone())
                    .collect(),
            });
        }
        if let Some((test, rules)) = course
            .final_test()
            .and_then(|test| Some((test, test.test_rules()?)))
        {
            let attempts: Vec<_> = progress
                .attempts
                .iter()
                .filter(|a| a.test_id == test.id)
                .collect();
            requirements.push(Requirement::Test {
                test_id: test.id.clone(),
                pass_mark: rules.pass,
                best: attempts
                    .iter()
                    .filter_map(|attempt| attempt.result.map(|result| result.share()))
                    .reduce(f64::max),
                used: attempts.len(),
                allowed: rules
                    .attempts
                    .map(|allowed| allowed.saturating_add(progress.extra_attempts)),
                passed: attempts.iter().any(|attempt| attempt.is_passed()),
            });
        }
        Self { requirements }
    }

    /// Whether every requirement is met. A rule without requirements is never met.
    #[must_use]
    pub(crate) fn is_met(&self) -> bool {
        !self.requirements.is_empty() && self.requirements.iter().all(Requirement::is_met)
    }
}

#[cfg(test)]
mod tests {
    use course_compiler::model::ShowFeedback;

    use super::*;

    const STARTED: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn rules(attempts: Option<u32>) -> TestRules {
        TestRules {
            draw: None,
            pass: 0.7,
            attempts,
            time_limit_minutes: None,
            pause_minutes: None,
            shuffle: true,
            show_feedback: ShowFeedback::Never,
        }
    }

    fn attempt(id: u128, minutes: Option<i64>, passed: Option<bool>) -> AttemptSummary {
        AttemptSummary {
            id: AttemptId::from_u128(id),
            test_id: "t".into(),
            number: 1,
            started_at: STARTED,
            deadline_at: minutes.map(|minutes| STARTED + TimeDelta::minutes(minutes)),
            result: passed.map(|passed| AttemptResult {
                finished_at: STARTED,
                points: 1.0,
                max_points: 2.0,
                passed,
            }),
        }
    }

    #[test]
    fn the_next_attempt_follows_from_those_made_and_the_time() {
        use NextAttempt::{Begin, Continue, NoneLeft, Passed, Wait};

        let failed = attempt(1, None, Some(false));
        let passed = attempt(2, None, Some(true));
        let open = attempt(3, None, None);
        let timed = attempt(4, Some(30), None);
        let in_grace = STARTED + TimeDelta::minutes(30) + GRACE;
        let overdue = in_grace + TimeDelta::seconds(1);
        let paused = TestRules {
            pause_minutes: Some(10),
            ..rules(Some(2))
        };
        let ends = STARTED + TimeDelta::minutes(10);
        let just_before = ends - TimeDelta::seconds(1);
        let made = [failed.clone()];
        assert_eq!(next_attempt(&paused, 0, &[], STARTED), Begin(1));
        assert_eq!(next_attempt(&paused, 0, &made, just_before), Wait(ends));
        assert_eq!(next_attempt(&paused, 0, &made, ends), Begin(2));
        for (allowed, attempts, now, expected) in [
            (Some(3), vec![], STARTED, Begin(1)),
            (Some(3), vec![&failed, &failed], STARTED, Begin(3)),
            (Some(3), vec![&failed, &failed, &failed], STARTED, NoneLeft),
            (None, vec![&failed, &failed, &failed], STARTED, Begin(4)),
            (Some(1), vec![&open], STARTED, Continue(open.id)),
            (Some(2), vec![&failed, &open], overdue, Continue(open.id)),
            (Some(2), vec![&timed], in_grace, Continue(timed.id)),
            (Some(2), vec![&timed], overdue, Begin(2)),
            (Some(1), vec![&timed], overdue, NoneLeft),
            (Some(1), vec![&passed], STARTED, Passed),
            (None, vec![&failed, &passed], STARTED, Passed),
        ] {
            let attempts: Vec<_> = attempts.into_iter().cloned().collect();
            let next = next_attempt(&rules(allowed), 0, &attempts, now);
            assert_eq!(next, expected, "{allowed:?} allowed, {attempts:?}, {now}");
        }
        for (extra, attempts, expected) in [
            (1, vec![&failed, &failed], Begin(3)),
            (1, vec![&failed, &failed, &failed], NoneLeft),
            (3, vec![&failed, &passed], Passed),
        ] {
            let attempts: Vec<_> = attempts.into_iter().cloned().collect();
            let next = next_attempt(&rules(Some(2)), extra, &attempts, STARTED);
            assert_eq!(next, expected, "{extra} more, {attempts:?}");
        }
    }
}
