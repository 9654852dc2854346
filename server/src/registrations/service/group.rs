//! Somebody registers several people of their organisation at once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use sea_orm::DbErr;

use super::{add_in, check_deadline, current, lock, note, substitute::full_name};
use crate::{
    accounts::{self, AddedGuest},
    db::Transaction,
    events::{self, Event, EventLock},
    http::Lang,
    ids::{AccountId, EventId, OrganisationId, PersonId, RegistrationGroupId, RegistrationId},
    people::{self, NewGuest},
    registrations::{
        forms::{Colleague, RegistrationInput},
        mails::{self, Cause},
        model::{Cancelled, EndCause, Origin, Outcome, Registration, RegistrationState},
        needs::Needs,
        places::{self, Refused},
        state::State,
        store,
    },
};

/// The most people who are registered at once.
pub(in crate::registrations) const MOST_AT_ONCE: usize = 20;

/// The most people whom one account registers in 24 hours.
pub(in crate::registrations) const MOST_A_DAY: u64 = 100;

/// What happens if there are fewer free places than people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::registrations) enum GroupMode {
    /// Nobody is registered.
    All,
    /// The first get the places, and the others join the waiting list.
    Fit,
}

/// Who registers a group, and for which organisation.
#[derive(Debug, Clone)]
pub(in crate::registrations) struct Registrar {
    /// Their account.
    pub account_id: AccountId,
    /// Their name and that of the organisation: „Anna Bērziņa (Labklājības ministrija)”.
    pub about: String,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The language of mails to those who are registered.
    pub lang: Lang,
}

/// What came of it for each, in their order; and the group, if anybody was registered.
pub(in crate::registrations) type GroupOutcome = (RegistrationGroupId, Vec<Outcome>);

/// Registers people of an organisation together, in one transaction under the lock of the event: either every one
/// gets a place, or the first get those that are free. Each gets a mail that says who registered them. Whoever is
/// registered already stays as they are.
///
/// # Errors
/// [`Refused::NotAllFit`] if all should get places and there are too few; nobody is registered then.
#[tracing::instrument(name = "registrations.register_group", skip_all, fields(event.id = %event_id))]
pub(in crate::registrations) async fn register_group(
    state: &State,
    event_id: EventId,
    by: Registrar,
    (colleagues, mode): (Vec<Colleague>, GroupMode),
) -> Result<GroupOutcome, Refused> {
    let within = state.clone();
    let outcome = state
        .db
        .write(async move |txn: &Transaction| {
            let event = lock(txn, event_id).await?;
            register_in(&event, &within, &by, (&colleagues, mode)).await
        })
        .await?;
    state.jobs.wake();
    Ok(outcome)
}

async fn register_in(
    event: &EventLock<'_>,
    state: &State,
    by: &Registrar,
    (colleagues, mode): (&[Colleague], GroupMode),
) -> Result<GroupOutcome, Refused> {
    let txn = event.txn();
    let since = state.clock.now() - TimeDelta::hours(24);
    let made = store::group::count_made_by(txn, by.account_id, since).await?;
    if made + colleagues.len() as u64 > MOST_A_DAY {
        return Err(Refused::TooManyToday { most: MOST_A_DAY });
    }
    let people = people_of(txn, state, by, colleagues).await?;
    let announced = current(event).await?;
    let group_id: RegistrationGroupId = state.clock.new_id();
    let mut outcomes = Vec::with_capacity(colleagues.len());
    for colleague in colleagues {
        let (given_name, family_name) = colleague.names.clone();
        let input = RegistrationInput {
            person_id: people.get(colleague.email.as_str()).copied(),
            given_name,
            family_name,
            email: colleague.email.clone(),
            lang: by.lang,
            organisation_id: Some(by.organisation_id),
            role: colleague.role.clone(),
            needs: Needs::default(),
            origin: Origin::Group,
            group_id: Some(group_id),
            registered_by: Some(by.account_id),
        };
        let outcome = add_in(event, state, &input).await?;
        if let Outcome::Made(row) = &outcome {
            if mode == GroupMode::All && row.state != RegistrationState::Registered {
                let free = free_before(event, &announced, &outcomes).await?;
                return Err(Refused::NotAllFit { free });
            }
            let cause = match row.state {
                RegistrationState::Registered => Cause::GroupRegistered,
                _ => Cause::GroupWaiting,
            };
            mails::tell_about(txn, state, &announced, (row, cause), &by.about).await?;
        }
        outcomes.push(outcome);
    }
    Ok((group_id, outcomes))
}

/// How many places were free before these were registered.
async fn free_before(
    event: &EventLock<'_>,
    announced: &Event,
    outcomes: &[Outcome],
) -> Result<u64, DbErr> {
    let capacity = announced.row.capacity;
    let counts = places::counts(event.txn(), event.id(), capacity).await?;
    let made = |outcome: &&Outcome| matches!(outcome, Outcome::Made(_));
    let made = outcomes.iter().filter(made).count() as u64;
    Ok(counts.free() + made)
}

/// The people with these addresses, found or made and locked in one order for all transactions.
async fn people_of(
    txn: &Transaction,
    state: &State,
    by: &Registrar,
    colleagues: &[Colleague],
) -> Result<BTreeMap<String, PersonId>, DbErr> {
    let sorted: BTreeMap<&str, &Colleague> = colleagues
        .iter()
        .map(|colleague| (colleague.email.as_str(), colleague))
        .collect();
    let mut people = BTreeMap::new();
    for (email, colleague) in sorted {
        let (given_name, family_name) = colleague.names.clone();
        let guest = NewGuest {
            email: colleague.email.clone(),
            given_name,
            family_name,
            lang: by.lang,
        };
        let person_id = match accounts::add_guest(txn, &state.clock, &guest).await? {
            AddedGuest::HasAccount(person_id) => person_id,
            AddedGuest::Guest(guest) => guest.person_id(),
        };
        people.insert(email.to_owned(), person_id);
    }
    let ids: BTreeSet<PersonId> = people.values().copied().collect();
    people::lock_all(txn, &ids).await?;
    Ok(people)
}

/// People who were registered together, with their event.
#[derive(Debug, Clone)]
pub(in crate::registrations) struct Group {
    /// Its id.
    pub id: RegistrationGroupId,
    /// The event.
    pub event: Event,
    /// The registrations, in the order of their numbers: those in force and those that ended by themselves, without
    /// those that somebody took over.
    pub members: Vec<Registration>,
}

/// The groups that an account has registered, the latest first.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "registrations.groups", skip_all)]
pub(in crate::registrations) async fn groups(
    state: &State,
    account_id: AccountId,
) -> Result<Vec<Group>, DbErr> {
    let db = state.db.read();
    let rows = store::group::made_by(db, account_id, None).await?;
    grouped(state, rows).await
}

/// A group that an account has registered.
///
/// # Errors
/// The database fails.
pub(in crate::registrations) async fn group(
    state: &State,
    account_id: AccountId,
    id: RegistrationGroupId,
) -> Result<Option<Group>, DbErr> {
    let db = state.db.read();
    let rows = store::group::made_by(db, account_id, Some(id)).await?;
    Ok(grouped(state, rows).await?.into_iter().next())
}

async fn grouped(state: &State, rows: Vec<Registration>) -> Result<Vec<Group>, DbErr> {
    let ids: BTreeSet<EventId> = rows.iter().map(|row| row.event_id).collect();
    let events = events::find_all(state.db.read(), &ids).await?;
    let mut groups: BTreeMap<RegistrationGroupId, Vec<Registration>> = BTreeMap::new();
    for row in rows {
        if row.end_cause == Some(EndCause::Substituted) {
            continue;
        }
        if let Some(id) = row.group_id {
            groups.entry(id).or_default().push(row);
        }
    }
    let with_event = |(id, members): (RegistrationGroupId, Vec<Registration>)| {
        let of = members.first()?.event_id;
        let event = events.iter().find(|event| event.row.id == of)?.clone();
        Some(Group { id, event, members })
    };
    Ok(groups.into_iter().rev().filter_map(with_event).collect())
}

/// Whoever registered a group cancels the registration of one of its members, who is told.
///
/// # Errors
/// The deadline has passed, or the registration has ended.
#[tracing::instrument(name = "registrations.cancel_member", skip_all, fields(registration.id = %id))]
pub(in crate::registrations) async fn cancel_member(
    state: &State,
    (event_id, id): (EventId, RegistrationId),
    (account_id, about): (AccountId, String),
) -> Result<Registration, Refused> {
    let within = state.clone();
    let row = state
        .db
        .write(async move |txn: &Transaction| {
            let event = lock(txn, event_id).await?;
            let announced = current(&event).await?;
            let row = store::find_of(txn, event_id, id).await?;
            let row = row.ok_or(Refused::Ended)?;
            check_deadline(&within, &announced, &row)?;
            let cause = EndCause::Participant;
            let (cancelled, effects) = places::cancel(&event, &within.clock, id, cause).await?;
            mails::tell_effects(txn, &within, &announced, &effects).await?;
            let Cancelled::Now(row) = cancelled else {
                return Err(Refused::Ended);
            };
            let cause = Cause::CancelledByRegistrar;
            mails::tell_about(txn, &within, &announced, (&row, cause), &about).await?;
            note(
                &event,
                &within,
                "registration.cancelled",
                &row,
                Some(account_id),
            )
            .await?;
            Ok(*row)
        })
        .await?;
    state.jobs.wake();
    Ok(row)
}

/// The name of somebody with their organisation: „Anna Bērziņa (Labklājības ministrija)”.
#[must_use]
pub(in crate::registrations) fn about(name: &str, organisation: &str) -> String {
    if organisation.is_empty() {
        name.to_owned()
    } else {
        format!("{name} ({organisation})")
    }
}

/// A member as a list names them; after erasure there is no name.
#[must_use]
pub(in crate::registrations) fn member_name(row: &Registration) -> String {
    let name = full_name(row);
    if name.is_empty() {
        "–".to_owned()
    } else {
        name
    }
}
