//! The registrations of an organisation that is merged into another one.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    sea_query::Expr,
};

use crate::{
    db::{
        IDS_AT_ONCE, Transaction,
        entity::registration::{Column, Entity},
    },
    ids::{OrganisationId, RegistrationId},
};

/// Lets the registrations of an organisation be of another one; returns which. Places stay as they are, so that the
/// events are not locked.
///
/// # Errors
/// The database fails.
pub async fn move_registrations(
    txn: &Transaction,
    from: OrganisationId,
    into: OrganisationId,
) -> Result<Vec<RegistrationId>, DbErr> {
    let ids: Vec<RegistrationId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::OrganisationId.eq(from))
        .into_tuple()
        .all(txn)
        .await?;
    set_organisation(txn, &ids, from, into).await?;
    Ok(ids)
}

/// Lets these registrations, as far as they are of an organisation, be of another one.
///
/// # Errors
/// The database fails.
pub async fn return_registrations(
    txn: &Transaction,
    ids: &[RegistrationId],
    from: OrganisationId,
    into: OrganisationId,
) -> Result<(), DbErr> {
    set_organisation(txn, ids, from, into).await
}

async fn set_organisation(
    txn: &impl ConnectionTrait,
    ids: &[RegistrationId],
    from: OrganisationId,
    into: OrganisationId,
) -> Result<(), DbErr> {
    for some in ids.chunks(IDS_AT_ONCE) {
        Entity::update_many()
            .col_expr(Column::OrganisationId, Expr::value(into))
            .filter(Column::Id.is_in(some.iter().copied()))
            .filter(Column::OrganisationId.eq(from))
            .exec(txn)
            .await?;
    }
    Ok(())
}
