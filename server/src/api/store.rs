//! The queries of tokens and of the keys of requests.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::Unchanged,
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, Set,
    sea_query::{Expr, OnConflict},
};

use super::{
    forms::NewToken,
    model::{IdempotencyKey, Registered, Token, scopes_from_text, scopes_text},
};
use crate::{
    clock::Clock,
    db::{
        Transaction,
        entity::{
            api_token::{ActiveModel, Column, Entity, Model},
            idempotency_key,
        },
    },
    ids::{AccountId, ApiTokenId},
    registrations::RegistrationState,
};

impl From<Model> for Token {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            name: row.name,
            scopes: scopes_from_text(&row.scopes),
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
        }
    }
}

/// Adds a token of which only the hash is stored.
pub(super) async fn insert(
    txn: &Transaction,
    clock: &Clock,
    account_id: AccountId,
    token_hash: String,
    new: &NewToken,
) -> Result<Token, DbErr> {
    let now = clock.now();
    let row = ActiveModel {
        id: Set(clock.new_id()),
        account_id: Set(account_id),
        token_hash: Set(token_hash),
        name: Set(new.name().to_owned()),
        scopes: Set(scopes_text(new.scopes())),
        created_at: Set(now),
        expires_at: Set(now + chrono::TimeDelta::days(new.days().into())),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    row.insert(txn).await.map(Token::from)
}

/// The token with a hash.
pub(super) async fn by_hash(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<Token>, DbErr> {
    let found = Entity::find()
        .filter(Column::TokenHash.eq(token_hash))
        .one(db)
        .await?;
    Ok(found.map(Token::from))
}

/// A token by its id.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    id: ApiTokenId,
) -> Result<Option<Token>, DbErr> {
    Ok(Entity::find_by_id(id).one(db).await?.map(Token::from))
}

/// The tokens of an account, the newest first.
pub(super) async fn of_account(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<Vec<Token>, DbErr> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account_id))
        .order_by_desc(Column::Id)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(Token::from).collect())
}

/// How many tokens of an account work.
pub(super) async fn count_working(
    db: &impl ConnectionTrait,
    account_id: AccountId,
    now: DateTime<Utc>,
) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .count(db)
        .await
}

/// Revokes a token; `false` if it was revoked before.
pub(super) async fn revoke(
    txn: &Transaction,
    now: DateTime<Utc>,
    id: ApiTokenId,
) -> Result<bool, DbErr> {
    let revoked = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::RevokedAt.is_null())
        .exec(txn)
        .await?;
    Ok(revoked.rows_affected > 0)
}

/// Revokes every token of an account that works; returns their ids.
pub(super) async fn revoke_all(
    txn: &Transaction,
    now: DateTime<Utc>,
    account_id: AccountId,
) -> Result<Vec<ApiTokenId>, DbErr> {
    let revoked = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .exec_with_returning(txn)
        .await?;
    Ok(revoked.into_iter().map(|row| row.id).collect())
}

/// Notes that a token is used.
pub(super) async fn note_use(
    txn: &Transaction,
    id: ApiTokenId,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(
            Condition::any()
                .add(Column::LastUsedAt.is_null())
                .add(Column::LastUsedAt.lt(now)),
        )
        .exec(txn)
        .await
        .map(drop)
}

/// Claims a key of an account; `false` if it was used before. A transaction that claims the same key waits until this
/// one ends.
pub(super) async fn insert_key(
    txn: &Transaction,
    clock: &Clock,
    account_id: AccountId,
    key: &IdempotencyKey,
) -> Result<bool, DbErr> {
    let row = idempotency_key::ActiveModel {
        account_id: Set(account_id),
        key_hash: Set(key.key_hash.clone()),
        request_hash: Set(key.request_hash.clone()),
        registration_id: Set(None),
        is_made: Set(false),
        state: Set(RegistrationState::Pending),
        queue_place: Set(None),
        created_at: Set(clock.now()),
    };
    let inserted = idempotency_key::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    Ok(inserted > 0)
}

/// The key as it was used before.
pub(super) async fn find_key(
    txn: &Transaction,
    account_id: AccountId,
    key: &IdempotencyKey,
) -> Result<Option<idempotency_key::Model>, DbErr> {
    idempotency_key::Entity::find_by_id((account_id, key.key_hash.clone()))
        .one(txn)
        .await
}

/// Keeps the result of the request with a key.
pub(super) async fn set_result(
    txn: &Transaction,
    account_id: AccountId,
    key: &IdempotencyKey,
    result: &Registered,
) -> Result<(), DbErr> {
    let row = &result.queued.registration;
    idempotency_key::ActiveModel {
        account_id: Unchanged(account_id),
        key_hash: Unchanged(key.key_hash.clone()),
        registration_id: Set(Some(row.id)),
        is_made: Set(result.is_made),
        state: Set(row.state),
        queue_place: Set(result.queued.queue_place),
        ..Default::default()
    }
    .update(txn)
    .await
    .map(drop)
}
