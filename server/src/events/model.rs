//! What an event is.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

pub use crate::db::entity::{
    event::EventStatus,
    event_session::{Model as Session, SessionForm as Form},
};
use crate::{
    db::entity::event::Model as EventRow,
    local_time::{self, Occurrence},
};

/// An event with its sessions in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its row.
    pub row: EventRow,
    /// Its sessions, at least one.
    pub sessions: Vec<Session>,
}

impl Event {
    /// When registration closes: at the latest when it begins.
    #[must_use]
    pub fn closes_at(&self) -> DateTime<Utc> {
        self.row.closes_at.unwrap_or(self.row.starts_at)
    }

    /// Until when participants cancel and change by themselves: at the latest when it begins.
    #[must_use]
    pub fn cancel_until(&self) -> DateTime<Utc> {
        self.row.cancel_until.unwrap_or(self.row.starts_at)
    }

    /// How many minutes before it begins reminders are sent, the longest first.
    #[must_use]
    pub fn reminders(&self) -> Vec<u32> {
        let minutes = self.row.reminder_minutes.as_array();
        let minutes = minutes.into_iter().flatten();
        minutes
            .filter_map(|minutes| u32::try_from(minutes.as_u64()?).ok())
            .collect()
    }

    /// Whether people can register now.
    #[must_use]
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.row.status == EventStatus::Published
            && self.row.opens_at.is_none_or(|opens| opens <= now)
            && now < self.closes_at()
    }
}

/// Every form, in the order in which they are shown.
pub(super) const FORMS: [Form; 3] = [Form::InPerson, Form::Remote, Form::Both];

/// The slug of a form, in forms, messages (`event-form-…`) and addresses.
#[must_use]
pub const fn form_slug(form: Form) -> &'static str {
    match form {
        Form::InPerson => "in-person",
        Form::Remote => "remote",
        Form::Both => "both",
    }
}

/// The form with this slug.
#[must_use]
pub(super) fn form_from_slug(slug: &str) -> Option<Form> {
    FORMS.into_iter().find(|form| form_slug(*form) == slug)
}

/// The moment so many days later at the same time of day in Latvia. A time that does not exist on that day is an hour
/// later; of one that is there twice, it is the first.
#[must_use]
pub(super) fn days_later(at: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    let (day, time, occurrence) = local_time::shown(at);
    let Some(day) = TimeDelta::try_days(days).and_then(|days| day.checked_add_signed(days)) else {
        return at;
    };
    local_time::moment(day, time, occurrence)
        .or_else(|_| local_time::moment(day, time, Some(Occurrence::First)))
        .or_else(|_| {
            let later = time.overflowing_add_signed(TimeDelta::hours(1)).0;
            local_time::moment(day, later, None)
        })
        .unwrap_or(at)
}

/// What an event lacks before it can be announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missing {
    /// Which of its sessions lacks it, counted from 0; `None` for the event itself.
    pub session: Option<usize>,
    /// The field of the form.
    pub field: &'static str,
    /// The key of the message.
    pub key: &'static str,
}

/// The strands on whose events somebody works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strands {
    /// All: a manager.
    All,
    /// Those that an organiser was given, by their ids.
    Some(BTreeSet<String>),
}

/// None: whoever forgets to set them shows nothing.
impl Default for Strands {
    fn default() -> Self {
        Self::Some(BTreeSet::new())
    }
}

impl Strands {
    /// Whether the strand is among them.
    #[must_use]
    pub fn has(&self, strand: &str) -> bool {
        match self {
            Self::All => true,
            Self::Some(strands) => strands.contains(strand),
        }
    }
}

/// How many people have places, and how many wait.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Places {
    /// Places that are taken, or held for somebody.
    pub taken: u64,
    /// People on the waiting list.
    pub waiting: u64,
}

impl Places {
    /// How many of so many places are free for anybody: none while somebody waits.
    #[must_use]
    pub fn free_of(self, capacity: i32) -> u64 {
        if self.waiting > 0 {
            return 0;
        }
        u64::try_from(capacity)
            .unwrap_or_default()
            .saturating_sub(self.taken)
    }
}

/// Every status, in the order in which they follow.
pub(crate) const STATUSES: [EventStatus; 4] = [
    EventStatus::Draft,
    EventStatus::Published,
    EventStatus::Cancelled,
    EventStatus::Finished,
];

/// The slug of a status, in forms, messages (`event-status-…`) and the API.
#[must_use]
pub const fn status_slug(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Draft => "draft",
        EventStatus::Published => "published",
        EventStatus::Cancelled => "cancelled",
        EventStatus::Finished => "finished",
    }
}

/// The status with this slug.
#[must_use]
pub fn status_from_slug(slug: &str) -> Option<EventStatus> {
    STATUSES
        .into_iter()
        .find(|status| status_slug(*status) == slug)
}

/// An event to test with: published, of 20 places, in a month.
#[cfg(test)]
pub(crate) fn sample() -> Event {
    use crate::db::entity::event::EventAudience;

    let starts_at: DateTime<Utc> = "2027-02-10T08:00:00Z".parse().unwrap();
    let ends_at = starts_at + chrono::TimeDelta::hours(3);
    let id = crate::ids::EventId::from_u128(1);
    Event {
        row: EventRow {
            id,
            kind: "discussion".to_owned(),
            strand: "public-sector-discussions".to_owned(),
            status: EventStatus::Published,
            title_lv: "Diskusija".to_owned(),
            title_en: String::new(),
            summary_lv: String::new(),
            summary_en: String::new(),
            language: "lv".to_owned(),
            audience: EventAudience::Everyone,
            lecturers: String::new(),
            contact_email: String::new(),
            capacity: 20,
            minimum: None,
            opens_at: None,
            closes_at: None,
            cancel_until: None,
            offer_hours: 24,
            reminder_minutes: serde_json::json!([1440]),
            needs_kept_days: 30,
            starts_at,
            ends_at,
            search_folded: "diskusija riga".to_owned(),
            seat_version: 0,
            last_number: 0,
            sequence: 0,
            created_by: crate::ids::AccountId::from_u128(2),
            created_at: starts_at - chrono::TimeDelta::days(60),
            published_at: Some(starts_at - chrono::TimeDelta::days(50)),
            cancelled_at: None,
            cancel_reason: String::new(),
        },
        sessions: vec![Session {
            id: crate::ids::EventSessionId::from_u128(3),
            event_id: id,
            position: 1,
            starts_at,
            ends_at,
            form: Form::InPerson,
            city: "Rīga".to_owned(),
            address: "Paraugu iela 1".to_owned(),
            room: "101".to_owned(),
            accessibility: "Lifts".to_owned(),
            remote_url: String::new(),
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn days_later_keeps_the_time_of_day_in_latvia() {
        for (from, days, expected) in [
            ("2027-02-10T08:00:00Z", 7, "2027-02-17T08:00:00Z"),
            // Summer time begins on 28 March 2027: ten o'clock is an hour earlier in UTC.
            ("2027-03-24T08:00:00Z", 7, "2027-03-31T07:00:00Z"),
            // And ends on 31 October 2027.
            ("2027-10-27T07:00:00Z", 7, "2027-11-03T08:00:00Z"),
            ("2027-03-31T07:00:00Z", -7, "2027-03-24T08:00:00Z"),
            // Half past three does not exist on 28 March, and is there twice on 31 October.
            ("2027-03-21T01:30:00Z", 7, "2027-03-28T01:30:00Z"),
            ("2027-10-24T00:30:00Z", 7, "2027-10-31T00:30:00Z"),
            ("2027-10-31T01:30:00Z", 1, "2027-11-01T01:30:00Z"),
        ] {
            assert_eq!(days_later(at(from), days), at(expected), "{from} {days}");
        }
    }

    #[test]
    fn no_place_is_free_while_somebody_waits() {
        let places = |taken, waiting| Places { taken, waiting };
        assert_eq!(places(18, 0).free_of(20), 2);
        assert_eq!(places(18, 1).free_of(20), 0);
        assert_eq!(places(21, 0).free_of(20), 0);
        assert_eq!(places(0, 0).free_of(-1), 0);
    }
}
