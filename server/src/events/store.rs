//! The queries of events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Set, sea_query::Expr,
};
use serde_json::json;

use super::model::{Event, EventStatus, Form};
use crate::{
    clock::Clock,
    db::{
        Transaction,
        entity::{
            event::{self, EventAudience},
            event_session, strand_grant,
        },
        hand_written,
        lock::{Locked, Versioned},
    },
    ids::{AccountId, EventId},
    text::fold,
};

pub use event::Model as EventRow;

/// Proof that a transaction holds the lock of an event's places.
pub type EventLock<'txn> = Locked<'txn, EventPlaces>;

/// The row of an event, which represents its places. Everything that takes, frees or moves a place is written
/// under its lock.
pub enum EventPlaces {}

impl Versioned for EventPlaces {
    type Id = EventId;

    const NAME: &'static str = "event";
    const NEXT_VERSION: &'static str =
        "UPDATE event SET seat_version = seat_version + 1 WHERE id = ? RETURNING seat_version";
}

/// Takes the lock of an event's places. It comes after the lock of an organisation and before those of people.
///
/// # Errors
/// The database fails, or there is no such event.
pub async fn lock(txn: &Transaction, id: EventId) -> Result<EventLock<'_>, DbErr> {
    EventLock::take(txn, id).await
}

/// The number of the next registration of the event.
///
/// # Errors
/// The database fails.
pub async fn next_number(event: &EventLock<'_>) -> Result<i32, DbErr> {
    const NEXT: &str =
        "UPDATE event SET last_number = last_number + 1 WHERE id = ? RETURNING last_number";
    event
        .txn()
        .query_one_raw(hand_written(event.txn(), NEXT, [event.id().into()]))
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("event".to_owned()))?
        .try_get_by_index(0)
}

/// An event with its sessions.
///
/// # Errors
/// The database fails.
pub async fn find(db: &impl ConnectionTrait, id: EventId) -> Result<Option<Event>, DbErr> {
    let Some(row) = event::Entity::find_by_id(id).one(db).await? else {
        return Ok(None);
    };
    let sessions = event_session::Entity::find()
        .filter(event_session::Column::EventId.eq(id))
        .order_by_asc(event_session::Column::Position)
        .all(db)
        .await?;
    Ok(Some(Event { row, sessions }))
}

/// A new session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends, after it begins.
    pub ends_at: DateTime<Utc>,
    /// In person, remote or both.
    pub form: Form,
    /// The city; empty if remote.
    pub city: String,
    /// Street and house; empty if remote.
    pub address: String,
    /// The room.
    pub room: String,
    /// How accessible the venue is.
    pub accessibility: String,
    /// The link to join.
    pub remote_url: String,
}

/// A new event, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// The id of its kind.
    pub kind: String,
    /// The id of its strand.
    pub strand: String,
    /// The title in Latvian and in English (may be empty).
    pub title: (String, String),
    /// The summary in Latvian and in English (may be empty).
    pub summary: (String, String),
    /// The language in which it is held: `lv`, `en` or `lv-en`.
    pub language: String,
    /// Who may come.
    pub audience: EventAudience,
    /// Who speaks, one a line.
    pub lecturers: String,
    /// Where questions are sent.
    pub contact_email: String,
    /// How many places.
    pub capacity: i32,
    /// How many people are needed.
    pub minimum: Option<i32>,
    /// When registration opens.
    pub opens_at: Option<DateTime<Utc>>,
    /// When registration closes.
    pub closes_at: Option<DateTime<Utc>>,
    /// Until when participants cancel by themselves.
    pub cancel_until: Option<DateTime<Utc>>,
    /// How many hours an offered place is held; 0 if places are confirmed without asking.
    pub offer_hours: i32,
    /// How many minutes before it begins reminders are sent.
    pub reminder_minutes: Vec<u32>,
    /// How many days after the end what participants need is deleted.
    pub needs_kept_days: i32,
    /// Its sessions in the order of time, at least one.
    pub sessions: Vec<NewSession>,
}

impl NewEvent {
    /// When the first session begins and the last one ends.
    fn span(&self) -> Result<(DateTime<Utc>, DateTime<Utc>), DbErr> {
        let starts = self.sessions.iter().map(|session| session.starts_at).min();
        let ends = self.sessions.iter().map(|session| session.ends_at).max();
        starts
            .zip(ends)
            .ok_or_else(|| DbErr::Custom("an event has at least one session".to_owned()))
    }

    /// Titles and cities in the form for searching.
    fn folded(&self) -> String {
        let mut words = format!("{} {}", self.title.0, self.title.1);
        for session in &self.sessions {
            words.push(' ');
            words.push_str(&session.city);
        }
        fold(&words)
    }
}

/// Adds an event as a draft.
///
/// # Errors
/// The database fails.
pub async fn insert(
    txn: &Transaction,
    clock: &Clock,
    created_by: AccountId,
    new: &NewEvent,
) -> Result<EventId, DbErr> {
    let id: EventId = clock.new_id();
    let (starts_at, ends_at) = new.span()?;
    let row = event::ActiveModel {
        id: Set(id),
        kind: Set(new.kind.clone()),
        strand: Set(new.strand.clone()),
        status: Set(EventStatus::Draft),
        title_lv: Set(new.title.0.clone()),
        title_en: Set(new.title.1.clone()),
        summary_lv: Set(new.summary.0.clone()),
        summary_en: Set(new.summary.1.clone()),
        language: Set(new.language.clone()),
        audience: Set(new.audience),
        lecturers: Set(new.lecturers.clone()),
        contact_email: Set(new.contact_email.clone()),
        capacity: Set(new.capacity),
        minimum: Set(new.minimum),
        opens_at: Set(new.opens_at),
        closes_at: Set(new.closes_at),
        cancel_until: Set(new.cancel_until),
        offer_hours: Set(new.offer_hours),
        reminder_minutes: Set(json!(new.reminder_minutes)),
        needs_kept_days: Set(new.needs_kept_days),
        starts_at: Set(starts_at),
        ends_at: Set(ends_at),
        search_folded: Set(new.folded()),
        seat_version: Set(0),
        last_number: Set(0),
        sequence: Set(0),
        created_by: Set(created_by),
        created_at: Set(clock.now()),
        published_at: Set(None),
        cancelled_at: Set(None),
        cancel_reason: Set(String::new()),
    };
    row.insert(txn).await?;
    insert_sessions(txn, clock, id, &new.sessions).await?;
    Ok(id)
}

async fn insert_sessions(
    txn: &Transaction,
    clock: &Clock,
    event_id: EventId,
    sessions: &[NewSession],
) -> Result<(), DbErr> {
    for (position, session) in (1..).zip(sessions) {
        let row = event_session::ActiveModel {
            id: Set(clock.new_id()),
            event_id: Set(event_id),
            position: Set(position),
            starts_at: Set(session.starts_at),
            ends_at: Set(session.ends_at),
            form: Set(session.form),
            city: Set(session.city.clone()),
            address: Set(session.address.clone()),
            room: Set(session.room.clone()),
            accessibility: Set(session.accessibility.clone()),
            remote_url: Set(session.remote_url.clone()),
        };
        row.insert(txn).await?;
    }
    Ok(())
}

/// Changes the number of places; whether they suffice, the caller has checked under the same lock.
///
/// # Errors
/// The database fails.
pub async fn set_capacity(event: &EventLock<'_>, capacity: i32) -> Result<(), DbErr> {
    event::Entity::update_many()
        .col_expr(event::Column::Capacity, capacity.into())
        .filter(event::Column::Id.eq(event.id()))
        .exec(event.txn())
        .await
        .map(drop)
}

/// Announces a draft; published before, nothing changes.
///
/// # Errors
/// The database fails.
pub async fn publish(event: &EventLock<'_>, now: DateTime<Utc>) -> Result<(), DbErr> {
    event::Entity::update_many()
        .col_expr(event::Column::Status, Expr::value(EventStatus::Published))
        .col_expr(event::Column::PublishedAt, Expr::value(now))
        .filter(event::Column::Id.eq(event.id()))
        .filter(event::Column::Status.eq(EventStatus::Draft))
        .exec(event.txn())
        .await
        .map(drop)
}

/// Which events a page of [`page_of`] shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Only those of these strands; `None` for all.
    pub strands: Option<BTreeSet<String>>,
    /// Only those with this status.
    pub status: Option<EventStatus>,
    /// Only those that begin at this moment or later.
    pub from: Option<DateTime<Utc>>,
    /// Only those that begin before this moment.
    pub until: Option<DateTime<Utc>>,
    /// Only those made after this one.
    pub after: Option<EventId>,
}

/// The first events that match, at most so many, in the order in which they were made: those made later come last,
/// so that paging misses none.
///
/// # Errors
/// The database fails.
pub async fn page_of(
    db: &impl ConnectionTrait,
    filter: &EventFilter,
    at_most: u64,
) -> Result<Vec<Event>, DbErr> {
    let mut found = event::Entity::find();
    if let Some(strands) = &filter.strands {
        found = found.filter(event::Column::Strand.is_in(strands.iter().cloned()));
    }
    if let Some(status) = filter.status {
        found = found.filter(event::Column::Status.eq(status));
    }
    if let Some(from) = filter.from {
        found = found.filter(event::Column::StartsAt.gte(from));
    }
    if let Some(until) = filter.until {
        found = found.filter(event::Column::StartsAt.lt(until));
    }
    if let Some(after) = filter.after {
        found = found.filter(event::Column::Id.gt(after));
    }
    let rows = found
        .order_by_asc(event::Column::Id)
        .limit(at_most)
        .all(db)
        .await?;
    let mut sessions: BTreeMap<EventId, Vec<event_session::Model>> = BTreeMap::new();
    for session in event_session::Entity::find()
        .filter(event_session::Column::EventId.is_in(rows.iter().map(|row| row.id)))
        .order_by_asc(event_session::Column::Position)
        .all(db)
        .await?
    {
        sessions.entry(session.event_id).or_default().push(session);
    }
    let with_sessions = |row: EventRow| Event {
        sessions: sessions.remove(&row.id).unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(with_sessions).collect())
}

/// The strands that an organiser was given, by their ids.
///
/// # Errors
/// The database fails.
pub async fn granted_strands(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<BTreeSet<String>, DbErr> {
    let rows = strand_grant::Entity::find()
        .filter(strand_grant::Column::AccountId.eq(account_id))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.strand).collect())
}
