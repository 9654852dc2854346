//! What the board of an event says: what participants asked for, summed up, and what its organisers do next.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    events::{Event, EventStatus, Form},
    registrations::{Needs, PlaceCounts, PromotionLimit, promotion_limit},
    text::fold,
};

/// From how long before the beginning the board says that too few people are registered.
const TOO_FEW_WITHIN: TimeDelta = TimeDelta::days(14);

/// What participants asked for, summed up, without saying who.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Requests {
    /// How many people asked for anything.
    pub people: u64,
    /// The ages of the children to be cared for, ascending.
    pub ages: Vec<u8>,
    /// How many people need a sign-language interpreter.
    pub interpreters: u64,
    /// What is needed for access, each text with how many people wrote it.
    pub access: Vec<(String, u64)>,
    /// What is eaten or not, each text with how many people wrote it.
    pub diet: Vec<(String, u64)>,
}

impl Requests {
    /// The sum of what these people asked for.
    pub(super) fn sum<'a>(all: impl IntoIterator<Item = &'a Needs>) -> Self {
        let mut sum = Self::default();
        for needs in all {
            sum.people += 1;
            sum.ages.extend(&needs.children);
            sum.interpreters += u64::from(needs.interpreter);
            count(&mut sum.access, &needs.access);
            count(&mut sum.diet, &needs.diet);
        }
        sum.ages.sort_unstable();
        for texts in [&mut sum.access, &mut sum.diet] {
            texts.sort_by(|(one, many), (other, more)| more.cmp(many).then(one.cmp(other)));
        }
        sum
    }
}

/// Counts a text among those that say the same, but for capital letters and diacritics.
fn count(texts: &mut Vec<(String, u64)>, text: &str) {
    if text.is_empty() {
        return;
    }
    let folded = fold(text);
    match texts.iter_mut().find(|(known, _)| fold(known) == folded) {
        Some((_, number)) => *number += 1,
        None => texts.push((text.to_owned(), 1)),
    }
}

/// Why a free place stays free although somebody waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// Nobody may be promoted.
    By(PromotionLimit),
    /// The periodic task has not given it yet.
    Shortly,
}

/// Whether a place is free although somebody waits, and why.
pub(super) fn held(event: &Event, counts: &PlaceCounts, now: DateTime<Utc>) -> Option<Held> {
    if counts.free() == 0 || counts.waiting == 0 {
        return None;
    }
    Some(promotion_limit(event, now).map_or(Held::Shortly, Held::By))
}

/// What the organisers of an event do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Announce it.
    Announce,
    /// A session held over the network has no link to join.
    AddLink,
    /// Fewer people are registered than are needed.
    TooFew {
        /// How many are registered.
        registered: u64,
        /// How many are needed.
        minimum: u64,
        /// How many days are left.
        days: u64,
    },
    /// Arrange what people asked for.
    Arrange {
        /// How many of those with a place asked.
        people: u64,
    },
    /// Places are offered, and not taken yet.
    Offers {
        /// How many.
        count: u64,
        /// When the first of these offers ends.
        until: Option<DateTime<Utc>>,
    },
    /// Addresses are not confirmed yet.
    Unconfirmed {
        /// How many.
        count: u64,
    },
    /// It is over: nothing, and what people asked for is deleted then.
    Over {
        /// When.
        deleted_at: DateTime<Utc>,
    },
}

/// What is to be done now about an event with these places, the most urgent first: so many people asked for something,
/// and so many have not confirmed their addresses.
pub(super) fn next(
    event: &Event,
    counts: &PlaceCounts,
    (people, unconfirmed): (u64, u64),
    offered_until: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Vec<Next> {
    let row = &event.row;
    match row.status {
        EventStatus::Draft => return vec![Next::Announce],
        EventStatus::Cancelled => return Vec::new(),
        EventStatus::Published | EventStatus::Finished => {}
    }
    if now >= row.ends_at || row.status == EventStatus::Finished {
        let deleted_at = row.ends_at + TimeDelta::days(row.needs_kept_days.into());
        return vec![Next::Over { deleted_at }];
    }
    let mut steps = Vec::new();
    let lacks_link = |form: Form, url: &str| form != Form::InPerson && url.is_empty();
    let mut sessions = event.sessions.iter();
    if sessions.any(|session| lacks_link(session.form, &session.remote_url)) {
        steps.push(Next::AddLink);
    }
    let left = row.starts_at - now;
    let minimum = row.minimum.and_then(|least| u64::try_from(least).ok());
    if let Some(minimum) = minimum
        && left > TimeDelta::zero()
        && left <= TOO_FEW_WITHIN
        && counts.registered < minimum
    {
        steps.push(Next::TooFew {
            registered: counts.registered,
            minimum,
            days: u64::try_from(left.num_days()).unwrap_or_default(),
        });
    }
    if people > 0 {
        steps.push(Next::Arrange { people });
    }
    if counts.offered > 0 {
        steps.push(Next::Offers {
            count: counts.offered,
            until: offered_until,
        });
    }
    if unconfirmed > 0 {
        steps.push(Next::Unconfirmed { count: unconfirmed });
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::sample;

    fn needs(children: &[u8], diet: &str, interpreter: bool) -> Needs {
        Needs {
            children: children.to_vec(),
            diet: diet.to_owned(),
            interpreter,
            ..Needs::default()
        }
    }

    #[test]
    fn requests_are_summed_up_without_saying_who() {
        let all = [
            needs(&[7, 2], "Veģetārs", false),
            needs(&[4], "vegetars", true),
            needs(&[], "Bez piena", true),
        ];
        let sum = Requests::sum(&all);
        assert_eq!((sum.people, sum.interpreters), (3, 2));
        assert_eq!(sum.ages, [2, 4, 7]);
        assert!(sum.access.is_empty());
        let diet = [("Veģetārs".to_owned(), 2), ("Bez piena".to_owned(), 1)];
        assert_eq!(sum.diet, diet);
    }

    #[test]
    fn what_is_next_follows_state_and_time() {
        let mut event = sample();
        event.row.minimum = Some(8);
        let starts = event.row.starts_at;
        let counts = PlaceCounts {
            capacity: 20,
            taken: 7,
            registered: 5,
            offered: 1,
            pending: 1,
            waiting: 0,
        };
        let until = Some(starts - TimeDelta::days(2));
        let at =
            |event: &Event, before: TimeDelta| next(event, &counts, (2, 1), until, starts - before);
        let others = [
            Next::Arrange { people: 2 },
            Next::Offers { count: 1, until },
            Next::Unconfirmed { count: 1 },
        ];
        assert_eq!(at(&event, TimeDelta::days(20)), others);
        let days = 3;
        let too_few = Next::TooFew {
            registered: 5,
            minimum: 8,
            days,
        };
        assert_eq!(at(&event, TimeDelta::days(3))[0], too_few);
        assert_eq!(at(&event, TimeDelta::days(3))[1..], others);
        assert_eq!(at(&event, TimeDelta::zero()), others, "it has begun");
        let deleted_at = event.row.ends_at + TimeDelta::days(30);
        assert_eq!(
            at(&event, TimeDelta::hours(-3)),
            [Next::Over { deleted_at }]
        );
        event.row.status = EventStatus::Draft;
        assert_eq!(at(&event, TimeDelta::days(20)), [Next::Announce]);
        event.row.status = EventStatus::Cancelled;
        assert_eq!(at(&event, TimeDelta::days(20)), []);
        event.row.status = EventStatus::Published;
        event.sessions[0].form = Form::Both;
        assert_eq!(at(&event, TimeDelta::days(20))[0], Next::AddLink);
    }

    #[test]
    fn the_board_says_which_limit_holds_a_free_place() {
        let mut event = sample();
        let starts = event.row.starts_at;
        let counts = |taken, waiting| PlaceCounts {
            capacity: 20,
            taken,
            waiting,
            ..PlaceCounts::default()
        };
        let day = starts - TimeDelta::days(1);
        assert_eq!(held(&event, &counts(20, 3), day), None);
        assert_eq!(held(&event, &counts(19, 0), day), None);
        let idle = counts(19, 1);
        assert_eq!(held(&event, &idle, day), Some(Held::Shortly));
        let late = Some(Held::By(PromotionLimit::TooSoon));
        assert_eq!(held(&event, &idle, starts - TimeDelta::minutes(59)), late);
        assert_eq!(held(&event, &idle, starts), late);
        event.row.status = EventStatus::Finished;
        let closed = Some(Held::By(PromotionLimit::NotPublished));
        assert_eq!(held(&event, &idle, day), closed);
    }
}
