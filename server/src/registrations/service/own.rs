//! A person's own registrations.

use std::collections::BTreeSet;

use sea_orm::DbErr;

use crate::{
    db::Transaction,
    events::{self, Event, EventStatus},
    ids::{PersonId, RegistrationId},
    mail::Email,
    people,
    registrations::{
        link,
        model::{EndCause, Registration, RegistrationState, is_active},
        state::State,
        store,
    },
};

/// A registration of a person, with its event.
#[derive(Debug, Clone)]
pub(in crate::registrations) struct Own {
    /// The event.
    pub event: Event,
    /// The registration.
    pub registration: Registration,
    /// How many wait before it, if it waits.
    pub before: u64,
}

/// The registrations of a person: what is still to come, the soonest first, and where they had a place, the latest
/// first.
#[derive(Debug, Clone, Default)]
pub(in crate::registrations) struct OwnEvents {
    /// Those in force, and those of cancelled events, before the event is over.
    pub coming: Vec<Own>,
    /// Those with a place, after it.
    pub past: Vec<Own>,
}

/// The registrations of a person.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "registrations.own", skip_all)]
pub(in crate::registrations) async fn own(
    state: &State,
    person_id: PersonId,
) -> Result<OwnEvents, DbErr> {
    let (db, now) = (state.db.read(), state.clock.now());
    let rows = store::own::of_person(db, person_id).await?;
    let ids: BTreeSet<_> = rows.iter().map(|row| row.event_id).collect();
    let events = events::find_all(db, &ids).await?;
    let mut own = OwnEvents::default();
    for registration in rows {
        let Some(event) = events
            .iter()
            .find(|event| event.row.id == registration.event_id)
        else {
            continue;
        };
        let is_over = event.row.ends_at <= now || event.row.status == EventStatus::Finished;
        // What is overdue has ended, although the periodic task has not noted it yet.
        let is_overdue = registration.expires_at.is_some_and(|until| until <= now);
        let is_in_force = is_active(registration.state) && !is_overdue;
        let is_of_cancelled = registration.end_cause == Some(EndCause::EventCancelled);
        let has_place = registration.state == RegistrationState::Registered;
        let before = match registration.state {
            RegistrationState::Waiting if !is_over => {
                let (id, number) = (event.row.id, registration.number);
                store::count_waiting_before(db, id, number).await?
            }
            _ => 0,
        };
        let one = Own {
            event: event.clone(),
            registration,
            before,
        };
        if is_over && has_place {
            own.past.push(one);
        } else if !is_over && (is_in_force || is_of_cancelled) {
            own.coming.push(one);
        }
    }
    own.coming.sort_by_key(|one| one.event.row.starts_at);
    own.past
        .sort_by_key(|one| std::cmp::Reverse(one.event.row.starts_at));
    Ok(own)
}

/// The token of the link of a person's registration; `None` if they have none of this id.
///
/// # Errors
/// The database fails.
pub(in crate::registrations) async fn token_of(
    state: &State,
    person_id: PersonId,
    id: RegistrationId,
) -> Result<Option<String>, DbErr> {
    let found = store::find(state.db.read(), id).await?;
    let own = found.filter(|row| row.person_id == person_id);
    Ok(own.map(|row| link::token(&state.secret, &row)))
}

/// An address is confirmed as that of a person with an account, in the caller's transaction: the registrations that were
/// made for it before, whether they were confirmed or not, are theirs. One that still has to be confirmed stays so.
///
/// # Errors
/// The database fails.
pub async fn take_over(txn: &Transaction, person_id: PersonId, email: &Email) -> Result<(), DbErr> {
    let guest = people::guest_with(txn, email).await?;
    let Some(guest) = guest.filter(|guest| *guest != person_id) else {
        return Ok(());
    };
    people::lock_all(txn, &[guest, person_id].into()).await?;
    let count = store::own::give_to(txn, guest, person_id).await?;
    tracing::info!(count, "registrations of a confirmed address");
    Ok(())
}
