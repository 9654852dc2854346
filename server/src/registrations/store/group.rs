//! The queries of people who were registered together.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _,
};

use crate::{
    db::entity::registration::{Column, Entity, RegistrationOrigin},
    ids::{AccountId, RegistrationGroupId},
    registrations::model::Registration,
};

/// How many registrations an account has made for others since a moment.
pub(in crate::registrations) async fn count_made_by(
    db: &impl ConnectionTrait,
    account_id: AccountId,
    since: DateTime<Utc>,
) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::RegisteredBy.eq(account_id))
        .filter(Column::Origin.eq(RegistrationOrigin::Group))
        .filter(Column::CreatedAt.gt(since))
        .count(db)
        .await
}

/// The registrations that an account has made in groups, or in one of them, in the order of their numbers.
pub(in crate::registrations) async fn made_by(
    db: &impl ConnectionTrait,
    account_id: AccountId,
    group: Option<RegistrationGroupId>,
) -> Result<Vec<Registration>, DbErr> {
    let mut found = Entity::find().filter(Column::RegisteredBy.eq(account_id));
    found = match group {
        Some(id) => found.filter(Column::GroupId.eq(id)),
        None => found.filter(Column::GroupId.is_not_null()),
    };
    found
        .order_by_asc(Column::EventId)
        .order_by_asc(Column::Number)
        .all(db)
        .await
}
