//! The queries of what organisers see of registrations.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, Order, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
};

use super::list::{RegistrationOrder, RegistrationsQuery};
use crate::{
    db::entity::{
        registration::{Column, Entity},
        registration_needs,
    },
    ids::{EventId, RegistrationId},
    list::{Extent, FoundRows, in_latvian_order},
    organisations::{self, Organisation},
    registrations::{Registration, RegistrationState},
};

/// The first on the waiting list, at most so many.
pub(super) async fn first_waiting(
    db: &impl ConnectionTrait,
    event_id: EventId,
    at_most: u64,
) -> Result<Vec<Registration>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event_id))
        .filter(Column::State.eq(RegistrationState::Waiting))
        .order_by_asc(Column::Number)
        .limit(at_most)
        .all(db)
        .await
}

/// When the first of the offers of an event ends.
pub(super) async fn first_offer_ends(
    db: &impl ConnectionTrait,
    event_id: EventId,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let found = Entity::find()
        .select_only()
        .column(Column::ExpiresAt)
        .filter(Column::EventId.eq(event_id))
        .filter(Column::State.eq(RegistrationState::Offered))
        .order_by_asc(Column::ExpiresAt)
        .limit(1)
        .into_tuple::<Option<DateTime<Utc>>>()
        .one(db)
        .await?;
    Ok(found.flatten())
}

/// The condition that a registration has this word in the name, the address, or the name of the organisation.
fn has_word(word: &str) -> Condition {
    Condition::any()
        .add(Column::NameFolded.contains(word))
        .add(Column::Email.contains(word))
        .add(organisations::name_holds(word))
}

/// The registrations of an event that match a query, each with its organisation.
pub(super) async fn matching(
    db: &impl ConnectionTrait,
    event_id: EventId,
    query: &RegistrationsQuery,
    extent: Extent,
) -> Result<FoundRows<(Registration, Option<Organisation>)>, DbErr> {
    let mut found = Entity::find()
        .filter(Column::EventId.eq(event_id))
        .filter(Column::State.is_in(query.states.iter().copied()));
    if let Some(origin) = query.origin {
        found = found.filter(Column::Origin.eq(origin));
    }
    if let Some(has_requests) = query.has_requests {
        let with_requests = registration_needs::Entity::find()
            .select_only()
            .column(registration_needs::Column::RegistrationId)
            .into_query();
        found = found.filter(if has_requests {
            Column::Id.in_subquery(with_requests)
        } else {
            Column::Id.not_in_subquery(with_requests)
        });
    }
    let direction = query.list.direction();
    let mut found = organisations::joined(found);
    for word in query.list.words() {
        found = found.filter(has_word(&word));
    }
    let found = match query.list.order() {
        RegistrationOrder::Made => found.order_by(Column::Number, direction),
        RegistrationOrder::Name => found
            .order_by(
                in_latvian_order("registration.family_name"),
                direction.clone(),
            )
            .order_by(in_latvian_order("registration.given_name"), direction)
            .order_by(Column::Number, Order::Asc),
        RegistrationOrder::Organisation => found
            .order_by(organisations::in_order_of_names(), direction)
            .order_by(Column::Number, Order::Asc),
    };
    let found = extent.of(found, db).await?;
    Ok(found.map(|(row, organisation)| (row, organisation.map(Organisation::from))))
}

/// Registrations of an event by their ids, in the order of their numbers.
pub(super) async fn by_ids(
    db: &impl ConnectionTrait,
    event_id: EventId,
    ids: &[RegistrationId],
) -> Result<Vec<Registration>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event_id))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(Column::Number)
        .all(db)
        .await
}
