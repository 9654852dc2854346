//! Somebody else of the same organisation takes over a place.

use serde_json::json;

use super::{check_deadline, current, lock};
use crate::{
    accounts::{self, AddedGuest},
    audit,
    db::Transaction,
    events::{Event, EventLock, EventStatus},
    http::Lang,
    ids::{AccountId, EventId, RegistrationId},
    organisations,
    people::NewGuest,
    registrations::{
        forms::Colleague,
        mails::{self, Cause},
        model::{NewRegistration, Origin, Registration, RegistrationState},
        needs::{self, Needs},
        places::{self, Refused},
        state::State,
        store,
    },
};

/// Who lets somebody take over a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The participant, by the link of the registration, or whoever registered them; with their account, if they are
    /// signed in.
    Participant(Option<AccountId>),
    /// An organiser of the event.
    Organiser(AccountId),
}

impl By {
    const fn account(self) -> Option<AccountId> {
        match self {
            Self::Participant(account) => account,
            Self::Organiser(account) => Some(account),
        }
    }
}

/// Whether somebody can take over the place of a registration now.
///
/// # Errors
/// Why not.
pub(in crate::registrations) fn check(
    state: &State,
    event: &Event,
    row: &Registration,
    by: By,
) -> Result<(), Refused> {
    let now = state.clock.now();
    if event.row.status != EventStatus::Published || event.row.ends_at <= now {
        return Err(Refused::NotOffered);
    }
    match row.state {
        RegistrationState::Registered => {}
        RegistrationState::Cancelled | RegistrationState::Expired => return Err(Refused::Ended),
        // Nobody jumps the queue for somebody else.
        _ => return Err(Refused::NoPlace),
    }
    if let By::Participant(_) = by {
        check_deadline(state, event, row)?;
        if row.organisation_id.is_none() {
            return Err(Refused::NoOrganisation);
        }
    }
    Ok(())
}

/// Another person takes over the place of a registration in the caller's transaction; both are told. What the former
/// one needed is deleted. The caller wakes the runners of jobs after its commit.
///
/// # Errors
/// The registration has no place or no organisation, the deadline has passed, or the other one is registered.
pub async fn substitute_in(
    event: &EventLock<'_>,
    state: &State,
    id: RegistrationId,
    (colleague, lang): (&Colleague, Lang),
    by: By,
) -> Result<Registration, Refused> {
    let txn = event.txn();
    let announced = current(event).await?;
    let row = store::find_of(txn, event.id(), id).await?;
    let row = row.ok_or(Refused::Ended)?;
    check(state, &announced, &row, by)?;
    let (given_name, family_name) = colleague.names.clone();
    let guest = NewGuest {
        email: colleague.email.clone(),
        given_name: given_name.clone(),
        family_name: family_name.clone(),
        lang,
    };
    let person_id = match accounts::add_guest(txn, &state.clock, &guest).await? {
        AddedGuest::HasAccount(person_id) => person_id,
        AddedGuest::Guest(guest) => guest.person_id(),
    };
    let new = NewRegistration {
        person_id,
        given_name,
        family_name,
        email: colleague.email.clone(),
        lang,
        organisation_id: row.organisation_id,
        role: colleague.role.clone(),
        origin: match by {
            By::Participant(_) => Origin::Group,
            By::Organiser(_) => Origin::Organiser,
        },
        group_id: row.group_id,
        registered_by: row.registered_by.or(by.account()),
    };
    let (taken_over, effects) = places::substitute(event, &state.clock, id, &new).await?;
    let none = Needs::default();
    needs::set(event, &state.clock, &state.field_keys, id, &none).await?;
    let former = store::find(txn, id).await?.ok_or(Refused::Ended)?;
    mails::tell_effects(txn, state, &announced, &effects).await?;
    let name = full_name(&taken_over);
    mails::tell_about(txn, state, &announced, (&former, Cause::Substituted), &name).await?;
    let of = full_name(&former);
    mails::tell_about(
        txn,
        state,
        &announced,
        (&taken_over, Cause::Substitute),
        &of,
    )
    .await?;
    let entry = audit::AuditEntry {
        actor_account_id: by.account(),
        action: "registration.substituted",
        subject_kind: "registration",
        subject_id: id.to_string(),
        detail: json!({
            "event": event.id(),
            "person": former.person_id,
            "substitute": taken_over.person_id,
            "registration": taken_over.id,
        }),
    };
    audit::record(txn, state.clock.now(), entry).await?;
    Ok(taken_over)
}

/// The name of a participant.
pub(in crate::registrations) fn full_name(row: &Registration) -> String {
    format!("{} {}", row.given_name, row.family_name)
        .trim()
        .to_owned()
}

/// The same in a transaction of its own.
///
/// # Errors
/// As there.
#[tracing::instrument(name = "registrations.substitute", skip_all, fields(registration.id = %id))]
pub(in crate::registrations) async fn substitute(
    state: &State,
    (event_id, id): (EventId, RegistrationId),
    (colleague, lang): (Colleague, Lang),
    by: By,
) -> Result<Registration, Refused> {
    let within = state.clone();
    let row = state
        .db
        .write(async move |txn: &Transaction| {
            let event = lock(txn, event_id).await?;
            substitute_in(&event, &within, id, (&colleague, lang), by).await
        })
        .await?;
    state.jobs.wake();
    Ok(row)
}

/// The name of the organisation of a registration.
///
/// # Errors
/// The database fails.
pub(in crate::registrations) async fn organisation_of(
    state: &State,
    row: &Registration,
) -> Result<Option<String>, sea_orm::DbErr> {
    let Some(id) = row.organisation_id else {
        return Ok(None);
    };
    let found = organisations::find(state.db.read(), id).await?;
    Ok(found.map(|organisation| organisation.name))
}
