//! The use cases of registrations.

pub(super) mod calendar;
pub(super) mod group;
pub(super) mod own;
pub(super) mod substitute;

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::{
    forms::RegistrationInput,
    link,
    mails::{self, Cause, Told},
    model::{
        ACTIVE, Cancelled, EndCause, NewRegistration, Origin, Outcome, Registration,
        RegistrationState, is_active,
    },
    needs::{self, Needs},
    places::{self, Effects, Refused},
    state::State,
    store,
};
use crate::{
    accounts::{self, AddedGuest},
    audit,
    events::{self, Event, EventLock, EventStatus, Session},
    http::Lang,
    ids::{AccountId, EventId, OrganisationId, RegistrationId},
    mail::Email,
    organisations::{self, OrganisationInput},
    people::{self, NewGuest},
    principal::Principal,
    programme::{self, EventAudience},
};

/// Under the lock, the event as it is now.
pub(super) async fn current(event: &EventLock<'_>) -> Result<Event, DbErr> {
    events::find(event.txn(), event.id())
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("event".to_owned()))
}

/// Registers a person in the caller's transaction: finds or makes the person, takes the place or joins the waiting
/// list, keeps what is needed, and queues the mails. The caller wakes the runners of jobs after its commit.
///
/// # Errors
/// The event takes no registrations, or not of this organisation.
pub async fn add_in(
    event: &EventLock<'_>,
    state: &State,
    input: &RegistrationInput,
) -> Result<Outcome, Refused> {
    let txn = event.txn();
    let announced = current(event).await?;
    if !matches!(
        input.origin,
        Origin::Organiser | Origin::Import | Origin::Api
    ) {
        check_audience(txn, &announced, input.organisation_id).await?;
    }
    let person_id = if let Some(person_id) = input.person_id {
        person_id
    } else {
        let guest = NewGuest {
            email: input.email.clone(),
            given_name: input.given_name.clone(),
            family_name: input.family_name.clone(),
            lang: input.lang,
        };
        match accounts::add_guest(txn, &state.clock, &guest).await? {
            AddedGuest::HasAccount(person_id) => person_id,
            AddedGuest::Guest(guest) => guest.person_id(),
        }
    };
    let new = NewRegistration {
        person_id,
        given_name: input.given_name.clone(),
        family_name: input.family_name.clone(),
        email: input.email.clone(),
        lang: input.lang,
        organisation_id: input.organisation_id,
        role: input.role.clone(),
        origin: input.origin,
        group_id: input.group_id,
        registered_by: input.registered_by,
    };
    let (outcome, effects) = places::register(event, &state.clock, &new).await?;
    mails::tell_effects(txn, state, &announced, &effects).await?;
    let row = outcome.registration();
    match &outcome {
        Outcome::Made(row) => {
            needs::set(event, &state.clock, &state.field_keys, row.id, &input.needs).await?;
            // Whoever registers a group is named in its mails.
            if input.origin != Origin::Group {
                mails::tell(txn, state, &announced, row, cause_of(row.state)).await?;
            }
            // An import has one entry for all of its registrations.
            if input.origin != Origin::Import {
                note(event, state, "registration.made", row, input.registered_by).await?;
            }
        }
        // Who is signed in is told on the page; a stranger may have typed somebody else's address.
        Outcome::Already(row) if input.origin == Origin::Guest => {
            let cause = match row.state {
                RegistrationState::Pending => Cause::Confirm,
                _ => Cause::Already,
            };
            mails::tell(txn, state, &announced, row, cause).await?;
        }
        Outcome::Already(_) => {}
    }
    tracing::info!(event.id = %row.event_id, registration.id = %row.id, "registration");
    Ok(outcome)
}

/// What the mail about a registration that came into this state tells.
pub(super) const fn cause_of(state: RegistrationState) -> Cause {
    match state {
        RegistrationState::Pending => Cause::Confirm,
        RegistrationState::Waiting => Cause::Waiting,
        RegistrationState::Offered => Cause::Offered,
        RegistrationState::Registered
        | RegistrationState::Cancelled
        | RegistrationState::Expired => Cause::Registered,
    }
}

/// Whether people of the organisation may come.
///
/// # Errors
/// They may not.
pub(super) async fn check_audience(
    db: &impl ConnectionTrait,
    announced: &Event,
    organisation_id: Option<OrganisationId>,
) -> Result<(), Refused> {
    let audience = announced.row.audience;
    if audience == EventAudience::Everyone {
        return Ok(());
    }
    let organisation = match organisation_id {
        Some(id) => organisations::find(db, id).await?,
        None => None,
    };
    match organisation {
        None => Err(Refused::NeedsOrganisation),
        Some(organisation) if programme::admits(audience, organisation.kind) => Ok(()),
        Some(_) => Err(Refused::OtherAudience),
    }
}

/// Records in the audit log what was done to a registration.
pub(super) async fn note(
    event: &EventLock<'_>,
    state: &State,
    action: &'static str,
    row: &Registration,
    actor: Option<AccountId>,
) -> Result<(), DbErr> {
    let entry = audit::AuditEntry {
        actor_account_id: actor,
        action,
        subject_kind: "registration",
        subject_id: row.id.to_string(),
        detail: json!({
            "event": row.event_id,
            "person": row.person_id,
            "state": super::state_slug(row.state),
        }),
    };
    audit::record(event.txn(), state.clock.now(), entry).await
}

/// Registers a person; see [`add_in`]. A new organisation is proposed for the register.
///
/// # Errors
/// As there.
#[tracing::instrument(name = "registrations.add", skip_all, fields(event.id = %event_id))]
pub async fn add(
    state: &State,
    event_id: EventId,
    (mut input, new_organisation): (RegistrationInput, Option<OrganisationInput>),
) -> Result<Outcome, Refused> {
    let within = state.clone();
    let outcome = state
        .db
        .write(async move |txn| {
            // An organisation comes before an event in the order of locks.
            if let Some(new) = &new_organisation {
                input.organisation_id = organisations::propose(txn, &within.clock, new).await?;
            }
            let event = lock(txn, event_id).await?;
            add_in(&event, &within, &input).await
        })
        .await?;
    state.jobs.wake();
    Ok(outcome)
}

/// What is known of a signed-in person for a registration, with the name of their employer; `None` until they have
/// a name and a confirmed address.
///
/// # Errors
/// The database fails.
pub(super) async fn known(
    state: &State,
    principal: &Principal,
    lang: Lang,
) -> Result<Option<(RegistrationInput, Option<String>)>, DbErr> {
    let person_id = principal.person_id;
    let names = people::checked_names(&state.db, person_id).await?;
    let addresses = accounts::addresses_of(state.db.read(), [person_id].into()).await?;
    let email = addresses
        .into_iter()
        .find_map(|(_, address, _)| Email::parse(&address));
    let Some(((given_name, family_name), email)) = names.zip(email) else {
        return Ok(None);
    };
    let employers = people::affiliations(&state.db, person_id).await?;
    let employer = employers
        .into_iter()
        .find(|affiliation| affiliation.until.is_none())
        .map(|affiliation| affiliation.organisation);
    let input = RegistrationInput {
        person_id: Some(person_id),
        given_name,
        family_name,
        email,
        lang,
        organisation_id: employer.as_ref().map(|organisation| organisation.id),
        role: String::new(),
        needs: Needs::default(),
        origin: Origin::Account,
        group_id: None,
        registered_by: None,
    };
    Ok(Some((
        input,
        employer.map(|organisation| organisation.name),
    )))
}

/// The lock of an event's places; refused if there is no such event.
pub(super) async fn lock(
    txn: &crate::db::Transaction,
    id: EventId,
) -> Result<EventLock<'_>, Refused> {
    match events::lock(txn, id).await {
        Ok(event) => Ok(event),
        Err(DbErr::RecordNotFound(_)) => Err(Refused::NotOffered),
        Err(error) => Err(error.into()),
    }
}

/// A registration with its event, as the holder of its link sees it.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    /// The event.
    pub event: Event,
    /// The registration.
    pub registration: Registration,
    /// What is needed.
    pub needs: Needs,
    /// How many wait before it, if it waits.
    pub before: u64,
}

/// The registration that a link opens; `None` if the link is not valid.
///
/// # Errors
/// The database fails.
pub(super) async fn open(state: &State, token: &str) -> Result<Option<Seen>, DbErr> {
    let db = state.db.read();
    let Some(id) = link::id_of(token) else {
        return Ok(None);
    };
    let found = store::find(db, id).await?;
    let Some(registration) = found.filter(|row| link::is_valid(&state.secret, row, token)) else {
        return Ok(None);
    };
    let Some(event) = events::find(db, registration.event_id).await? else {
        return Ok(None);
    };
    let before = match registration.state {
        RegistrationState::Waiting => {
            store::count_waiting_before(db, event.row.id, registration.number).await?
        }
        _ => 0,
    };
    let needs = needs::of(db, &state.field_keys, [id]).await?;
    let needs = needs.into_iter().next().map(|(_, needs)| needs);
    Ok(Some(Seen {
        event,
        registration,
        needs: needs.unwrap_or_default(),
        before,
    }))
}

/// What the holder of a link does with a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// Confirms the address.
    Confirm,
    /// Takes the offered place.
    Accept,
    /// Gives up the place or the turn.
    Cancel,
    /// Changes position and needs.
    Change(String, Needs),
}

/// Carries out what the holder of a link wants. Repeated, it changes nothing.
///
/// # Errors
/// The registration has ended, or the deadline has passed.
#[tracing::instrument(name = "registrations.act", skip_all, fields(registration.id = %id))]
pub(super) async fn act(
    state: &State,
    (event_id, id): (EventId, RegistrationId),
    action: Action,
) -> Result<Registration, Refused> {
    let within = state.clone();
    let row = state
        .db
        .write(async move |txn| {
            let event = lock(txn, event_id).await?;
            act_in(&event, &within, id, action).await
        })
        .await?;
    state.jobs.wake();
    Ok(row)
}

async fn act_in(
    event: &EventLock<'_>,
    state: &State,
    id: RegistrationId,
    action: Action,
) -> Result<Registration, Refused> {
    let txn = event.txn();
    let announced = current(event).await?;
    let before = store::find(txn, id).await?.ok_or(Refused::Ended)?;
    let (row, effects, told) = match action {
        Action::Confirm => {
            let (row, effects) = places::confirm(event, &state.clock, id).await?;
            let person = people::lock(txn, row.person_id).await?;
            people::confirm_guest(&person, &state.clock).await?;
            let told = (before.state == RegistrationState::Pending).then(|| cause_of(row.state));
            (row, effects, told)
        }
        Action::Accept => {
            let (row, effects) = places::accept(event, &state.clock, id).await?;
            let told = (before.state == RegistrationState::Offered).then_some(Cause::Registered);
            (row, effects, told)
        }
        Action::Cancel => {
            check_deadline(state, &announced, &before)?;
            let cause = match before.state {
                RegistrationState::Offered => EndCause::OfferDeclined,
                _ => EndCause::Participant,
            };
            match places::cancel(event, &state.clock, id, cause).await? {
                (Cancelled::Now(row), effects) => (*row, effects, Some(Cause::Cancelled)),
                (Cancelled::Before, effects) => (before, effects, None),
            }
        }
        Action::Change(role, wanted) => {
            check_deadline(state, &announced, &before)?;
            let row = store::set_role(event, before, role).await?;
            needs::set(event, &state.clock, &state.field_keys, id, &wanted).await?;
            (row, Effects::default(), None)
        }
    };
    mails::tell_effects(txn, state, &announced, &effects).await?;
    if let Some(cause) = told {
        mails::tell(txn, state, &announced, &row, cause).await?;
        note(event, state, "registration.changed", &row, None).await?;
    }
    Ok(row)
}

/// Whether participants still change and cancel by themselves. A place that is only offered, or a turn on the
/// waiting list, is given up at any time.
fn check_deadline(state: &State, event: &Event, row: &Registration) -> Result<(), Refused> {
    let until = event.cancel_until();
    if row.state == RegistrationState::Registered && state.clock.now() >= until {
        return Err(Refused::TooLate(until));
    }
    Ok(())
}

/// Cancels a registration in the caller's transaction, and queues the mails. Cancelled before, nothing changes. Returns
/// the registration as it is now; `None` if the event has none of this id.
///
/// # Errors
/// [`Refused::TooLate`] after the event.
pub async fn cancel_in(
    event: &EventLock<'_>,
    state: &State,
    id: RegistrationId,
    actor: AccountId,
) -> Result<Option<Registration>, Refused> {
    if end_in(event, state, id, (actor, "")).await?.is_none() {
        return Ok(None);
    }
    Ok(store::find(event.txn(), id).await?)
}

/// Cancels a registration for an organiser, like [`cancel_in`]; `why` is told in the mail, if it says anything. `None`
/// if the event has no registration of this id.
///
/// # Errors
/// [`Refused::TooLate`] after the event.
pub(super) async fn end_in(
    event: &EventLock<'_>,
    state: &State,
    id: RegistrationId,
    (actor, why): (AccountId, &str),
) -> Result<Option<Cancelled>, Refused> {
    let announced = current(event).await?;
    let found = store::find_of(event.txn(), event.id(), id).await?;
    if found.is_none() {
        return Ok(None);
    }
    // Who was there is evidence of the programme.
    let is_over = announced.row.ends_at <= state.clock.now();
    if is_over && found.is_some_and(|row| is_active(row.state)) {
        return Err(Refused::TooLate(announced.row.ends_at));
    }
    let cause = EndCause::Organiser;
    let (cancelled, effects) = places::cancel(event, &state.clock, id, cause).await?;
    mails::tell_effects(event.txn(), state, &announced, &effects).await?;
    if let Cancelled::Now(row) = &cancelled {
        let told = Told {
            why,
            ..Told::of(&announced)
        };
        let cause = Cause::CancelledByOrganiser;
        mails::tell_of(event.txn(), state, &told, row, cause).await?;
        note(event, state, "registration.cancelled", row, Some(actor)).await?;
    }
    Ok(Some(cancelled))
}

/// Settles every event that has something overdue, or a free place and somebody who waits. Several servers may do
/// this at once. Returns how many events there were.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "registrations.settle", skip_all)]
pub async fn settle_due(state: &State) -> Result<usize, DbErr> {
    let due = store::to_settle(state.db.read(), state.clock.now()).await?;
    for event_id in &due {
        let (within, event_id) = (state.clone(), *event_id);
        state
            .db
            .write::<_, DbErr>(async move |txn| {
                let event = events::lock(txn, event_id).await?;
                let announced = current(&event).await?;
                let effects = places::settle(&event, within.clock.now()).await?;
                mails::tell_effects(txn, &within, &announced, &effects).await
            })
            .await?;
    }
    if !due.is_empty() {
        state.jobs.wake();
    }
    Ok(due.len())
}

/// Changes the number of places in the caller's transaction, and tells those who get one.
///
/// # Errors
/// [`Refused::Taken`] if more are taken.
pub(super) async fn resize_in(
    event: &EventLock<'_>,
    state: &State,
    capacity: i32,
) -> Result<(), Refused> {
    let effects = places::resize(event, state.clock.now(), capacity).await?;
    let announced = current(event).await?;
    mails::tell_effects(event.txn(), state, &announced, &effects).await?;
    Ok(())
}

/// The event was cancelled in the caller's transaction: ends every registration, and tells everybody who had one, also
/// those who wait.
///
/// # Errors
/// The database fails.
pub(super) async fn event_cancelled_in(event: &EventLock<'_>, state: &State) -> Result<(), DbErr> {
    let announced = current(event).await?;
    for row in places::cancel_all(event, state.clock.now()).await? {
        // Whoever has not confirmed an address may not have typed it.
        if row.state != RegistrationState::Pending {
            let cause = Cause::EventCancelled;
            mails::tell(event.txn(), state, &announced, &row, cause).await?;
        }
    }
    Ok(())
}

/// Time or place of the event changed in the caller's transaction: tells everybody with a registration. `gone` are the
/// sessions that it no longer has.
///
/// # Errors
/// The database fails.
pub(super) async fn event_changed_in(
    event: &EventLock<'_>,
    state: &State,
    gone: &[Session],
) -> Result<(), DbErr> {
    let announced = current(event).await?;
    let changed = Told {
        gone,
        ..Told::of(&announced)
    };
    for row in store::in_states(event, &ACTIVE).await? {
        if row.state != RegistrationState::Pending {
            mails::tell_of(event.txn(), state, &changed, &row, Cause::EventChanged).await?;
        }
    }
    Ok(())
}

/// Queues the reminders that are due: of each event the latest of its moments that has passed, for those who have had
/// a place since before that moment. Several servers may do this at once, because a reminder is one mail. Returns how
/// many events were looked at.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "registrations.remind", skip_all)]
pub async fn remind(state: &State) -> Result<usize, DbErr> {
    let now = state.clock.now();
    let mut looked_at = 0;
    for event_id in events::beginning_within(state.db.read(), now, FIRST_REMINDER).await? {
        let within = state.clone();
        state
            .db
            .write::<_, DbErr>(async move |txn| {
                let event = events::lock(txn, event_id).await?;
                remind_of(&event, &within).await
            })
            .await?;
        looked_at += 1;
    }
    if looked_at > 0 {
        state.jobs.wake();
    }
    Ok(looked_at)
}

/// No reminder is sent longer before an event.
const FIRST_REMINDER: TimeDelta = TimeDelta::days(60);

async fn remind_of(event: &EventLock<'_>, state: &State) -> Result<(), DbErr> {
    let announced = current(event).await?;
    let now = state.clock.now();
    let moments: Vec<u32> =
        serde_json::from_value(announced.row.reminder_minutes.clone()).unwrap_or_default();
    let at = |minutes: u32| announced.row.starts_at - TimeDelta::minutes(minutes.into());
    let due = moments.into_iter().filter(|minutes| at(*minutes) <= now);
    let Some(minutes) = due.min() else {
        return Ok(());
    };
    if announced.row.status != EventStatus::Published || now >= announced.row.starts_at {
        return Ok(());
    }
    for row in store::in_states(event, &[RegistrationState::Registered]).await? {
        if row.registered_at.is_some_and(|since| since < at(minutes)) {
            let cause = Cause::Reminder(minutes);
            mails::tell(event.txn(), state, &announced, &row, cause).await?;
        }
    }
    Ok(())
}

/// Deletes what participants needed at events that ended so many days ago as each says, and records of each event in
/// the audit log how many answers were deleted. Then the database is written anew, so that nothing of them is left in
/// its unused parts. Returns how many.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "registrations.purge_needs", skip_all)]
pub async fn purge_needs(state: &State) -> Result<u64, DbErr> {
    let now = state.clock.now();
    let mut purged = 0;
    for event_id in needs::to_purge(state.db.read(), now).await? {
        let within = state.clone();
        purged += state
            .db
            .write::<_, DbErr>(async move |txn| {
                let event = events::lock(txn, event_id).await?;
                let count = needs::purge(&event).await?;
                let entry = audit::AuditEntry {
                    actor_account_id: None,
                    action: "registration-needs.purged",
                    subject_kind: "event",
                    subject_id: event_id.to_string(),
                    detail: json!({ "count": count }),
                };
                audit::record(txn, within.clock.now(), entry).await?;
                Ok(count)
            })
            .await?;
    }
    if purged > 0 {
        state.db.scrub().await?;
    }
    Ok(purged)
}
