//! Dates and times of day in Latvia as people type them, and the moments that they mean.
//!
//! Times are stored in UTC; people see and type the local time of Rīga. When the clock changes, an hour in
//! March does not exist, and an hour in October occurs twice. Neither is guessed.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Europe::Riga;

/// Why a typed date or time is not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadTime {
    /// Nothing was typed.
    Missing,
    /// It is not a date of the calendar, or not a time of day.
    Unreadable,
    /// This local time does not exist on this date: the clock is moved forward over it.
    Skipped,
    /// This local time occurs twice on this date: the clock is moved back over it.
    Repeated,
}

impl BadTime {
    /// The message key for a field with a date.
    #[must_use]
    pub const fn day_message(self) -> &'static str {
        match self {
            Self::Missing => "day-missing",
            Self::Unreadable | Self::Skipped | Self::Repeated => "day-unreadable",
        }
    }

    /// The message key for a field with a time.
    #[must_use]
    pub const fn time_message(self) -> &'static str {
        match self {
            Self::Missing => "time-missing",
            Self::Unreadable => "time-unreadable",
            Self::Skipped => "time-skipped",
            Self::Repeated => "time-repeated",
        }
    }
}

/// Which of the two occurrences of a repeated local time is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occurrence {
    /// Before the clock is moved back (summer time).
    First,
    /// After it.
    Second,
}

/// Reads a date: `2026-11-22`, as browsers send it, or as written in Latvian, `22.11.2026.`, with or without
/// the last full stop and with spaces.
///
/// # Errors
/// What is wrong with it.
pub fn parse_date(text: &str) -> Result<NaiveDate, BadTime> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Err(BadTime::Missing);
    }
    let (year, month, day) = match split(text.strip_suffix('.').unwrap_or(&text), &['-', '.'])? {
        ([year, month, day], '-') if year.len() == 4 => (year, month, day),
        ([day, month, year], '.') if year.len() == 4 => (year, month, day),
        _ => return Err(BadTime::Unreadable),
    };
    let year = i32::try_from(number(year)?).map_err(|_| BadTime::Unreadable)?;
    NaiveDate::from_ymd_opt(year, number(month)?, number(day)?).ok_or(BadTime::Unreadable)
}

/// Reads a time of day: `14:05`, as browsers send it, or with a full stop, as written in Latvian. Seconds,
/// which some browsers add, have to be zero.
///
/// # Errors
/// What is wrong with it.
pub fn parse_time(text: &str) -> Result<NaiveTime, BadTime> {
    let text = text.trim();
    if text.is_empty() {
        return Err(BadTime::Missing);
    }
    let text = text
        .strip_suffix(":00")
        .filter(|text| text.contains(':'))
        .unwrap_or(text);
    let (hour, minute) = text.split_once([':', '.']).ok_or(BadTime::Unreadable)?;
    if minute.len() != 2 || hour.len() > 2 {
        return Err(BadTime::Unreadable);
    }
    NaiveTime::from_hms_opt(number(hour)?, number(minute)?, 0).ok_or(BadTime::Unreadable)
}

/// The moment of a local time in Rīga on a date. For a repeated local time, the occurrence says which is
/// meant.
///
/// # Errors
/// [`BadTime::Skipped`]; [`BadTime::Repeated`] without an occurrence.
pub fn moment(
    day: NaiveDate,
    time: NaiveTime,
    occurrence: Option<Occurrence>,
) -> Result<DateTime<Utc>, BadTime> {
    let moment = match (Riga.from_local_datetime(&day.and_time(time)), occurrence) {
        (LocalResult::Single(moment), _)
        | (LocalResult::Ambiguous(moment, _), Some(Occurrence::First))
        | (LocalResult::Ambiguous(_, moment), Some(Occurrence::Second)) => moment,
        (LocalResult::Ambiguous(..), None) => return Err(BadTime::Repeated),
        (LocalResult::None, _) => return Err(BadTime::Skipped),
    };
    Ok(moment.with_timezone(&Utc))
}

/// The date and local time in Rīga at a moment, and the occurrence if the local time is repeated: the inverse
/// of [`moment`].
#[must_use]
pub fn shown(at: DateTime<Utc>) -> (NaiveDate, NaiveTime, Option<Occurrence>) {
    let local = at.with_timezone(&Riga).naive_local();
    let occurrence = match Riga.from_local_datetime(&local) {
        LocalResult::Ambiguous(first, _) if first == at => Some(Occurrence::First),
        LocalResult::Ambiguous(..) => Some(Occurrence::Second),
        _ => None,
    };
    (local.date(), local.time(), occurrence)
}

/// Splits into three parts at one of the separators; returns the separator too.
fn split<'a>(text: &'a str, separators: &[char]) -> Result<([&'a str; 3], char), BadTime> {
    let separator = text
        .chars()
        .find(|c| separators.contains(c))
        .ok_or(BadTime::Unreadable)?;
    let parts: Vec<&str> = text.split(separator).collect();
    let parts = parts.try_into().map_err(|_| BadTime::Unreadable)?;
    Ok((parts, separator))
}

/// Reads a number of one to four digits.
fn number(text: &str) -> Result<u32, BadTime> {
    let is_number = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        .then(|| text.parse().ok())
        .flatten()
        .ok_or(BadTime::Unreadable)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_are_read_as_they_are_written() {
        for text in [
            "2026-11-02",
            "02.11.2026.",
            "2.11.2026",
            " 2. 11. 2026. ",
            "2026-11-2",
        ] {
            assert_eq!(parse_date(text), Ok(day("2026-11-02")), "{text}");
        }
        for text in [
            "2026-02-29",
            "31.04.2026.",
            "02/11/2026",
            "11.2026.",
            "2026",
            "2.11.26",
            "0000-00-00",
            "2026-11-02T10:00",
            "02-11-2026",
            "2026.11.02.",
            "٢.11.2026",
            "-2.11.2026",
            "2.11.2026..",
            "99999-01-01",
            "vakar",
        ] {
            assert_eq!(parse_date(text), Err(BadTime::Unreadable), "{text}");
        }
        assert_eq!(parse_date("  "), Err(BadTime::Missing));
    }

    #[test]
    fn times_are_read_as_they_are_written() {
        let time = |hour, minute| Ok(NaiveTime::from_hms_opt(hour, minute, 0).unwrap());
        for (text, read) in [
            ("14:05", time(14, 5)),
            ("14.05", time(14, 5)),
            ("9:30", time(9, 30)),
            ("09.30", time(9, 30)),
            ("00:00", time(0, 0)),
            ("10:00:00", time(10, 0)),
            ("23:59:00", time(23, 59)),
        ] {
            assert_eq!(parse_time(text), read, "{text}");
        }
        for text in [
            "24:00", "9:60", "9", "9:3", "14:05:30", "9h30", "-1:30", ":30", "14:", "014:05",
            "2:05 PM",
        ] {
            assert_eq!(parse_time(text), Err(BadTime::Unreadable), "{text}");
        }
        assert_eq!(parse_time(""), Err(BadTime::Missing));
    }

    #[test]
    fn an_hour_that_is_skipped_or_repeated_is_never_guessed() {
        let time = |hour| NaiveTime::from_hms_opt(hour, 30, 0).unwrap();
        let spring = day("2026-03-29");
        assert_eq!(moment(spring, time(3), None), Err(BadTime::Skipped));
        assert_eq!(
            moment(spring, time(3), Some(Occurrence::First)),
            Err(BadTime::Skipped)
        );
        let autumn = day("2026-10-25");
        assert_eq!(moment(autumn, time(3), None), Err(BadTime::Repeated));
        let first = moment(autumn, time(3), Some(Occurrence::First)).unwrap();
        let second = moment(autumn, time(3), Some(Occurrence::Second)).unwrap();
        assert_eq!(first.to_rfc3339(), "2026-10-25T00:30:00+00:00");
        assert_eq!(second.to_rfc3339(), "2026-10-25T01:30:00+00:00");
        assert_eq!(
            moment(autumn, time(5), None).unwrap().to_rfc3339(),
            "2026-10-25T03:30:00+00:00"
        );
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(minutes in 0_i64..60 * 24 * 365 * 10) {
            let begin: DateTime<Utc> = "2024-01-01T00:00:00Z".parse().unwrap();
            let at = begin + chrono::TimeDelta::minutes(minutes);
            let (day, time, occurrence) = shown(at);
            prop_assert_eq!(moment(day, time, occurrence), Ok(at));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
            let _ = (parse_date(&text), parse_time(&text));
        }
    }
}
