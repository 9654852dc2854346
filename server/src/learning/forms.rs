//! The inputs of learning: what a manager allows a person in tests.

use std::ops::RangeInclusive;

use course_compiler::CourseId;
use serde::Deserialize;
use validator::{Validate, ValidationError};

use crate::input::{self, Field, Input, holds};

/// How many attempts can be allowed at once.
pub(super) const EXTRA_ATTEMPTS: RangeInclusive<i32> = 1..=3;
/// How much extra time can be allowed, in percent of the limit.
pub(super) const EXTRA_TIME_PERCENT: RangeInclusive<i32> = 10..=200;
/// The most characters of a reason.
const MAX_REASON_CHARACTERS: u64 = 500;
/// The most characters of a number.
const MAX_NUMBER_CHARACTERS: u64 = 5;

/// Why something is allowed or taken back: for managers, and for the person in a copy of their data. Made from the
/// inputs of this file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AllowanceReason(String);

impl AllowanceReason {
    /// The words.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// More attempts at the test of a course; made from [`RawExtraAttempts`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExtraAttempts {
    /// The course.
    pub(super) course_id: CourseId,
    /// How many, within [`EXTRA_ATTEMPTS`].
    pub(super) count: i32,
    /// Why.
    pub(super) reason: AllowanceReason,
}

/// The same, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawExtraAttempts {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(min = 1, code = "allow-course"))]
    course: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_count, code = "allow-count-wrong"))]
    count: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(min = 1, max = MAX_REASON_CHARACTERS, code = "allow-reason"))]
    attempts_reason: String,
}

impl Input for RawExtraAttempts {
    const FIELDS: &'static [Field] = &[
        Field::new("course"),
        Field::new("count"),
        Field::new("attempts_reason").at_most(MAX_REASON_CHARACTERS),
    ];
    type Checked = ExtraAttempts;

    fn into_checked(self) -> Option<ExtraAttempts> {
        Some(ExtraAttempts {
            course_id: self.course.as_str().into(),
            count: within(&self.count, &EXTRA_ATTEMPTS)?,
            reason: AllowanceReason(self.attempts_reason),
        })
    }
}

/// Extra time in every test with a time limit; made from [`RawExtraTime`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExtraTime {
    /// In percent of the limit, within [`EXTRA_TIME_PERCENT`].
    pub(super) percent: i32,
    /// Why.
    pub(super) reason: AllowanceReason,
}

/// The same, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawExtraTime {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_percent, code = "allow-percent-wrong"))]
    percent: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(min = 1, max = MAX_REASON_CHARACTERS, code = "allow-reason"))]
    time_reason: String,
}

impl Input for RawExtraTime {
    const FIELDS: &'static [Field] = &[
        Field::new("percent").at_most(MAX_NUMBER_CHARACTERS),
        Field::new("time_reason").at_most(MAX_REASON_CHARACTERS),
    ];
    type Checked = ExtraTime;

    fn into_checked(self) -> Option<ExtraTime> {
        Some(ExtraTime {
            percent: within(&self.percent, &EXTRA_TIME_PERCENT)?,
            reason: AllowanceReason(self.time_reason),
        })
    }
}

/// Why something is taken back, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawWithdrawal {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(min = 1, max = MAX_REASON_CHARACTERS, code = "allow-reason"))]
    reason: String,
}

impl Input for RawWithdrawal {
    const FIELDS: &'static [Field] = &[Field::new("reason").at_most(MAX_REASON_CHARACTERS)];
    type Checked = AllowanceReason;

    fn into_checked(self) -> Option<AllowanceReason> {
        Some(AllowanceReason(self.reason))
    }
}

/// A whole number within a range; a percent sign after it is left out.
fn within(text: &str, range: &RangeInclusive<i32>) -> Option<i32> {
    let number = text.trim_end_matches('%').trim().parse().ok()?;
    range.contains(&number).then_some(number)
}

fn is_count(text: &str) -> Result<(), ValidationError> {
    holds(within(text, &EXTRA_ATTEMPTS).is_some())
}

fn is_percent(text: &str) -> Result<(), ValidationError> {
    holds(within(text, &EXTRA_TIME_PERCENT).is_some())
}

/// Whether somebody wants to be reminded of courses.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawReminders {
    #[serde(deserialize_with = "input::ticked")]
    wanted: bool,
}

impl Input for RawReminders {
    const FIELDS: &'static [Field] = &[Field::new("wanted")];
    type Checked = bool;

    fn into_checked(self) -> Option<bool> {
        Some(self.wanted)
    }
}
