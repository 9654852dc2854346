//! The queries of messages.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, Set,
    sea_query::{Expr, OnConflict},
};

use super::model::{Message, STATES};
use crate::{
    db::entity::{
        event_message::{ActiveModel, Column, Entity},
        registration,
    },
    ids::{AccountId, EventId, EventMessageId},
    registrations::model::Registration,
};

/// Records a message; `false` if it was recorded before.
pub(super) async fn insert(txn: &impl ConnectionTrait, row: Message) -> Result<bool, DbErr> {
    let row = ActiveModel {
        id: Set(row.id),
        event_id: Set(row.event_id),
        sent_by: Set(row.sent_by),
        sender: Set(row.sender),
        sent_at: Set(row.sent_at),
        audience: Set(row.audience),
        recipients: Set(row.recipients),
        subject_lv: Set(row.subject_lv),
        text_lv: Set(row.text_lv),
        subject_en: Set(row.subject_en),
        text_en: Set(row.text_en),
    };
    let inserted = Entity::insert(row)
        .on_conflict(OnConflict::column(Column::Id).do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    Ok(inserted > 0)
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: EventMessageId,
) -> Result<Option<Message>, DbErr> {
    Entity::find_by_id(id).one(db).await
}

/// The messages of an event, the newest first.
pub(super) async fn of_event(
    db: &impl ConnectionTrait,
    event_id: EventId,
) -> Result<Vec<Message>, DbErr> {
    Entity::find()
        .filter(Column::EventId.eq(event_id))
        .order_by_desc(Column::SentAt)
        .order_by_desc(Column::Id)
        .all(db)
        .await
}

/// The messages that accounts sent, the earliest first.
pub(super) async fn by(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<Vec<Message>, DbErr> {
    Entity::find()
        .filter(Column::SentBy.is_in(accounts.iter().copied()))
        .order_by_asc(Column::Id)
        .all(db)
        .await
}

/// The registrations of an event to which messages can go, in the order of their numbers.
pub(super) async fn addressees(
    db: &impl ConnectionTrait,
    event_id: EventId,
) -> Result<Vec<Registration>, DbErr> {
    registration::Entity::find()
        .filter(registration::Column::EventId.eq(event_id))
        .filter(registration::Column::State.is_in(STATES))
        .order_by_asc(registration::Column::Number)
        .all(db)
        .await
}

/// Deletes the texts and the names of those who sent them; that they were sent stays.
pub(super) async fn forget(
    txn: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<(), DbErr> {
    let texts = [
        Column::Sender,
        Column::SubjectLv,
        Column::TextLv,
        Column::SubjectEn,
        Column::TextEn,
    ];
    let update = texts
        .into_iter()
        .fold(Entity::update_many(), |update, text| {
            update.col_expr(text, Expr::value(""))
        });
    update
        .filter(Column::SentBy.is_in(accounts.iter().copied()))
        .exec(txn)
        .await
        .map(drop)
}

/// Deletes the messages that were sent before a moment, or only counts them.
pub(super) async fn delete_old(
    txn: &impl ConnectionTrait,
    before: DateTime<Utc>,
    is_dry: bool,
) -> Result<u64, DbErr> {
    let old = Column::SentAt.lt(before);
    if is_dry {
        return Entity::find().filter(old).count(txn).await;
    }
    let deleted = Entity::delete_many().filter(old).exec(txn).await?;
    Ok(deleted.rows_affected)
}
