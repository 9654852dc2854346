//! The queries of events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    Order, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Set,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};
use serde_json::json;

use super::{
    list::{AnnouncedQuery, OrganisedOrder, OrganisedQuery, When},
    model::{Event, EventStatus, Form, Missing, Session, Strands},
};
use crate::{
    clock::Clock,
    db::{
        IDS_AT_ONCE, Transaction,
        entity::{
            event::{self, EventAudience},
            event_material, event_session, strand_grant,
        },
        hand_written,
        lock::{Locked, Versioned},
    },
    http::Lang,
    ids::{AccountId, EventId, EventSessionId},
    list::{Extent, FoundRows, in_latvian_order},
    local_time,
    text::{compare_latvian, fold},
};

pub use event::Model as EventRow;
pub use event_material::Model as Material;

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
    /// What an event would be made from that is like this one.
    #[must_use]
    pub(super) fn of(event: &Event) -> Self {
        let row = &event.row;
        let session = |session: &Session| NewSession {
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            form: session.form,
            city: session.city.clone(),
            address: session.address.clone(),
            room: session.room.clone(),
            accessibility: session.accessibility.clone(),
            remote_url: session.remote_url.clone(),
        };
        Self {
            kind: row.kind.clone(),
            strand: row.strand.clone(),
            title: (row.title_lv.clone(), row.title_en.clone()),
            summary: (row.summary_lv.clone(), row.summary_en.clone()),
            language: row.language.clone(),
            audience: row.audience,
            lecturers: row.lecturers.clone(),
            contact_email: row.contact_email.clone(),
            capacity: row.capacity,
            minimum: row.minimum,
            opens_at: row.opens_at,
            closes_at: row.closes_at,
            cancel_until: row.cancel_until,
            offer_hours: row.offer_hours,
            reminder_minutes: event.reminders(),
            needs_kept_days: row.needs_kept_days,
            sessions: event.sessions.iter().map(session).collect(),
        }
    }

    /// What it lacks before it can be announced, but for its times: whoever is invited has to know what it is, where,
    /// and how to join.
    #[must_use]
    pub(super) fn missing(&self) -> Vec<Missing> {
        let lacks = |session, field, key| Missing {
            session,
            field,
            key,
        };
        let mut missing = Vec::new();
        if self.title.0.is_empty() {
            missing.push(lacks(None, "title_lv", "event-lacks-title"));
        }
        if self.summary.0.is_empty() {
            missing.push(lacks(None, "summary_lv", "event-lacks-summary"));
        }
        for (index, session) in self.sessions.iter().enumerate() {
            let mut check = |is_there: bool, field, key| {
                if !is_there {
                    missing.push(lacks(Some(index), field, key));
                }
            };
            if session.form != Form::Remote {
                check(!session.city.is_empty(), "city", "event-lacks-city");
                check(
                    !session.address.is_empty(),
                    "address",
                    "event-lacks-address",
                );
                check(
                    !session.accessibility.is_empty(),
                    "accessibility",
                    "event-lacks-accessibility",
                );
            }
            if session.form != Form::InPerson {
                check(
                    !session.remote_url.is_empty(),
                    "remote_url",
                    "event-lacks-link",
                );
            }
        }
        missing
    }

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
        let place = (event_id, position);
        session_row(clock.new_id(), place, session)
            .insert(txn)
            .await?;
    }
    Ok(())
}

fn session_row(
    id: EventSessionId,
    (event_id, position): (EventId, i32),
    session: &NewSession,
) -> event_session::ActiveModel {
    event_session::ActiveModel {
        id: Set(id),
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
    }
}

/// A new material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMaterial {
    /// What it is.
    pub title: String,
    /// Where it is: a link with https.
    pub url: String,
}

/// The materials of an event, in their order.
///
/// # Errors
/// The database fails.
pub async fn materials(
    db: &impl ConnectionTrait,
    event_id: EventId,
) -> Result<Vec<Material>, DbErr> {
    event_material::Entity::find()
        .filter(event_material::Column::EventId.eq(event_id))
        .order_by_asc(event_material::Column::Position)
        .all(db)
        .await
}

/// Gives an event these materials in place of those that it has.
///
/// # Errors
/// The database fails.
pub async fn set_materials(
    txn: &Transaction,
    clock: &Clock,
    event_id: EventId,
    materials: &[NewMaterial],
) -> Result<(), DbErr> {
    event_material::Entity::delete_many()
        .filter(event_material::Column::EventId.eq(event_id))
        .exec(txn)
        .await?;
    for (position, material) in (1..).zip(materials) {
        let row = event_material::ActiveModel {
            id: Set(clock.new_id()),
            event_id: Set(event_id),
            position: Set(position),
            title: Set(material.title.clone()),
            url: Set(material.url.clone()),
        };
        row.insert(txn).await?;
    }
    Ok(())
}

/// Changes an event, but for its number of places. A session with an id that it had before stays the same one;
/// `moved` says that calendars have to be told.
pub(super) async fn update(
    event: &EventLock<'_>,
    clock: &Clock,
    new: &NewEvent,
    session_ids: &[Option<EventSessionId>],
    moved: bool,
) -> Result<(), DbErr> {
    let (txn, id) = (event.txn(), event.id());
    let (starts_at, ends_at) = new.span()?;
    event::Entity::update_many()
        .set(event::ActiveModel {
            strand: Set(new.strand.clone()),
            title_lv: Set(new.title.0.clone()),
            title_en: Set(new.title.1.clone()),
            summary_lv: Set(new.summary.0.clone()),
            summary_en: Set(new.summary.1.clone()),
            language: Set(new.language.clone()),
            audience: Set(new.audience),
            lecturers: Set(new.lecturers.clone()),
            contact_email: Set(new.contact_email.clone()),
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
            ..Default::default()
        })
        .filter(event::Column::Id.eq(id))
        .exec(txn)
        .await?;
    if moved {
        next_sequence(event).await?;
    }
    let before = event_session::Entity::find()
        .filter(event_session::Column::EventId.eq(id))
        .all(txn)
        .await?;
    let known: BTreeSet<EventSessionId> = before.iter().map(|session| session.id).collect();
    let kept: BTreeSet<EventSessionId> = session_ids
        .iter()
        .flatten()
        .copied()
        .filter(|id| known.contains(id))
        .collect();
    event_session::Entity::delete_many()
        .filter(event_session::Column::EventId.eq(id))
        .filter(event_session::Column::Id.is_not_in(kept.iter().copied()))
        .exec(txn)
        .await?;
    // The positions are unique, also between two statements.
    for (position, session) in (1..).zip(&kept) {
        event_session::Entity::update_many()
            .col_expr(event_session::Column::Position, Expr::value(-position))
            .filter(event_session::Column::Id.eq(*session))
            .exec(txn)
            .await?;
    }
    let mut left = kept;
    for (position, (session, old)) in (1..).zip(new.sessions.iter().zip(session_ids)) {
        match old.filter(|old| left.remove(old)) {
            Some(old) => {
                session_row(old, (id, position), session)
                    .update(txn)
                    .await?;
            }
            None => {
                session_row(clock.new_id(), (id, position), session)
                    .insert(txn)
                    .await?;
            }
        }
    }
    Ok(())
}

async fn next_sequence(event: &EventLock<'_>) -> Result<(), DbErr> {
    event::Entity::update_many()
        .col_expr(
            event::Column::Sequence,
            Expr::col(event::Column::Sequence).add(1),
        )
        .filter(event::Column::Id.eq(event.id()))
        .exec(event.txn())
        .await
        .map(drop)
}

/// Writes that an event is cancelled; calendars have to be told.
///
/// # Errors
/// The database fails.
pub async fn set_cancelled(
    event: &EventLock<'_>,
    now: DateTime<Utc>,
    reason: &str,
) -> Result<(), DbErr> {
    event::Entity::update_many()
        .col_expr(event::Column::Status, Expr::value(EventStatus::Cancelled))
        .col_expr(event::Column::CancelledAt, Expr::value(now))
        .col_expr(event::Column::CancelReason, Expr::value(reason))
        .filter(event::Column::Id.eq(event.id()))
        .exec(event.txn())
        .await?;
    next_sequence(event).await
}

/// Deletes an event with its sessions and materials.
pub(super) async fn delete(event: &EventLock<'_>) -> Result<(), DbErr> {
    let (txn, id) = (event.txn(), event.id());
    event_material::Entity::delete_many()
        .filter(event_material::Column::EventId.eq(id))
        .exec(txn)
        .await?;
    event_session::Entity::delete_many()
        .filter(event_session::Column::EventId.eq(id))
        .exec(txn)
        .await?;
    event::Entity::delete_by_id(id).exec(txn).await.map(drop)
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
    /// Only those of these strands.
    pub strands: Strands,
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
    found = found.filter(of_strands(&filter.strands));
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
    joined(db, rows).await
}

/// Events with their sessions, in no order.
///
/// # Errors
/// The database fails.
pub async fn find_all(
    db: &impl ConnectionTrait,
    ids: &BTreeSet<EventId>,
) -> Result<Vec<Event>, DbErr> {
    let mut found = Vec::with_capacity(ids.len());
    let ids: Vec<EventId> = ids.iter().copied().collect();
    for some in ids.chunks(IDS_AT_ONCE) {
        let of_ids = event::Column::Id.is_in(some.iter().copied());
        let rows = event::Entity::find().filter(of_ids).all(db).await?;
        found.extend(joined(db, rows).await?);
    }
    Ok(found)
}

/// Events with their sessions, in the same order.
async fn joined(db: &impl ConnectionTrait, rows: Vec<EventRow>) -> Result<Vec<Event>, DbErr> {
    let mut sessions = sessions_of(db, &rows).await?;
    let with_own = |row: EventRow| Event {
        sessions: sessions.remove(&row.id).unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(with_own).collect())
}

/// The sessions of these events, in their order.
async fn sessions_of(
    db: &impl ConnectionTrait,
    rows: &[EventRow],
) -> Result<BTreeMap<EventId, Vec<Session>>, DbErr> {
    let mut sessions: BTreeMap<EventId, Vec<Session>> = BTreeMap::new();
    for some in rows.chunks(IDS_AT_ONCE) {
        let ids = some.iter().map(|row| row.id);
        for session in event_session::Entity::find()
            .filter(event_session::Column::EventId.is_in(ids))
            .order_by_asc(event_session::Column::Position)
            .all(db)
            .await?
        {
            sessions.entry(session.event_id).or_default().push(session);
        }
    }
    Ok(sessions)
}

/// The strands that an organiser was given, by their ids.
///
/// # Errors
/// The database fails.
pub(super) async fn granted_strands(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<BTreeSet<String>, DbErr> {
    let rows = strand_grant::Entity::find()
        .filter(strand_grant::Column::AccountId.eq(account_id))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.strand).collect())
}

/// Every strand that was given, by account.
pub(super) async fn all_granted(
    db: &impl ConnectionTrait,
) -> Result<BTreeMap<AccountId, BTreeSet<String>>, DbErr> {
    let mut granted: BTreeMap<AccountId, BTreeSet<String>> = BTreeMap::new();
    for row in strand_grant::Entity::find().all(db).await? {
        granted
            .entry(row.account_id)
            .or_default()
            .insert(row.strand);
    }
    Ok(granted)
}

/// Gives a strand; `false` if the account had it already.
pub(super) async fn grant(
    txn: &Transaction,
    now: DateTime<Utc>,
    (account_id, strand): (AccountId, &str),
    granted_by: Option<AccountId>,
) -> Result<bool, DbErr> {
    let row = strand_grant::ActiveModel {
        account_id: Set(account_id),
        strand: Set(strand.to_owned()),
        granted_by: Set(granted_by),
        granted_at: Set(now),
    };
    let count = strand_grant::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    Ok(count > 0)
}

/// Takes a strand; `false` if the account did not have it.
pub(super) async fn revoke(
    txn: &Transaction,
    (account_id, strand): (AccountId, &str),
) -> Result<bool, DbErr> {
    let taken = strand_grant::Entity::delete_many()
        .filter(strand_grant::Column::AccountId.eq(account_id))
        .filter(strand_grant::Column::Strand.eq(strand))
        .exec(txn)
        .await?;
    Ok(taken.rows_affected > 0)
}

/// The condition that an event is of one of these strands.
fn of_strands(strands: &Strands) -> Condition {
    match strands {
        Strands::All => Condition::all(),
        Strands::Some(strands) => {
            Condition::all().add(event::Column::Strand.is_in(strands.iter().cloned()))
        }
    }
}

/// The condition that every word is in a title or a city.
fn with_words(words: &[String]) -> Condition {
    words.iter().fold(Condition::all(), |fits, word| {
        fits.add(event::Column::SearchFolded.contains(word))
    })
}

/// The condition that an event begins in the month of this day, in Latvia.
fn in_month(first: NaiveDate) -> Condition {
    let begin = |day: NaiveDate| local_time::moment(day, NaiveTime::MIN, None).ok();
    let next = first.checked_add_months(chrono::Months::new(1));
    let mut fits = Condition::all();
    if let Some(from) = begin(first) {
        fits = fits.add(event::Column::StartsAt.gte(from));
    }
    if let Some(until) = next.and_then(begin) {
        fits = fits.add(event::Column::StartsAt.lt(until));
    }
    fits
}

/// The events of an organiser's list.
pub(super) async fn organised(
    db: &impl ConnectionTrait,
    strands: &Strands,
    query: &OrganisedQuery,
    now: DateTime<Utc>,
    extent: Extent,
) -> Result<FoundRows<Event>, DbErr> {
    let mut found = event::Entity::find()
        .filter(of_strands(strands))
        .filter(with_words(&query.list.words()));
    if let Some(status) = query.status {
        found = found.filter(event::Column::Status.eq(status));
    }
    if let Some(kind) = query.list.chosen("kind") {
        found = found.filter(event::Column::Kind.eq(kind));
    }
    if let Some(strand) = query.list.chosen("strand") {
        found = found.filter(event::Column::Strand.eq(strand));
    }
    if let Some(month) = query.month {
        found = found.filter(in_month(month));
    }
    found = match query.when {
        Some(When::Coming) => found.filter(event::Column::EndsAt.gt(now)),
        Some(When::Past) => found.filter(event::Column::EndsAt.lte(now)),
        None => found,
    };
    let direction = query.list.direction();
    let found = match query.list.order() {
        OrganisedOrder::Begins => found.order_by(event::Column::StartsAt, direction.clone()),
        OrganisedOrder::Title => {
            found.order_by(in_latvian_order("event.title_lv"), direction.clone())
        }
    };
    let found = extent
        .of(found.order_by(event::Column::Id, direction), db)
        .await?;
    with_sessions(db, found).await
}

/// The events with their sessions, in the same order.
async fn with_sessions(
    db: &impl ConnectionTrait,
    found: FoundRows<EventRow>,
) -> Result<FoundRows<Event>, DbErr> {
    let mut sessions = sessions_of(db, &found.rows).await?;
    Ok(found.map(|row| Event {
        sessions: sessions.remove(&row.id).unwrap_or_default(),
        row,
    }))
}

/// The months in which the events of these strands begin, in Latvia, each by its first day.
pub(super) async fn months(
    db: &impl ConnectionTrait,
    strands: &Strands,
) -> Result<BTreeSet<NaiveDate>, DbErr> {
    let starts: Vec<DateTime<Utc>> = event::Entity::find()
        .select_only()
        .column(event::Column::StartsAt)
        .filter(of_strands(strands))
        .into_tuple()
        .all(db)
        .await?;
    Ok(starts.into_iter().filter_map(month_of).collect())
}

/// The first day of the month of a moment, in Latvia.
pub(super) fn month_of(at: DateTime<Utc>) -> Option<NaiveDate> {
    use chrono::Datelike as _;
    Lang::riga_date(at).with_day(1)
}

/// The condition that an event is announced and not over.
fn is_coming(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(event::Column::Status.eq(EventStatus::Published))
        .add(event::Column::EndsAt.gt(now))
}

/// The condition that an event has a session like this.
fn with_session(session: Condition) -> Expr {
    let sessions = event_session::Entity::find()
        .select_only()
        .column(event_session::Column::EventId)
        .filter(session);
    event::Column::Id.in_subquery(sessions.into_query())
}

/// The announced events that match a query: those to come, the next one first; or those that are over, the last one
/// first. Whether places are free is not looked at.
pub(super) async fn announced(
    db: &impl ConnectionTrait,
    query: &AnnouncedQuery,
    now: DateTime<Utc>,
    extent: Extent,
) -> Result<FoundRows<Event>, DbErr> {
    let (when, direction) = if query.is_past {
        let past = Condition::all()
            .add(event::Column::Status.is_in([EventStatus::Published, EventStatus::Finished]))
            .add(event::Column::EndsAt.lte(now));
        (past, Order::Desc)
    } else {
        (is_coming(now), Order::Asc)
    };
    let mut found = event::Entity::find()
        .filter(when)
        .filter(with_words(&query.list.words()));
    if let Some(city) = query.list.chosen("city") {
        let in_city = Condition::all().add(event_session::Column::City.eq(city));
        found = found.filter(with_session(in_city));
    }
    if let Some(form) = query.form {
        let forms = [form, Form::Both];
        let held = Condition::all().add(event_session::Column::Form.is_in(forms));
        found = found.filter(with_session(held));
    }
    if let Some(kind) = query.list.chosen("kind") {
        found = found.filter(event::Column::Kind.eq(kind));
    }
    if let Some(audience) = query.audience {
        let fits = [audience, EventAudience::Everyone];
        found = found.filter(event::Column::Audience.is_in(fits));
    }
    if let Some(month) = query.month {
        found = found.filter(in_month(month));
    }
    let found = found
        .order_by(event::Column::StartsAt, direction.clone())
        .order_by(event::Column::Id, direction);
    let found = extent.of(found, db).await?;
    with_sessions(db, found).await
}

/// The cities of announced events, in alphabetical order.
pub(super) async fn announced_cities(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let cities: Vec<String> = event_session::Entity::find()
        .select_only()
        .column(event_session::Column::City)
        .distinct()
        .inner_join(event::Entity)
        .filter(event::Column::Status.is_in([EventStatus::Published, EventStatus::Finished]))
        .filter(event_session::Column::City.ne(""))
        .into_tuple()
        .all(db)
        .await?;
    let mut cities = cities;
    cities.sort_by(|one, other| compare_latvian(one, other));
    Ok(cities)
}

/// The months in which announced events begin, in Latvia, each by its first day.
pub(super) async fn announced_months(
    db: &impl ConnectionTrait,
) -> Result<BTreeSet<NaiveDate>, DbErr> {
    let starts: Vec<DateTime<Utc>> = event::Entity::find()
        .select_only()
        .column(event::Column::StartsAt)
        .filter(event::Column::Status.is_in([EventStatus::Published, EventStatus::Finished]))
        .into_tuple()
        .all(db)
        .await?;
    Ok(starts.into_iter().filter_map(month_of).collect())
}

/// The published events that begin within a time from now.
///
/// # Errors
/// The database fails.
pub async fn beginning_within(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    within: TimeDelta,
) -> Result<Vec<EventId>, DbErr> {
    event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::Status.eq(EventStatus::Published))
        .filter(event::Column::StartsAt.gt(now))
        .filter(event::Column::StartsAt.lte(now + within))
        .order_by_asc(event::Column::StartsAt)
        .into_tuple()
        .all(db)
        .await
}

/// Until when what participants need is kept, of these events.
///
/// # Errors
/// The database fails.
pub async fn needs_kept_until(
    db: &impl ConnectionTrait,
    ids: &[EventId],
) -> Result<BTreeMap<EventId, DateTime<Utc>>, DbErr> {
    let mut until = BTreeMap::new();
    for some in ids.chunks(IDS_AT_ONCE) {
        let rows = event::Entity::find()
            .filter(event::Column::Id.is_in(some.iter().copied()))
            .all(db)
            .await?;
        let kept = rows.into_iter().map(|row| {
            (
                row.id,
                row.ends_at + TimeDelta::days(row.needs_kept_days.into()),
            )
        });
        until.extend(kept);
    }
    Ok(until)
}
