//! The queries of a person's own registrations.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, ExprTrait as _, Query},
};

use crate::{
    db::{
        Transaction,
        entity::registration::{Column, Entity},
    },
    ids::PersonId,
    registrations::model::{ACTIVE, Registration},
};

/// Every registration of a person, the latest first.
pub(in crate::registrations) async fn of_person(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Vec<Registration>, DbErr> {
    Entity::find()
        .filter(Column::PersonId.eq(person_id))
        .order_by_desc(Column::Id)
        .all(db)
        .await
}

/// Gives the registrations of one person to another, but those for events for which the other one is registered, too.
/// The places stay as they are. Both people are locked.
pub(in crate::registrations) async fn give_to(
    txn: &Transaction,
    from: PersonId,
    to: PersonId,
) -> Result<u64, DbErr> {
    let registered = Query::select()
        .column(Column::EventId)
        .from(Entity)
        .and_where(Column::PersonId.eq(to))
        .and_where(Column::State.is_in(ACTIVE))
        .to_owned();
    let is_free = Column::State
        .is_not_in(ACTIVE)
        .or(Column::EventId.not_in_subquery(registered));
    let given = Entity::update_many()
        .col_expr(Column::PersonId, Expr::value(to))
        .filter(Column::PersonId.eq(from))
        .filter(is_free)
        .exec(txn)
        .await?;
    Ok(given.rows_affected)
}
