//! The queries of registrations. What changes places takes the lock of the event.

pub(super) mod calendar;
pub(super) mod group;
pub(super) mod merging;
pub(super) mod own;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Set,
};

use super::model::{ACTIVE, EndCause, NewRegistration, Registration, RegistrationState};
use crate::{
    clock::Clock,
    db::entity::registration::{ActiveModel, Column, Entity},
    events::EventLock,
    ids::{EventId, PersonId, RegistrationId},
    text::fold,
};

/// The registration of a person for an event that is in force.
///
/// # Errors
/// The database fails.
pub async fn active_of(
    db: &impl ConnectionTrait,
    event_id: EventId,
    person_id: PersonId,
) -> Result<Option<Registration>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event_id))
        .filter(Column::PersonId.eq(person_id))
        .filter(Column::State.is_in(ACTIVE))
        .one(db)
        .await
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: RegistrationId,
) -> Result<Option<Registration>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// How many registrations in force these events have, by state and by whether they hold a place.
pub(super) async fn count_by_event(
    db: &impl ConnectionTrait,
    events: impl IntoIterator<Item = EventId>,
) -> Result<Vec<(EventId, RegistrationState, bool, i64)>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::EventId)
        .column(Column::State)
        .column(Column::HoldsPlace)
        .column_as(Column::Id.count(), "number")
        .filter(Column::EventId.is_in(events))
        .filter(Column::State.is_in(ACTIVE))
        .group_by(Column::EventId)
        .group_by(Column::State)
        .group_by(Column::HoldsPlace)
        .into_tuple()
        .all(db)
        .await
}

/// Those not confirmed or not taken in time, in the order of their numbers.
pub(super) async fn overdue(
    event: &EventLock<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<Registration>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event.id()))
        .filter(Column::State.is_in([RegistrationState::Pending, RegistrationState::Offered]))
        .filter(Column::ExpiresAt.lte(now))
        .order_by_asc(Column::Number)
        .all(event.txn())
        .await
}

/// The first on the waiting list, at most so many.
pub(super) async fn first_waiting(
    event: &EventLock<'_>,
    at_most: u64,
) -> Result<Vec<Registration>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event.id()))
        .filter(Column::State.eq(RegistrationState::Waiting))
        .order_by_asc(Column::Number)
        .limit(at_most)
        .all(event.txn())
        .await
}

/// Those in any of these states, in the order of their numbers.
pub(super) async fn in_states(
    event: &EventLock<'_>,
    states: &[RegistrationState],
) -> Result<Vec<Registration>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event.id()))
        .filter(Column::State.is_in(states.iter().copied()))
        .order_by_asc(Column::Number)
        .all(event.txn())
        .await
}

/// Whoever has a turn before others: those on the waiting list, and those without a place who still have to confirm
/// and keep their turn then (decision 21).
fn in_queue() -> Condition {
    let unconfirmed = Condition::all()
        .add(Column::State.eq(RegistrationState::Pending))
        .add(Column::HoldsPlace.eq(false));
    Condition::any()
        .add(Column::State.eq(RegistrationState::Waiting))
        .add(unconfirmed)
}

/// How many are before a number on the waiting list.
pub(in crate::registrations) async fn count_waiting_before(
    db: &impl ConnectionTrait,
    event_id: EventId,
    number: i32,
) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event_id))
        .filter(in_queue())
        .filter(Column::Number.lt(number))
        .count(db)
        .await
}

/// The events with something overdue, and those to come with somebody who waits.
pub(super) async fn to_settle(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<EventId>, DbErr> {
    let overdue = Condition::all()
        .add(Column::ExpiresAt.lte(now))
        .add(Column::State.is_in([RegistrationState::Pending, RegistrationState::Offered]));
    let due = Condition::any()
        .add(overdue)
        .add(Column::State.eq(RegistrationState::Waiting));
    Entity::find()
        .select_only()
        .column(Column::EventId)
        .distinct()
        .filter(due)
        .order_by_asc(Column::EventId)
        .into_tuple()
        .all(db)
        .await
}

/// Changes what somebody does in their organisation.
pub(super) async fn set_role(
    event: &EventLock<'_>,
    row: Registration,
    role: String,
) -> Result<Registration, DbErr> {
    update(event, row, |row| row.role = Set(role)).await
}

type Place = (i32, RegistrationState, bool, Option<DateTime<Utc>>);

fn new_row(
    event: &EventLock<'_>,
    clock: &Clock,
    new: &NewRegistration,
    (number, state, holds_place, expires_at): Place,
) -> ActiveModel {
    let now = clock.now();
    let (given, family) = (new.given_name.as_str(), new.family_name.as_str());
    ActiveModel {
        id: Set(clock.new_id()),
        event_id: Set(event.id()),
        person_id: Set(new.person_id),
        number: Set(number),
        state: Set(state),
        holds_place: Set(holds_place),
        origin: Set(new.origin),
        given_name: Set(given.to_owned()),
        family_name: Set(family.to_owned()),
        name_folded: Set(fold(&format!("{given} {family}"))),
        email: Set(new.email.as_str().to_owned()),
        locale: Set(new.lang.as_str().to_owned()),
        organisation_id: Set(new.organisation_id),
        role: Set(new.role.clone()),
        group_id: Set(new.group_id),
        registered_by: Set(new.registered_by),
        substitutes: Set(None),
        link_generation: Set(0),
        created_at: Set(now),
        expires_at: Set(expires_at),
        registered_at: Set((state == RegistrationState::Registered).then_some(now)),
        ended_at: Set(None),
        end_cause: Set(None),
    }
}

pub(super) async fn insert(
    event: &EventLock<'_>,
    clock: &Clock,
    new: &NewRegistration,
    place: Place,
) -> Result<Registration, DbErr> {
    new_row(event, clock, new, place).insert(event.txn()).await
}

/// A registration that takes over what another had: its state, its place, and its turn on the waiting list.
pub(super) async fn insert_substitute(
    event: &EventLock<'_>,
    clock: &Clock,
    new: &NewRegistration,
    of: &Registration,
    free_number: i32,
) -> Result<Registration, DbErr> {
    // The turn goes over with the number, which is unique: the ended one gets a new one.
    let mut ended = of.clone().into_active_model();
    ended.number = Set(free_number);
    Entity::update_many()
        .col_expr(Column::Number, free_number.into())
        .filter(Column::Id.eq(of.id))
        .exec(event.txn())
        .await?;
    let place = (of.number, of.state, of.holds_place, of.expires_at);
    let mut row = new_row(event, clock, new, place);
    row.substitutes = Set(Some(of.id));
    row.insert(event.txn()).await
}

async fn update(
    event: &EventLock<'_>,
    row: Registration,
    change: impl FnOnce(&mut ActiveModel),
) -> Result<Registration, DbErr> {
    let mut changed = row.into_active_model();
    change(&mut changed);
    changed.update(event.txn()).await
}

/// It has its place for good.
pub(super) async fn give_place(
    event: &EventLock<'_>,
    row: Registration,
    now: DateTime<Utc>,
) -> Result<Registration, DbErr> {
    update(event, row, |row| {
        row.state = Set(RegistrationState::Registered);
        row.holds_place = Set(true);
        row.registered_at = Set(Some(now));
        row.expires_at = Set(None);
    })
    .await
}

/// A place is held for it until a moment.
pub(super) async fn offer(
    event: &EventLock<'_>,
    row: Registration,
    until: DateTime<Utc>,
) -> Result<Registration, DbErr> {
    update(event, row, |row| {
        row.state = Set(RegistrationState::Offered);
        row.holds_place = Set(true);
        row.expires_at = Set(Some(until));
    })
    .await
}

/// It is on the waiting list.
pub(super) async fn wait(event: &EventLock<'_>, row: Registration) -> Result<Registration, DbErr> {
    update(event, row, |row| {
        row.state = Set(RegistrationState::Waiting);
        row.holds_place = Set(false);
        row.expires_at = Set(None);
    })
    .await
}

/// It ends.
pub(super) async fn end(
    event: &EventLock<'_>,
    id: RegistrationId,
    state: RegistrationState,
    cause: EndCause,
    at: DateTime<Utc>,
) -> Result<Registration, DbErr> {
    let row = find(event.txn(), id)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("registration".to_owned()))?;
    update(event, row, |row| {
        row.state = Set(state);
        row.holds_place = Set(false);
        row.expires_at = Set(None);
        row.ended_at = Set(Some(at));
        row.end_cause = Set(Some(cause));
    })
    .await
}

/// A registration of an event, whatever its state.
///
/// # Errors
/// The database fails.
pub async fn find_of(
    db: &impl ConnectionTrait,
    event_id: EventId,
    id: RegistrationId,
) -> Result<Option<Registration>, DbErr> {
    Ok(find(db, id).await?.filter(|row| row.event_id == event_id))
}

/// The first registrations of an event that were made after another one, at most so many, whatever their state, in
/// the order in which they were made: those made later come last, so that paging misses none.
///
/// # Errors
/// The database fails.
pub async fn page_of(
    db: &impl ConnectionTrait,
    event_id: EventId,
    after: Option<RegistrationId>,
    at_most: u64,
) -> Result<Vec<Registration>, DbErr> {
    let mut found = Entity::find().filter(Column::EventId.eq(event_id));
    if let Some(after) = after {
        found = found.filter(Column::Id.gt(after));
    }
    found.order_by_asc(Column::Id).limit(at_most).all(db).await
}

/// The numbers of those who have a turn on the waiting list of an event, ascending; also of those who still have to
/// confirm.
///
/// # Errors
/// The database fails.
pub async fn waiting_numbers(
    db: &impl ConnectionTrait,
    event_id: EventId,
) -> Result<Vec<i32>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Number)
        .filter(Column::EventId.eq(event_id))
        .filter(in_queue())
        .order_by_asc(Column::Number)
        .into_tuple()
        .all(db)
        .await
}
