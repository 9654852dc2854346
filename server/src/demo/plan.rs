//! Plans who takes which course when, before anything is written; the same for the same day.

use chrono::{DateTime, Datelike as _, TimeDelta, Timelike as _, Utc, Weekday};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use super::data::{self, ORGANISATIONS, PROPOSED};
use crate::http::Lang;

/// How many people take part, besides those of the sign-in accounts.
pub(super) const PEOPLE: usize = 104;

/// For how many days the programme has been running.
pub(super) const DAYS: u32 = 340;

/// The organisation that a person works for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Employer {
    /// An index into [`ORGANISATIONS`].
    Registered(usize),
    /// An index into [`PROPOSED`].
    Proposed(usize),
}

/// A participant.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) number: usize,
    pub(super) employer: Employer,
    pub(super) lang: Lang,
    pub(super) joined: DateTime<Utc>,
    /// One for each course taken, in the order taken.
    pub(super) courses: Vec<Taking>,
    /// When the person starts to work for an association, after the first course.
    pub(super) moves: Option<DateTime<Utc>>,
}

/// A person's way through a course.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taking {
    /// Which of the offered ones.
    pub(super) course: usize,
    pub(super) begins: DateTime<Utc>,
    /// When their last activity in it is.
    pub(super) ends: DateTime<Utc>,
    pub(super) ending: Ending,
    pub(super) seed: u64,
}

/// How far somebody gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Enrolled, read nothing.
    Enrolled,
    /// Read about half of the lessons.
    HalfRead,
    /// Read everything and did not pass the test.
    Failed,
    /// Passed the test at the second attempt.
    PassedAtSecond,
    /// Passed the test.
    Passed,
}

/// The first `count` people of the programme as of `now`; `courses` is the number of courses that can be
/// taken.
pub(super) fn people(count: usize, now: DateTime<Utc>, courses: usize) -> Vec<Person> {
    (0..count)
        .map(|number| person(number, now, courses))
        .collect()
}

fn person(number: usize, now: DateTime<Utc>, courses: usize) -> Person {
    let mut rng = StdRng::seed_from_u64(number as u64);
    // The number of participants grows: the square root moves the moments towards the end.
    let share: f64 = rng.random::<f64>().sqrt();
    #[expect(clippy::cast_possible_truncation, reason = "a number of days")]
    let days_ago = (f64::from(DAYS) * (1.0 - share)) as i64;
    let first_ends = at_work(now - TimeDelta::days(days_ago.max(1)), &mut rng);
    let first = taking(usize::from(rng.random_bool(0.3)), first_ends, &mut rng);
    let joined = first.begins - TimeDelta::minutes(rng.random_range(20..400));
    let employer = employer(number);
    let mut takings = vec![first];
    let second_ends = first_ends + TimeDelta::days(rng.random_range(20..90));
    if second_ends < now - TimeDelta::days(1) && rng.random_bool(0.6) {
        let other = 1 - first.course;
        takings.push(taking(other, at_work(second_ends, &mut rng), &mut rng));
    }
    takings.retain(|taking| taking.course < courses);
    if let (Employer::Proposed(_), Some(first)) = (employer, takings.first_mut()) {
        // So that each proposed organisation has somebody whose completion waits for its approval.
        first.ending = Ending::Passed;
    }
    let is_municipal = employer == Employer::Registered(data::MUNICIPALITY);
    Person {
        number,
        employer,
        lang: if rng.random_bool(0.1) {
            Lang::En
        } else {
            Lang::Lv
        },
        joined,
        moves: match takings.as_slice() {
            [first, second] if is_municipal && first.ends < second.begins => {
                Some(second.begins - TimeDelta::hours(1))
            }
            _ => None,
        },
        courses: takings,
    }
}

fn taking(course: usize, ends: DateTime<Utc>, rng: &mut StdRng) -> Taking {
    Taking {
        course,
        begins: at_work(ends - TimeDelta::days(rng.random_range(2..15)), rng),
        ends,
        ending: match rng.random_range(0..100) {
            0..5 => Ending::Enrolled,
            5..14 => Ending::HalfRead,
            14..18 => Ending::Failed,
            18..30 => Ending::PassedAtSecond,
            _ => Ending::Passed,
        },
        seed: rng.random(),
    }
}

/// Of a hundred consecutive people, each organisation has as many as its weight says.
fn employer(number: usize) -> Employer {
    let mut place = number * 37 % 100;
    for (index, organisation) in ORGANISATIONS.iter().chain(&PROPOSED).enumerate() {
        if place < organisation.weight {
            return match index.checked_sub(ORGANISATIONS.len()) {
                Some(index) => Employer::Proposed(index),
                None => Employer::Registered(index),
            };
        }
        place -= organisation.weight;
    }
    Employer::Registered(data::AGENCY)
}

/// A moment on the same day, or the Friday before it, during working hours.
fn at_work(moment: DateTime<Utc>, rng: &mut StdRng) -> DateTime<Utc> {
    let weekend = match moment.weekday() {
        Weekday::Sat => 1,
        Weekday::Sun => 2,
        _ => 0,
    };
    let hour = rng.random_range(10..15);
    let minute = rng.random_range(0..60);
    (moment - TimeDelta::days(weekend))
        .with_hour(hour)
        .and_then(|moment| moment.with_minute(minute))
        .unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_happens_in_order_and_in_the_past() {
        let now: DateTime<Utc> = "2026-11-23T06:00:00Z".parse().unwrap();
        for person in people(PEOPLE, now, 2) {
            let first = person.courses.first().unwrap();
            assert!(person.joined < first.begins, "{person:?}");
            for taking in &person.courses {
                assert!(
                    taking.begins < taking.ends && taking.ends < now,
                    "{taking:?}"
                );
            }
        }
    }

    #[test]
    fn some_of_everything_is_there() {
        let now: DateTime<Utc> = "2026-11-23T06:00:00Z".parse().unwrap();
        let people = people(PEOPLE, now, 2);
        for employer in 0..PROPOSED.len() {
            let is_there = |person: &Person| person.employer == Employer::Proposed(employer);
            assert!(people.iter().any(is_there), "{employer}");
        }
        for employer in 0..ORGANISATIONS.len() {
            let is_there = |person: &Person| person.employer == Employer::Registered(employer);
            assert!(people.iter().any(is_there), "{employer}");
        }
        assert!(people.iter().any(|person| person.moves.is_some()));
        for ending in [
            Ending::Enrolled,
            Ending::HalfRead,
            Ending::Failed,
            Ending::PassedAtSecond,
        ] {
            let is_there = |person: &Person| person.courses.iter().any(|t| t.ending == ending);
            assert!(people.iter().any(is_there), "{ending:?}");
        }
        assert_eq!(
            self::people(PEOPLE, now, 0)
                .iter()
                .map(|p| p.courses.len())
                .sum::<usize>(),
            0
        );
    }
}
