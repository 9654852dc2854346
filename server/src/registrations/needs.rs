//! What a participant needs at an event, kept encrypted.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, RelationTrait as _, Set,
    sea_query::{OnConflict, Query},
};
use serde::{Deserialize, Serialize};

use super::model::{ACTIVE, Registration};
use crate::{
    clock::Clock,
    crypt::{self, CryptError, FieldKeys},
    db::entity::{
        registration,
        registration_needs::{self, ActiveModel, Column, Entity},
    },
    events::{self, EventLock},
    ids::{EventId, RegistrationId},
};

/// What a participant needs; everything may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needs {
    /// The ages of the children who need care during the event, one each.
    #[serde(default)]
    pub children: Vec<u8>,
    /// Access: steps, hearing, seeing, anything else.
    #[serde(default)]
    pub access: String,
    /// Food that is or is not eaten.
    #[serde(default)]
    pub diet: String,
    /// Whether a sign-language interpreter is needed.
    #[serde(default)]
    pub interpreter: bool,
}

impl Needs {
    /// Whether nothing is needed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The place of the encrypted text, to which it is bound.
fn place(id: RegistrationId) -> String {
    crypt::place("registration_needs", "sealed", id)
}

fn unreadable(error: &CryptError) -> DbErr {
    DbErr::Custom(error.to_string())
}

/// Records what is needed with a registration of the event; nothing needed, nothing is kept.
///
/// # Errors
/// The database fails, or it cannot be encrypted.
pub async fn set(
    event: &EventLock<'_>,
    clock: &Clock,
    keys: &FieldKeys,
    id: RegistrationId,
    needs: &Needs,
) -> Result<(), DbErr> {
    if needs.is_empty() {
        return Entity::delete_by_id(id).exec(event.txn()).await.map(drop);
    }
    let text = serde_json::to_string(needs).map_err(|error| DbErr::Custom(error.to_string()))?;
    let sealed = keys
        .seal(&place(id), &text)
        .map_err(|error| unreadable(&error))?;
    let row = ActiveModel {
        registration_id: Set(id),
        sealed: Set(sealed),
        updated_at: Set(clock.now()),
    };
    let replace = OnConflict::column(Column::RegistrationId)
        .update_columns([Column::Sealed, Column::UpdatedAt])
        .to_owned();
    Entity::insert(row)
        .on_conflict(replace)
        .exec_without_returning(event.txn())
        .await
        .map(drop)
}

/// What is needed with these registrations, of those that need anything.
///
/// # Errors
/// The database fails, or a key is missing.
pub(super) async fn of(
    db: &impl ConnectionTrait,
    keys: &FieldKeys,
    ids: impl IntoIterator<Item = RegistrationId>,
) -> Result<Vec<(RegistrationId, Needs)>, DbErr> {
    let rows = Entity::find()
        .filter(Column::RegistrationId.is_in(ids))
        .all(db)
        .await?;
    opened(keys, rows)
}

/// Decrypts rows.
fn opened(
    keys: &FieldKeys,
    rows: Vec<registration_needs::Model>,
) -> Result<Vec<(RegistrationId, Needs)>, DbErr> {
    rows.into_iter()
        .map(|row| {
            let text = keys
                .open(&place(row.registration_id), &row.sealed)
                .map_err(|error| unreadable(&error))?;
            let needs =
                serde_json::from_str(&text).map_err(|error| DbErr::Custom(error.to_string()))?;
            Ok((row.registration_id, needs))
        })
        .collect()
}

/// What is needed with the registrations of an event that are in force, of those that need anything, in the order of
/// their numbers.
///
/// # Errors
/// The database fails, or a key is missing.
pub(super) async fn in_force(
    db: &impl ConnectionTrait,
    keys: &FieldKeys,
    event_id: EventId,
) -> Result<Vec<(Registration, Needs)>, DbErr> {
    let found = Entity::find()
        .find_also_related(registration::Entity)
        .filter(registration::Column::EventId.eq(event_id))
        .filter(registration::Column::State.is_in(ACTIVE))
        .order_by_asc(registration::Column::Number)
        .all(db)
        .await?;
    let (rows, registrations): (Vec<_>, Vec<_>) = found
        .into_iter()
        .filter_map(|(row, registration)| Some((row, registration?)))
        .unzip();
    let needs = opened(keys, rows)?;
    Ok(registrations
        .into_iter()
        .zip(needs)
        .map(|(registration, (_, needs))| (registration, needs))
        .collect())
}

/// The events whose needs have to be deleted: they ended as many days ago as each says.
pub(super) async fn to_purge(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<Vec<EventId>, DbErr> {
    let mut ids: Vec<EventId> = registration::Entity::find()
        .select_only()
        .column(registration::Column::EventId)
        .distinct()
        .join_rev(
            JoinType::InnerJoin,
            registration_needs::Relation::Registration.def(),
        )
        .into_tuple()
        .all(db)
        .await?;
    let kept = events::needs_kept_until(db, &ids).await?;
    ids.retain(|id| kept.get(id).is_some_and(|until| *until <= now));
    Ok(ids)
}

/// Deletes what was needed at the event; returns how many answers.
pub(super) async fn purge(event: &EventLock<'_>) -> Result<u64, DbErr> {
    let of_event = Query::select()
        .column(registration::Column::Id)
        .from(registration::Entity)
        .and_where(registration::Column::EventId.eq(event.id()))
        .to_owned();
    let deleted = Entity::delete_many()
        .filter(Column::RegistrationId.in_subquery(of_event))
        .exec(event.txn())
        .await?;
    Ok(deleted.rows_affected)
}
