//! Making, changing, announcing, cancelling events.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DbErr;
use serde_json::json;

use super::{
    noting::note,
    on_change::{OnEventChange, Refusal},
    reading::{for_organiser, strands_of},
};
use crate::{
    clock::Clock,
    db::{Db, Transaction},
    events::{
        State,
        forms::{CancelReason, EventForm, EventInput},
        model::{Event, EventStatus, Missing, days_later, status_slug},
        store::{self, EventLock, Material, NewEvent, NewMaterial, NewSession},
    },
    http::Lang,
    ids::{AccountId, EventId},
    principal::Principal,
};

/// Why an event is not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EditError {
    /// There is no such event, or it is of a strand that they were not given.
    #[error("no such event")]
    NoEvent,
    /// They were not given the strand that it would have.
    #[error("not their strand")]
    NotTheirStrand,
    /// It is cancelled, or not in the state for this.
    #[error("the event is in another state")]
    OtherState,
    /// Somebody else changed it after the form was opened.
    #[error("changed meanwhile: {0:?}")]
    Stale(Vec<&'static str>, Box<Stored>),
    /// It lacks what an announced event has.
    #[error("lacks {0:?}")]
    Lacks(Vec<Missing>),
    /// More places are taken than it would have.
    #[error("{taken} places are taken")]
    TooFew {
        /// How many.
        taken: u64,
    },
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<Refusal> for EditError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::TooFew { taken } => Self::TooFew { taken },
            Refusal::Database(error) => Self::Database(error),
        }
    }
}

/// An event as it is stored, with its materials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    /// The event.
    pub event: Event,
    /// Its materials.
    pub materials: Vec<Material>,
}

/// An event on which somebody works, with its materials.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "events.stored", skip_all, fields(event.id = %id))]
pub(crate) async fn stored(db: &Db, who: &Principal, id: EventId) -> Result<Option<Stored>, DbErr> {
    let Some(event) = for_organiser(db.read(), who, id).await? else {
        return Ok(None);
    };
    let materials = store::materials(db.read(), id).await?;
    Ok(Some(Stored { event, materials }))
}

/// Under the lock of an event, the event as it is now, if they work on it.
async fn locked<'txn>(
    txn: &'txn Transaction,
    who: &Principal,
    id: EventId,
) -> Result<(EventLock<'txn>, Event), EditError> {
    let lock = match store::lock(txn, id).await {
        Ok(lock) => lock,
        Err(DbErr::RecordNotFound(_)) => return Err(EditError::NoEvent),
        Err(error) => return Err(error.into()),
    };
    let event = for_organiser(txn, who, id).await?;
    event.map(|event| (lock, event)).ok_or(EditError::NoEvent)
}

/// Notes that something was done with an event.
async fn note_event(
    txn: &Transaction,
    clock: &Clock,
    actor: AccountId,
    (action, id): (&'static str, EventId),
    detail: serde_json::Value,
) -> Result<(), EditError> {
    let subject = (action, "event", id.to_string());
    Ok(note(txn, clock, actor, subject, detail).await?)
}

/// Makes a draft.
///
/// # Errors
/// [`EditError::NotTheirStrand`], or the database fails.
#[tracing::instrument(name = "events.create", skip_all)]
pub(crate) async fn create(
    clock: &Clock,
    db: &Db,
    who: &Principal,
    input: EventInput,
) -> Result<EventId, EditError> {
    let (clock, who) = (clock.clone(), who.clone());
    db.write(async move |txn| {
        make(txn, &clock, &who, &input.event, &input.materials, json!({})).await
    })
    .await
}

async fn make(
    txn: &Transaction,
    clock: &Clock,
    who: &Principal,
    new: &NewEvent,
    materials: &[NewMaterial],
    detail: serde_json::Value,
) -> Result<EventId, EditError> {
    if !strands_of(txn, who).await?.has(&new.strand) {
        return Err(EditError::NotTheirStrand);
    }
    let id = store::insert(txn, clock, who.account_id, new).await?;
    store::set_materials(txn, clock, id, materials).await?;
    note_event(txn, clock, who.account_id, ("event.created", id), detail).await?;
    Ok(id)
}

/// Whether participants have to be told, and calendars: time or place are others.
fn is_moved(before: &NewEvent, after: &NewEvent) -> bool {
    let told = |session: &NewSession| NewSession {
        accessibility: String::new(),
        remote_url: String::new(),
        ..session.clone()
    };
    let told = |event: &NewEvent| event.sessions.iter().map(told).collect::<Vec<_>>();
    told(before) != told(after)
}

/// Changes an event. `form` is the form as it was sent, which knows what was stored when it was opened.
///
/// # Errors
/// See [`EditError`].
#[tracing::instrument(name = "events.update", skip_all, fields(event.id = %id))]
pub(crate) async fn update(
    state: &State,
    who: &Principal,
    id: EventId,
    form: EventForm,
    input: EventInput,
) -> Result<(), EditError> {
    let (clock, on_change, who) = (
        state.clock.clone(),
        std::sync::Arc::clone(&state.on_change),
        who.clone(),
    );
    state
        .db
        .write(async move |txn| update_in(txn, &clock, &*on_change, &who, id, &form, &input).await)
        .await?;
    state.jobs.wake();
    Ok(())
}

async fn update_in(
    txn: &Transaction,
    clock: &Clock,
    on_change: &dyn OnEventChange,
    who: &Principal,
    id: EventId,
    form: &EventForm,
    input: &EventInput,
) -> Result<(), EditError> {
    let (lock, before) = locked(txn, who, id).await?;
    let new = &input.event;
    if before.row.status == EventStatus::Cancelled {
        return Err(EditError::OtherState);
    }
    if !strands_of(txn, who).await?.has(&new.strand) {
        return Err(EditError::NotTheirStrand);
    }
    let materials = store::materials(txn, id).await?;
    let changed = form.changed_meanwhile(&EventForm::of(&before, &materials));
    if !changed.is_empty() {
        let stored = Stored {
            event: before,
            materials,
        };
        return Err(EditError::Stale(changed, Box::new(stored)));
    }
    let is_announced = before.row.status != EventStatus::Draft;
    let missing = if is_announced {
        new.missing()
    } else {
        Vec::new()
    };
    if !missing.is_empty() {
        return Err(EditError::Lacks(missing));
    }
    let moved = is_announced && is_moved(&NewEvent::of(&before), new);
    store::update(&lock, clock, new, &input.session_ids, moved).await?;
    store::set_materials(txn, clock, id, &input.materials).await?;
    if before.row.capacity != new.capacity {
        on_change.resize(&lock, clock, new.capacity).await?;
    }
    if moved {
        let after = store::find(txn, id).await?.ok_or(EditError::NoEvent)?;
        on_change.changed(&lock, &before, &after, clock).await?;
    }
    let detail = json!({
        "status": status_slug(before.row.status),
        "capacity": [before.row.capacity, new.capacity],
        "moved": moved,
    });
    note_event(txn, clock, who.account_id, ("event.changed", id), detail).await
}

/// What an event lacks before it can be announced now.
#[must_use]
pub(crate) fn missing(event: &Event, now: DateTime<Utc>) -> Vec<Missing> {
    let mut missing = NewEvent::of(event).missing();
    let lacks = |field, key| Missing {
        session: None,
        field,
        key,
    };
    if event.row.starts_at <= now {
        missing.push(lacks("day", "event-lacks-future"));
    } else if event.closes_at() <= now {
        missing.push(lacks("closes_day", "event-lacks-window"));
    }
    missing
}

/// Announces a draft. Announced before, nothing changes.
///
/// # Errors
/// See [`EditError`].
#[tracing::instrument(name = "events.announce", skip_all, fields(event.id = %id))]
pub(crate) async fn announce(
    clock: &Clock,
    db: &Db,
    who: &Principal,
    id: EventId,
) -> Result<(), EditError> {
    let (clock, who) = (clock.clone(), who.clone());
    db.write(async move |txn| {
        let (lock, event) = locked(txn, &who, id).await?;
        match event.row.status {
            EventStatus::Draft => {}
            EventStatus::Published => return Ok(()),
            EventStatus::Cancelled | EventStatus::Finished => return Err(EditError::OtherState),
        }
        let missing = missing(&event, clock.now());
        if !missing.is_empty() {
            return Err(EditError::Lacks(missing));
        }
        store::publish(&lock, clock.now()).await?;
        let what = ("event.announced", id);
        note_event(txn, &clock, who.account_id, what, json!({})).await
    })
    .await
}

/// Cancels an announced event; everybody registered and waiting is told. Cancelled before, nothing changes.
///
/// # Errors
/// See [`EditError`].
#[tracing::instrument(name = "events.cancel", skip_all, fields(event.id = %id))]
pub(crate) async fn cancel(
    state: &State,
    who: &Principal,
    id: EventId,
    reason: CancelReason,
) -> Result<(), EditError> {
    let (clock, on_change, who) = (
        state.clock.clone(),
        std::sync::Arc::clone(&state.on_change),
        who.clone(),
    );
    state
        .db
        .write(async move |txn| {
            let (lock, event) = locked(txn, &who, id).await?;
            match event.row.status {
                EventStatus::Published => {}
                EventStatus::Cancelled => return Ok(()),
                EventStatus::Draft | EventStatus::Finished => return Err(EditError::OtherState),
            }
            if event.row.ends_at <= clock.now() {
                return Err(EditError::OtherState);
            }
            store::set_cancelled(&lock, clock.now(), reason.as_str()).await?;
            on_change.cancelled(&lock, &event, &clock).await?;
            let what = ("event.cancelled", id);
            note_event(txn, &clock, who.account_id, what, json!({})).await
        })
        .await?;
    state.jobs.wake();
    Ok(())
}

/// Makes a draft like an event, whose first session is on this day. Its other times move by as many days and keep
/// their times of day.
///
/// # Errors
/// See [`EditError`].
#[tracing::instrument(name = "events.duplicate", skip_all, fields(event.id = %id))]
pub(crate) async fn duplicate(
    clock: &Clock,
    db: &Db,
    who: &Principal,
    id: EventId,
    first_day: NaiveDate,
) -> Result<EventId, EditError> {
    let (clock, who) = (clock.clone(), who.clone());
    db.write(async move |txn| {
        let event = for_organiser(txn, &who, id).await?;
        let event = event.ok_or(EditError::NoEvent)?;
        let mut new = NewEvent::of(&event);
        let days = (first_day - Lang::riga_date(event.row.starts_at)).num_days();
        for at in new
            .sessions
            .iter_mut()
            .flat_map(|session| [&mut session.starts_at, &mut session.ends_at])
            .chain(new.opens_at.as_mut())
            .chain(new.closes_at.as_mut())
            .chain(new.cancel_until.as_mut())
        {
            *at = days_later(*at, days);
        }
        let materials = store::materials(txn, id).await?;
        let materials: Vec<NewMaterial> = materials
            .into_iter()
            .map(|material| NewMaterial {
                title: material.title,
                url: material.url,
            })
            .collect();
        let detail = json!({ "like": id.to_string() });
        make(txn, &clock, &who, &new, &materials, detail).await
    })
    .await
}

/// Deletes a draft.
///
/// # Errors
/// See [`EditError`].
#[tracing::instrument(name = "events.delete", skip_all, fields(event.id = %id))]
pub(crate) async fn delete(
    clock: &Clock,
    db: &Db,
    who: &Principal,
    id: EventId,
) -> Result<(), EditError> {
    let (clock, who) = (clock.clone(), who.clone());
    db.write(async move |txn| {
        let (lock, event) = locked(txn, &who, id).await?;
        if event.row.status != EventStatus::Draft {
            return Err(EditError::OtherState);
        }
        store::delete(&lock).await?;
        let detail = json!({ "kind": event.row.kind, "strand": event.row.strand });
        note_event(txn, &clock, who.account_id, ("event.deleted", id), detail).await
    })
    .await
}
