//! What an event is.

use chrono::{DateTime, Utc};

use crate::db::entity::event::Model as EventRow;
pub use crate::db::entity::{
    event::EventStatus,
    event_session::{Model as Session, SessionForm as Form},
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

    /// Whether people can register now.
    #[must_use]
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.row.status == EventStatus::Published
            && self.row.opens_at.is_none_or(|opens| opens <= now)
            && now < self.closes_at()
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
