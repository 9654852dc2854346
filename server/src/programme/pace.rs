//! The pace of an indicator: how many people a month its target still needs, and how many come. What is needed
//! is rounded up and what comes is rounded down, so that it never looks better than it is.

use chrono::{Datelike as _, NaiveDate};

use super::model::Month;

/// When something is looked at, and the time that the programme has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    /// The first and the last day of the programme.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// By Rīga's calendar.
    pub today: NaiveDate,
}

/// How a target is approached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// It is reached.
    Reached,
    /// The programme has ended without these people.
    Over {
        /// How many are missing.
        missing: usize,
    },
    /// There is time left.
    Running {
        /// The last day.
        until: NaiveDate,
        /// How many a month are needed from today, in tenths.
        needed: u64,
        /// How many a month came, in tenths; `None` before there was a whole month.
        coming: Option<Coming>,
    },
}

/// How many came in the last whole months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Coming {
    /// A month, in tenths.
    pub monthly: u64,
    /// Over how many months.
    pub months: usize,
}

/// The most months over which it is looked at how many come.
const LOOKED_BACK: usize = 6;

/// A mean month is 30.4375 days long; this many months…
const MONTHS: u64 = 10_000;
/// …have this many days.
const DAYS: u64 = 304_375;

impl Pace {
    /// The pace towards a target; `None` for a programme without an end. `months` is the trajectory up to today.
    #[must_use]
    pub(crate) fn of(target: u32, months: &[Month], calendar: Calendar) -> Option<Self> {
        let (from, until) = calendar.period?;
        let counted = months.last().map_or(0, |month| month.total);
        let missing = (target as usize).saturating_sub(counted);
        if missing == 0 {
            return Some(Self::Reached);
        }
        let days = (until - calendar.today.max(from)).num_days() + 1;
        Some(match u64::try_from(days) {
            Ok(days) if days > 0 => Self::Running {
                until,
                needed: (missing as u64 * 10 * DAYS).div_ceil(days * MONTHS),
                coming: Coming::of(months, calendar),
            },
            _ => Self::Over { missing },
        })
    }
}

impl Coming {
    /// In the whole months before this one, from the first in which somebody was counted; if nobody was, from the
    /// programme's first.
    fn of(months: &[Month], Calendar { period, today }: Calendar) -> Option<Self> {
        let begins = |day: NaiveDate| day.with_day(1).unwrap_or(day);
        let this_month = begins(today);
        let first = months
            .iter()
            .find(|month| month.new > 0)
            .map(|month| month.first_day)
            .or_else(|| period.map(|(from, _)| begins(from)))?;
        let whole: Vec<_> = months
            .iter()
            .rev()
            .filter(|month| month.first_day < this_month && month.first_day >= first)
            .take(LOOKED_BACK)
            .collect();
        let count = whole.len();
        let came: usize = whole.iter().map(|month| month.new).sum();
        Some(Self {
            monthly: (came as u64 * 10).checked_div(count as u64)?,
            months: count,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Months from January 2026 with these new people.
    fn months(new: &[usize]) -> Vec<Month> {
        (1..)
            .zip(new)
            .map(|(month, new_people)| Month {
                first_day: NaiveDate::from_ymd_opt(2026, month, 1).unwrap(),
                new: *new_people,
                total: new.iter().take(month as usize).sum(),
            })
            .collect()
    }

    fn calendar(today: &str, until: &str) -> Calendar {
        Calendar {
            period: Some((day("2026-01-01"), day(until))),
            today: day(today),
        }
    }

    fn running(target: u32, new: &[usize], calendar: Calendar) -> (u64, Option<(u64, usize)>) {
        match Pace::of(target, &months(new), calendar) {
            Some(Pace::Running { needed, coming, .. }) => {
                (needed, coming.map(|coming| (coming.monthly, coming.months)))
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_needed_is_what_is_missing_by_the_time_that_is_left() {
        // 1461 days are 48 months; 1200 people less 12 are 24.75 a month.
        let calendar = calendar("2026-04-01", "2030-03-31");
        assert_eq!(running(1200, &[4, 4, 4, 0], calendar), (248, Some((40, 3))));
    }

    #[test]
    fn what_is_needed_is_rounded_up_and_what_comes_down() {
        let calendar = calendar("2026-04-30", "2030-03-31");
        let (needed, coming) = running(100, &[0, 1, 0, 50], calendar);
        assert_eq!(needed, 11, "49 in 47 months");
        assert_eq!(
            coming,
            Some((5, 2)),
            "from the first that came; not the month that runs"
        );
        let (_, coming) = running(100, &[1, 0, 0, 0], calendar);
        assert_eq!(coming, Some((3, 3)), "a third of a person is 0.3");
    }

    #[test]
    fn the_last_six_whole_months_tell_how_many_come() {
        let new = [60, 1, 2, 3, 4, 5, 6, 100];
        let (_, coming) = running(1200, &new, calendar("2026-08-15", "2029-12-31"));
        assert_eq!(coming, Some((35, 6)));
    }

    #[test]
    fn the_first_month_tells_nothing_yet_and_empty_months_tell_that_nobody_comes() {
        let (_, coming) = running(10, &[3], calendar("2026-01-20", "2026-12-31"));
        assert_eq!(coming, None);
        let (_, coming) = running(10, &[0, 0, 0], calendar("2026-03-20", "2026-12-31"));
        assert_eq!(coming, Some((0, 2)));
    }

    #[test]
    fn a_programme_that_has_not_begun_has_all_its_time() {
        let early = Calendar {
            period: Some((day("2027-01-01"), day("2027-12-31"))),
            today: day("2026-03-01"),
        };
        assert_eq!(
            running(12, &[0, 0, 0], early),
            (11, None),
            "366/365.25 of 12 months"
        );
    }

    #[test]
    fn a_reached_target_and_a_programme_that_is_over_need_no_pace() {
        let in_time = calendar("2026-03-01", "2026-12-31");
        assert_eq!(
            Pace::of(3, &months(&[1, 2, 3]), in_time),
            Some(Pace::Reached)
        );
        let last_day = calendar("2026-12-31", "2026-12-31");
        assert!(matches!(
            Pace::of(7, &months(&[1, 2, 3]), last_day),
            Some(Pace::Running { .. })
        ));
        let late = calendar("2027-01-01", "2026-12-31");
        assert_eq!(
            Pace::of(7, &months(&[1, 2, 3]), late),
            Some(Pace::Over { missing: 1 })
        );
        let endless = Calendar {
            period: None,
            today: day("2026-03-01"),
        };
        assert_eq!(Pace::of(7, &months(&[1]), endless), None);
    }
}
