//! What `api` holds about a person: the tokens of their account, and the keys of requests made with them.

use chrono::{DateTime, Utc};
use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{
    ColumnTrait as _, Condition, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _,
};
use serde_json::json;

use crate::{
    db::{
        Db, Transaction,
        entity::{api_token, idempotency_key},
    },
    personal::{Erasing, PersonalRecords, Records, Rule, Subject},
};

/// Tokens, and keys of requests.
pub struct PersonalTokens;

const TOKENS: &str = "api-tokens";
const KEYS: &str = "idempotency-keys";

impl PersonalRecords for PersonalTokens {
    fn tables(&self) -> &'static [&'static str] {
        &["api_token", "idempotency_key"]
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let accounts = || subject.account_ids.iter().copied();
            let tokens = api_token::Entity::find()
                .filter(api_token::Column::AccountId.is_in(accounts()))
                .order_by_asc(api_token::Column::Id)
                .all(db.read())
                .await?;
            let tokens = tokens.into_iter().map(|row| {
                vec![
                    ("name", json!(row.name)),
                    ("scopes", json!(row.scopes)),
                    ("created_at", json!(row.created_at)),
                    ("expires_at", json!(row.expires_at)),
                    ("last_used_at", json!(row.last_used_at)),
                    ("revoked_at", json!(row.revoked_at)),
                ]
            });
            let keys = idempotency_key::Entity::find()
                .filter(idempotency_key::Column::AccountId.is_in(accounts()))
                .order_by_asc(idempotency_key::Column::CreatedAt)
                .all(db.read())
                .await?;
            let keys = keys
                .into_iter()
                .map(|row| vec![("created_at", json!(row.created_at))]);
            Ok(vec![
                Records {
                    table: "api_token",
                    rows: tokens.collect(),
                },
                Records {
                    table: "idempotency_key",
                    rows: keys.collect(),
                },
            ])
        }
        .boxed()
    }

    fn erase<'a>(
        &'a self,
        txn: &'a Transaction,
        erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            let accounts = || erasing.subject.account_ids.iter().copied();
            api_token::Entity::delete_many()
                .filter(api_token::Column::AccountId.is_in(accounts()))
                .exec(txn)
                .await?;
            idempotency_key::Entity::delete_many()
                .filter(idempotency_key::Column::AccountId.is_in(accounts()))
                .exec(txn)
                .await
                .map(drop)
        }
        .boxed()
    }

    fn rules(&self) -> &'static [Rule] {
        &[
            Rule {
                name: TOKENS,
                days: 90,
            },
            Rule {
                name: KEYS,
                days: 2,
            },
        ]
    }

    fn apply<'a>(
        &'a self,
        txn: &'a Transaction,
        rule: &'static str,
        before: DateTime<Utc>,
        is_dry: bool,
    ) -> BoxFuture<'a, Result<u64, DbErr>> {
        async move {
            if rule == KEYS {
                let old = idempotency_key::Column::CreatedAt.lt(before);
                if is_dry {
                    return idempotency_key::Entity::find().filter(old).count(txn).await;
                }
                let deleted = idempotency_key::Entity::delete_many()
                    .filter(old)
                    .exec(txn)
                    .await?;
                return Ok(deleted.rows_affected);
            }
            // Expired or revoked, whichever came first.
            let old = Condition::any()
                .add(api_token::Column::ExpiresAt.lt(before))
                .add(api_token::Column::RevokedAt.lt(before));
            if is_dry {
                return api_token::Entity::find().filter(old).count(txn).await;
            }
            let deleted = api_token::Entity::delete_many()
                .filter(old)
                .exec(txn)
                .await?;
            Ok(deleted.rows_affected)
        }
        .boxed()
    }
}
