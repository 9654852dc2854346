//! Events to test with.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;
use server::{
    events::{self, Form, NewEvent, NewSession},
    ids::{AccountId, EventId},
    programme::EventAudience,
    testing::TestApp,
};

/// A session in Rīga of three hours.
pub(crate) fn session(starts_at: DateTime<Utc>) -> NewSession {
    NewSession {
        starts_at,
        ends_at: starts_at + TimeDelta::hours(3),
        form: Form::InPerson,
        city: "Rīga".to_owned(),
        address: "Paraugu iela 1".to_owned(),
        room: "101".to_owned(),
        accessibility: "Lifts".to_owned(),
        remote_url: String::new(),
    }
}

/// A discussion for everyone in this strand, of 20 places.
pub(crate) fn discussion(strand: &str, title: &str, starts_at: DateTime<Utc>) -> NewEvent {
    NewEvent {
        kind: "discussion".to_owned(),
        strand: strand.to_owned(),
        title: (title.to_owned(), String::new()),
        summary: ("Par ko runāsim.".to_owned(), String::new()),
        language: "lv".to_owned(),
        audience: EventAudience::Everyone,
        lecturers: "Anna Parauga".to_owned(),
        contact_email: String::new(),
        capacity: 20,
        minimum: None,
        opens_at: None,
        closes_at: Some(starts_at - TimeDelta::hours(24)),
        cancel_until: Some(starts_at - TimeDelta::hours(24)),
        offer_hours: 24,
        reminder_minutes: vec![1440],
        needs_kept_days: 30,
        sessions: vec![session(starts_at)],
    }
}

/// Adds an event; announced if so asked.
pub(crate) async fn add(
    app: &TestApp,
    created_by: AccountId,
    new: NewEvent,
    is_published: bool,
) -> EventId {
    let clock = app.app.clock.clone();
    app.db
        .write::<_, DbErr>(async move |txn| {
            let id = events::insert(txn, &clock, created_by, &new).await?;
            if is_published {
                let lock = events::lock(txn, id).await?;
                events::publish(&lock, clock.now()).await?;
            }
            Ok(id)
        })
        .await
        .unwrap()
}

/// Gives an account a strand.
pub(crate) async fn give(app: &TestApp, account_id: AccountId, strand: &'static str) {
    let clock = app.app.clock.clone();
    app.db
        .write::<_, DbErr>(async move |txn| {
            events::give_strand(txn, &clock, account_id, strand).await
        })
        .await
        .unwrap();
}

/// A Wednesday in the future at ten, Latvian time.
pub(crate) fn wednesday() -> DateTime<Utc> {
    "2027-02-10T08:00:00Z".parse().unwrap()
}

/// The strand of discussions.
pub(crate) const DISCUSSIONS: &str = "public-sector-discussions";
/// The strand of seminars.
pub(crate) const SEMINARS: &str = "employer-seminars";
