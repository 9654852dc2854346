//! Who gets a place. Every function takes the lock of the event's places, first lets what is overdue expire, and
//! at the end fills free places from the waiting list.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    model::{
        ACTIVE, Cancelled, EndCause, LAST_PROMOTION, NewRegistration, Outcome, PENDING_TIME,
        PlaceCounts, Registration, RegistrationState, is_active, offered_until,
    },
    store,
};
use crate::{
    clock::Clock,
    db::IDS_AT_ONCE,
    events::{self, Event, EventLock, EventStatus},
    ids::{EventId, PersonId, RegistrationId},
    people,
};

/// Why something about a registration is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The event is not announced, was cancelled, or is over.
    #[error("the event takes no registrations")]
    NotOffered,
    /// Registration has not opened yet.
    #[error("registration opens at {0}")]
    NotYet(DateTime<Utc>),
    /// Registration has closed.
    #[error("registration closed at {0}")]
    Closed(DateTime<Utc>),
    /// The deadline for cancelling and changing by oneself has passed.
    #[error("the deadline was {0}")]
    TooLate(DateTime<Utc>),
    /// The registration has ended: it was cancelled, or not confirmed in time.
    #[error("the registration has ended")]
    Ended,
    /// All of a group were to get places, and there are fewer.
    #[error("{free} places are free")]
    NotAllFit {
        /// How many are free.
        free: u64,
    },
    /// An account has registered many people just now.
    #[error("at most {most} people in 24 hours")]
    TooManyToday {
        /// How many it may in 24 hours.
        most: u64,
    },
    /// The registration has no place yet that somebody could take over.
    #[error("the registration has no place")]
    NoPlace,
    /// The registration names no organisation, of which a substitute would have to be.
    #[error("the registration names no organisation")]
    NoOrganisation,
    /// The person who is to take over is registered already.
    #[error("the substitute is registered already")]
    SubstituteIsRegistered,
    /// The event is for people of certain organisations, and none was named.
    #[error("the event needs an organisation")]
    NeedsOrganisation,
    /// The event is for people of other organisations.
    #[error("the event is for another audience")]
    OtherAudience,
    /// Fewer places than are taken.
    #[error("{taken} places are taken")]
    Taken {
        /// How many are taken.
        taken: u64,
    },
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// What else a change of places did; the people are told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Effects {
    /// Those from the waiting list who got a place: their registrations as they are now, `registered`, or `offered`
    /// until `expires_at`.
    pub promoted: Vec<Registration>,
    /// Those that were not confirmed or not taken in time.
    pub expired: Vec<Registration>,
}

/// Why nobody is promoted although a place is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromotionLimit {
    /// The event is not announced, or was cancelled or finished.
    NotPublished,
    /// It begins too soon, or has begun.
    TooSoon,
}

/// Whether somebody may be promoted now.
#[must_use]
pub fn promotion_limit(event: &Event, now: DateTime<Utc>) -> Option<PromotionLimit> {
    if event.row.status != EventStatus::Published {
        return Some(PromotionLimit::NotPublished);
    }
    (event.row.starts_at - now < LAST_PROMOTION).then_some(PromotionLimit::TooSoon)
}

/// How many places there are, and who has them. What is overdue but not settled yet still holds its place.
///
/// # Errors
/// The database fails.
pub async fn counts(
    db: &impl ConnectionTrait,
    event_id: EventId,
    capacity: i32,
) -> Result<PlaceCounts, DbErr> {
    let counted = counts_of(db, &[(event_id, capacity)]).await?;
    Ok(counted.into_values().next().unwrap_or_default())
}

/// The same for several events, each with its number of places.
///
/// # Errors
/// The database fails.
pub async fn counts_of(
    db: &impl ConnectionTrait,
    events: &[(EventId, i32)],
) -> Result<BTreeMap<EventId, PlaceCounts>, DbErr> {
    let mut all: BTreeMap<EventId, PlaceCounts> = events
        .iter()
        .map(|(id, capacity)| (*id, PlaceCounts::of_capacity(*capacity)))
        .collect();
    for some in events.chunks(IDS_AT_ONCE) {
        let ids = some.iter().map(|(id, _)| *id);
        for (id, state, holds_place, number) in store::count_by_event(db, ids).await? {
            if let Some(counts) = all.get_mut(&id) {
                counts.add(state, holds_place, number);
            }
        }
    }
    Ok(all)
}

/// Under the lock, the event as it is now.
async fn current(event: &EventLock<'_>) -> Result<Event, DbErr> {
    events::find(event.txn(), event.id())
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("event".to_owned()))
}

/// Ends what was not confirmed or not taken in time, then gives free places to those who wait, in the order of
/// their numbers. Returns those who got one.
///
/// # Errors
/// The database fails.
pub async fn settle(event: &EventLock<'_>, now: DateTime<Utc>) -> Result<Effects, DbErr> {
    let expired = expire(event, now).await?;
    let promoted = fill(event, now).await?;
    Ok(Effects { promoted, expired })
}

async fn expire(event: &EventLock<'_>, now: DateTime<Utc>) -> Result<Vec<Registration>, DbErr> {
    let overdue = store::overdue(event, now).await?;
    let people = overdue.iter().map(|row| row.person_id);
    lock_people(event, people).await?;
    let mut expired = Vec::with_capacity(overdue.len());
    for row in overdue {
        let cause = match row.state {
            RegistrationState::Offered => EndCause::OfferNotTaken,
            _ => EndCause::NotConfirmed,
        };
        let ended_at = row.expires_at.unwrap_or(now);
        expired.push(store::end(event, row.id, RegistrationState::Expired, cause, ended_at).await?);
    }
    Ok(expired)
}

async fn fill(event: &EventLock<'_>, now: DateTime<Utc>) -> Result<Vec<Registration>, DbErr> {
    let current = current(event).await?;
    if promotion_limit(&current, now).is_some() {
        return Ok(Vec::new());
    }
    let free = counts(event.txn(), event.id(), current.row.capacity)
        .await?
        .free();
    if free == 0 {
        return Ok(Vec::new());
    }
    let next = store::first_waiting(event, free).await?;
    lock_people(event, next.iter().map(|row| row.person_id)).await?;
    let offered_until = offered_until(&current, now);
    let mut promoted = Vec::with_capacity(next.len());
    for row in next {
        let registration = match offered_until {
            Some(until) => store::offer(event, row, until).await?,
            None => store::give_place(event, row, now).await?,
        };
        promoted.push(registration);
    }
    Ok(promoted)
}

async fn filled(
    event: &EventLock<'_>,
    now: DateTime<Utc>,
    expired: Vec<Registration>,
) -> Result<Effects, DbErr> {
    let promoted = fill(event, now).await?;
    Ok(Effects { promoted, expired })
}

/// Locks the records of people, whose pages show their registrations.
async fn lock_people(
    event: &EventLock<'_>,
    ids: impl Iterator<Item = PersonId>,
) -> Result<(), DbErr> {
    let ids: BTreeSet<PersonId> = ids.collect();
    people::lock_all(event.txn(), &ids).await.map(drop)
}

/// Whether a registration can be made now.
fn check_open(event: &Event, new: &NewRegistration, now: DateTime<Utc>) -> Result<(), Refused> {
    if !new.is_by_organiser() {
        return check_window(event, now);
    }
    let is_offered = event.row.status == EventStatus::Published && now < event.row.ends_at;
    if is_offered {
        Ok(())
    } else {
        Err(Refused::NotOffered)
    }
}

/// Whether people can register by themselves now.
///
/// # Errors
/// Why not.
pub(super) fn check_window(event: &Event, now: DateTime<Utc>) -> Result<(), Refused> {
    if event.row.status != EventStatus::Published {
        return Err(Refused::NotOffered);
    }
    match event.row.opens_at {
        Some(opens_at) if now < opens_at => return Err(Refused::NotYet(opens_at)),
        _ => {}
    }
    let closes_at = event.closes_at();
    if now < closes_at {
        Ok(())
    } else {
        Err(Refused::Closed(closes_at))
    }
}

/// Registers a person: with a place if one is free and nobody waits, else on the waiting list. Whoever has to
/// confirm their address first keeps their turn and, if there was one, the place for [`PENDING_TIME`]. Returns
/// also those who got a place because something was overdue.
///
/// # Errors
/// The event takes no registrations now.
pub async fn register(
    event: &EventLock<'_>,
    clock: &Clock,
    new: &NewRegistration,
) -> Result<(Outcome, Effects), Refused> {
    let now = clock.now();
    let effects = settle(event, now).await?;
    if let Some(existing) = store::active_of(event.txn(), event.id(), new.person_id).await? {
        return Ok((Outcome::Already(Box::new(existing)), effects));
    }
    let current = current(event).await?;
    check_open(&current, new, now)?;
    lock_people(event, std::iter::once(new.person_id)).await?;
    let has_place = has_place_for_all(event).await?;
    let (state, expires_at) = if new.needs_confirmation() {
        (RegistrationState::Pending, Some(now + PENDING_TIME))
    } else if has_place {
        (RegistrationState::Registered, None)
    } else {
        (RegistrationState::Waiting, None)
    };
    let number = events::next_number(event).await?;
    let row = store::insert(event, clock, new, (number, state, has_place, expires_at)).await?;
    Ok((Outcome::Made(Box::new(row)), effects))
}

/// A registration of this event that is in force.
async fn active(event: &EventLock<'_>, id: RegistrationId) -> Result<Registration, Refused> {
    store::find(event.txn(), id)
        .await?
        .filter(|row| row.event_id == event.id() && is_active(row.state))
        .ok_or(Refused::Ended)
}

/// The address of a registration is confirmed: it gets the place it held, or joins the waiting list with its
/// number. Confirmed before, nothing changes.
///
/// # Errors
/// [`Refused::Ended`] if it was not confirmed in time, or cancelled.
pub async fn confirm(
    event: &EventLock<'_>,
    clock: &Clock,
    id: RegistrationId,
) -> Result<(Registration, Effects), Refused> {
    let now = clock.now();
    let effects = settle(event, now).await?;
    let row = active(event, id).await?;
    if row.state != RegistrationState::Pending {
        return Ok((row, effects));
    }
    lock_people(event, std::iter::once(row.person_id)).await?;
    let row = if row.holds_place || has_place_for_all(event).await? {
        store::give_place(event, row, now).await?
    } else {
        store::wait(event, row).await?
    };
    Ok((row, effects))
}

/// Whether a place is free for which nobody waits.
async fn has_place_for_all(event: &EventLock<'_>) -> Result<bool, DbErr> {
    let capacity = current(event).await?.row.capacity;
    let counts = counts(event.txn(), event.id(), capacity).await?;
    Ok(counts.free() > 0 && counts.waiting == 0)
}

/// Takes an offered place. Taken before, nothing changes.
///
/// # Errors
/// [`Refused::Ended`] if the offer has ended.
pub async fn accept(
    event: &EventLock<'_>,
    clock: &Clock,
    id: RegistrationId,
) -> Result<(Registration, Effects), Refused> {
    let now = clock.now();
    let expired = expire(event, now).await?;
    let row = active(event, id).await?;
    let row = if row.state == RegistrationState::Offered {
        lock_people(event, std::iter::once(row.person_id)).await?;
        store::give_place(event, row, now).await?
    } else {
        row
    };
    Ok((row, filled(event, now, expired).await?))
}

/// Declines an offered place; it goes to the next.
///
/// # Errors
/// The database fails.
pub async fn decline(
    event: &EventLock<'_>,
    clock: &Clock,
    id: RegistrationId,
) -> Result<(Cancelled, Effects), Refused> {
    cancel(event, clock, id, EndCause::OfferDeclined).await
}

/// Cancels a registration; a place that it had goes to the next on the waiting list.
///
/// # Errors
/// The database fails, or no registration of this event has the id.
pub async fn cancel(
    event: &EventLock<'_>,
    clock: &Clock,
    id: RegistrationId,
    cause: EndCause,
) -> Result<(Cancelled, Effects), Refused> {
    let now = clock.now();
    let expired = expire(event, now).await?;
    let cancelled = match active(event, id).await {
        Ok(row) => {
            lock_people(event, std::iter::once(row.person_id)).await?;
            let row = store::end(event, row.id, RegistrationState::Cancelled, cause, now).await?;
            Cancelled::Now(Box::new(row))
        }
        Err(Refused::Ended) => Cancelled::Before,
        Err(error) => return Err(error),
    };
    Ok((cancelled, filled(event, now, expired).await?))
}

/// Cancels every registration in force, also of those who wait, because the event is cancelled. Returns them as
/// they were before.
///
/// # Errors
/// The database fails.
pub async fn cancel_all(
    event: &EventLock<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<Registration>, DbErr> {
    expire(event, now).await?;
    let rows = store::in_states(event, &ACTIVE).await?;
    lock_people(event, rows.iter().map(|row| row.person_id)).await?;
    for row in &rows {
        let (state, cause) = (RegistrationState::Cancelled, EndCause::EventCancelled);
        store::end(event, row.id, state, cause, now).await?;
    }
    Ok(rows)
}

/// Another person takes over the place of a registration, with its number; the waiting list is not touched.
///
/// # Errors
/// The registration has ended, or the other person is registered already.
pub async fn substitute(
    event: &EventLock<'_>,
    clock: &Clock,
    id: RegistrationId,
    new: &NewRegistration,
) -> Result<(Registration, Effects), Refused> {
    let now = clock.now();
    let expired = expire(event, now).await?;
    let row = active(event, id).await?;
    if store::active_of(event.txn(), event.id(), new.person_id)
        .await?
        .is_some()
    {
        return Err(Refused::SubstituteIsRegistered);
    }
    lock_people(event, [row.person_id, new.person_id].into_iter()).await?;
    let (state, cause) = (RegistrationState::Cancelled, EndCause::Substituted);
    store::end(event, row.id, state, cause, now).await?;
    let number = events::next_number(event).await?;
    let taken_over = store::insert_substitute(event, clock, new, &row, number).await?;
    Ok((taken_over, filled(event, now, expired).await?))
}

/// Changes the number of places. More places go to those who wait.
///
/// # Errors
/// [`Refused::Taken`] if more are taken.
pub async fn resize(
    event: &EventLock<'_>,
    now: DateTime<Utc>,
    capacity: i32,
) -> Result<Effects, Refused> {
    let expired = expire(event, now).await?;
    let taken = counts(event.txn(), event.id(), capacity).await?.taken;
    if u64::try_from(capacity).unwrap_or_default() < taken {
        return Err(Refused::Taken { taken });
    }
    events::set_capacity(event, capacity).await?;
    Ok(filled(event, now, expired).await?)
}
