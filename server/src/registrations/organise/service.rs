//! What organisers see of registrations, and what they do with them.

use chrono::{DateTime, Utc};
use sea_orm::DbErr;

use super::{list::RegistrationsQuery, model::Requests, store};
use crate::{
    accounts, audit,
    events::{self, Event, EventLock},
    ids::{AccountId, EventId, OrganisationId, RegistrationId},
    list::{Extent, FoundRows},
    organisations::{self, Organisation},
    people,
    principal::Principal,
    registrations::{
        Cancelled, EndCause, Needs, PlaceCounts, Refused, Registration, RegistrationState, State,
        mails::{self, Cause},
        model::is_active,
        needs, places,
        service::{cause_of, current, end_in, lock, note},
        store::count_by_event,
        waiting_numbers,
    },
};

/// How many of those who wait the board names.
const WAITING_SHOWN: u64 = 5;

/// What the board of an event says of its registrations.
#[derive(Debug, Clone, Default)]
pub(super) struct Board {
    /// The places.
    pub counts: PlaceCounts,
    /// How many have not confirmed their addresses, whether they hold a place or not.
    pub unconfirmed: u64,
    /// The first on the waiting list.
    pub waiting: Vec<Registration>,
    /// What those with a place asked for.
    pub requests: Requests,
    /// How many others in force asked for something.
    pub other_requests: u64,
    /// When the first of the offers ends.
    pub offered_until: Option<DateTime<Utc>>,
}

/// The board of an event.
///
/// # Errors
/// The database fails, or a key of encrypted fields is missing.
#[tracing::instrument(name = "registrations.board", skip_all, fields(event.id = %event.row.id))]
pub(super) async fn board(state: &State, event: &Event) -> Result<Board, DbErr> {
    let (db, id) = (state.db.read(), event.row.id);
    let mut counts = PlaceCounts::of_capacity(event.row.capacity);
    let mut unconfirmed = 0;
    for (_, state, holds_place, number) in count_by_event(db, [id]).await? {
        counts.add(state, holds_place, number);
        if state == RegistrationState::Pending {
            unconfirmed += u64::try_from(number).unwrap_or_default();
        }
    }
    let waiting = if counts.waiting > 0 {
        store::first_waiting(db, id, WAITING_SHOWN).await?
    } else {
        Vec::new()
    };
    let offered_until = if counts.offered > 0 {
        store::first_offer_ends(db, id).await?
    } else {
        None
    };
    let asked = needs::in_force(db, &state.field_keys, id).await?;
    let (with_place, others): (Vec<_>, Vec<_>) = asked.iter().partition(|(row, _)| row.holds_place);
    Ok(Board {
        counts,
        unconfirmed,
        waiting,
        requests: Requests::sum(with_place.into_iter().map(|(_, needs)| needs)),
        other_requests: others.len() as u64,
        offered_until,
    })
}

/// A registration in the list.
#[derive(Debug, Clone)]
pub(super) struct Listed {
    /// The registration.
    pub row: Registration,
    /// For which organisation they come.
    pub organisation: Option<Organisation>,
    /// What they asked for; nothing if it was not read.
    pub needs: Needs,
    /// Their place on the waiting list, from 1.
    pub queue_place: Option<u32>,
}

/// The registrations of an event that match a query, with what was asked for on a page.
///
/// # Errors
/// The database fails, or a key of encrypted fields is missing.
#[tracing::instrument(name = "registrations.list", skip_all, fields(event.id = %event_id))]
pub(super) async fn list(
    state: &State,
    event_id: EventId,
    query: &RegistrationsQuery,
    extent: Extent,
) -> Result<FoundRows<Listed>, DbErr> {
    let db = state.db.read();
    let found = store::matching(db, event_id, query, extent).await?;
    let is_waiting = |row: &Registration| row.state == RegistrationState::Waiting;
    let queue = if found.rows.iter().any(|(row, _)| is_waiting(row)) {
        waiting_numbers(db, event_id).await?
    } else {
        Vec::new()
    };
    let mut asked = match extent {
        Extent::Page(_) => {
            let ids = found.rows.iter().map(|(row, _)| row.id);
            needs::of(db, &state.field_keys, ids).await?
        }
        Extent::All => Vec::new(),
    };
    Ok(found.map(|(row, organisation)| {
        let own = asked.iter().position(|(id, _)| *id == row.id);
        let needs = own.map(|index| asked.swap_remove(index).1);
        Listed {
            queue_place: is_waiting(&row)
                .then(|| queue.binary_search(&row.number).ok())
                .flatten()
                .and_then(|index| u32::try_from(index + 1).ok()),
            row,
            organisation,
            needs: needs.unwrap_or_default(),
        }
    }))
}

/// What those in force asked for at an event, each with the number of the registration.
///
/// # Errors
/// The database fails, or a key of encrypted fields is missing.
#[tracing::instrument(name = "registrations.requests", skip_all, fields(event.id = %event_id))]
pub(super) async fn requests(
    state: &State,
    event_id: EventId,
) -> Result<Vec<(Registration, Needs)>, DbErr> {
    needs::in_force(state.db.read(), &state.field_keys, event_id).await
}

/// A registration with everything that its organisers see.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// The registration, with its organisation, needs and place in the queue.
    pub listed: Listed,
    /// The name of whoever made it for them.
    pub made_by: Option<String>,
    /// The name of the organiser who cancelled it.
    pub cancelled_by: Option<String>,
}

/// A registration of an event; `None` if it has none of this id.
///
/// # Errors
/// The database fails, or a key of encrypted fields is missing.
#[tracing::instrument(name = "registrations.one", skip_all, fields(registration.id = %id))]
pub(super) async fn one(
    state: &State,
    event_id: EventId,
    id: RegistrationId,
) -> Result<Option<Seen>, DbErr> {
    let db = state.db.read();
    let Some(row) = crate::registrations::find_of(db, event_id, id).await? else {
        return Ok(None);
    };
    let organisation = organisation(state, row.organisation_id).await?;
    let asked = needs::of(db, &state.field_keys, [id]).await?;
    let queue_place = if row.state == RegistrationState::Waiting {
        let queue = waiting_numbers(db, event_id).await?;
        let index = queue.binary_search(&row.number).ok();
        index.and_then(|index| u32::try_from(index + 1).ok())
    } else {
        None
    };
    let made_by = name_of(state, row.registered_by).await?;
    let cancelled_by = if row.end_cause == Some(EndCause::Organiser) {
        let subject = ("registration", id.to_string());
        let noted = audit::about(&state.db, subject, "registration.cancelled").await?;
        let actor = noted.last().and_then(|entry| entry.actor_account_id);
        name_of(state, actor).await?
    } else {
        None
    };
    let needs = asked.into_iter().next().map(|(_, needs)| needs);
    Ok(Some(Seen {
        listed: Listed {
            row,
            organisation,
            needs: needs.unwrap_or_default(),
            queue_place,
        },
        made_by,
        cancelled_by,
    }))
}

async fn organisation(
    state: &State,
    id: Option<OrganisationId>,
) -> Result<Option<Organisation>, DbErr> {
    match id {
        Some(id) => organisations::find(state.db.read(), id).await,
        None => Ok(None),
    }
}

/// The name of the person behind an account; `None` if there is none any more.
async fn name_of(state: &State, account_id: Option<AccountId>) -> Result<Option<String>, DbErr> {
    let Some(account_id) = account_id else {
        return Ok(None);
    };
    let db = state.db.read();
    let Some(person_id) = accounts::person_of(db, account_id).await? else {
        return Ok(None);
    };
    let name = people::full_name(db, person_id).await?;
    Ok(Some(name).filter(|name| !name.is_empty()))
}

/// What an organiser does with registrations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Cancels them; the text is told in the mails, if it says anything.
    Cancel(String),
    /// Confirms them in place of guests who did not open the mailed link.
    Confirm,
    /// Sends the mail with the link again.
    Resend,
}

/// How many registrations were changed, and how many not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Changed {
    /// Those that were changed, or written to.
    pub done: usize,
    /// Those with nothing to do: cancelled before, confirmed before.
    pub unchanged: usize,
    /// Those that have ended, so that it cannot be done.
    pub refused: usize,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub(super) enum ChangeError {
    /// There is no such event for them.
    #[error("no such event")]
    NoEvent,
    /// The event is not announced, was cancelled, or is over.
    #[error("the event takes no changes")]
    Over,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Changes registrations of an event in one transaction. Repeated, it changes nothing; a mail is sent again once a
/// minute.
///
/// # Errors
/// See [`ChangeError`].
#[tracing::instrument(name = "registrations.change", skip_all, fields(event.id = %event_id))]
pub(super) async fn change(
    state: &State,
    who: &Principal,
    event_id: EventId,
    (ids, change): (&[RegistrationId], Change),
) -> Result<Changed, ChangeError> {
    let (within, who, ids) = (state.clone(), who.clone(), ids.to_vec());
    let changed = state
        .db
        .write::<_, ChangeError>(async move |txn| {
            let event = match lock(txn, event_id).await {
                Ok(event) => event,
                Err(Refused::Database(error)) => return Err(error.into()),
                Err(_) => return Err(ChangeError::NoEvent),
            };
            let announced = events::for_organiser(txn, &who, event_id).await?;
            let announced = announced.ok_or(ChangeError::NoEvent)?;
            if !can_change(&announced, within.clock.now()) {
                return Err(ChangeError::Over);
            }
            change_in(&event, &within, (&ids, &change), who.account_id).await
        })
        .await?;
    state.jobs.wake();
    Ok(changed)
}

/// Whether registrations of an event are still made and changed by organisers.
#[must_use]
pub(super) fn can_change(event: &Event, now: DateTime<Utc>) -> bool {
    event.row.status == events::EventStatus::Published && now < event.row.ends_at
}

async fn change_in(
    event: &EventLock<'_>,
    state: &State,
    (ids, change): (&[RegistrationId], &Change),
    actor: AccountId,
) -> Result<Changed, ChangeError> {
    let mut rows = store::by_ids(event.txn(), event.id(), ids).await?;
    let mut changed = Changed {
        refused: ids.len() - rows.len(),
        ..Changed::default()
    };
    // Whoever waits is cancelled first: a place that becomes free is not offered to somebody who is cancelled next.
    rows.sort_by_key(|row| row.holds_place);
    for row in rows {
        let count = match change {
            Change::Cancel(why) => match end_in(event, state, row.id, (actor, why)).await {
                Ok(Some(Cancelled::Now(_))) => &mut changed.done,
                Ok(_) => &mut changed.unchanged,
                Err(error) => return Err(unexpected(error)),
            },
            Change::Confirm | Change::Resend if !is_active(row.state) => &mut changed.refused,
            Change::Confirm if row.state != RegistrationState::Pending => &mut changed.unchanged,
            Change::Confirm => {
                if confirm_in(event, state, &row, actor).await? {
                    &mut changed.done
                } else {
                    &mut changed.refused
                }
            }
            Change::Resend => {
                resend_in(event, state, &row, actor).await?;
                &mut changed.done
            }
        };
        *count += 1;
    }
    Ok(changed)
}

fn unexpected(refused: Refused) -> ChangeError {
    match refused {
        Refused::Database(error) => error.into(),
        other => DbErr::Custom(other.to_string()).into(),
    }
}

/// Confirms a registration for a guest, without saying that the address is theirs; `false` if it was not confirmed in
/// time.
async fn confirm_in(
    event: &EventLock<'_>,
    state: &State,
    row: &Registration,
    actor: AccountId,
) -> Result<bool, ChangeError> {
    let announced = current(event).await?;
    let (row, effects) = match places::confirm(event, &state.clock, row.id).await {
        Ok(confirmed) => confirmed,
        Err(Refused::Ended) => return Ok(false),
        Err(error) => return Err(unexpected(error)),
    };
    let txn = event.txn();
    mails::tell_effects(txn, state, &announced, &effects).await?;
    mails::tell(txn, state, &announced, &row, cause_of(row.state)).await?;
    note(event, state, "registration.confirmed", &row, Some(actor)).await?;
    Ok(true)
}

/// Sends the mail with the link again: to confirm, or to see and cancel.
async fn resend_in(
    event: &EventLock<'_>,
    state: &State,
    row: &Registration,
    actor: AccountId,
) -> Result<(), ChangeError> {
    let announced = current(event).await?;
    let cause = match row.state {
        RegistrationState::Pending => Cause::ConfirmOnceMore,
        _ => Cause::Link,
    };
    mails::tell(event.txn(), state, &announced, row, cause).await?;
    Ok(note(event, state, "registration.link-sent", row, Some(actor)).await?)
}

/// Those of the registrations of an event that are in force, in the order of their numbers.
///
/// # Errors
/// The database fails.
pub(super) async fn in_force(
    state: &State,
    event_id: EventId,
    ids: &[RegistrationId],
) -> Result<Vec<Registration>, DbErr> {
    let rows = store::by_ids(state.db.read(), event_id, ids).await?;
    Ok(rows
        .into_iter()
        .filter(|row| is_active(row.state))
        .collect())
}
