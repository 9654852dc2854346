//! Tokens of the API, and the keys of requests that have one effect.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, integer_null, pk_uuid, text, timestamp_with_time_zone as time,
    timestamp_with_time_zone_null as time_null, uuid, uuid_null,
};

use super::statements::{drop_tables, index, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0011_api_tokens"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tokens = table("api_token")
            .col(pk_uuid("id"))
            .col(uuid("account_id"))
            .col(text("token_hash"))
            .col(text("name"))
            .col(text("scopes"))
            .col(time("created_at"))
            .col(time("expires_at"))
            .col(time_null("last_used_at"))
            .col(time_null("revoked_at"))
            .foreign_key(&mut refers("api_token", "account_id", "account"))
            .take();
        manager.create_table(tokens).await?;
        let keys = table("idempotency_key")
            .col(uuid("account_id"))
            .col(text("key_hash"))
            .col(text("request_hash"))
            .col(uuid_null("registration_id"))
            .col(boolean("is_made"))
            .col(text("state"))
            .col(integer_null("queue_place"))
            .col(time("created_at"))
            .primary_key(Index::create().col("account_id").col("key_hash"))
            .foreign_key(&mut refers("idempotency_key", "account_id", "account"))
            .take();
        manager.create_table(keys).await?;
        for index in [
            index("api_token", &["token_hash"]).unique().take(),
            index("api_token", &["account_id"]),
            index("idempotency_key", &["created_at"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["idempotency_key", "api_token"]).await
    }
}
