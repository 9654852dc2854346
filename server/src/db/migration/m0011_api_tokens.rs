//! Tokens of the API, and the keys of requests that have one effect.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, integer_null, pk_uuid, text, timestamp_with_time_zone as time,
    timestamp_with_time_zone_null as time_null, uuid, uuid_null,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0011_api_tokens"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tokens = Table::create()
            .table("api_token")
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
        let keys = Table::create()
            .table("idempotency_key")
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
        let by_hash = Index::create()
            .name("api_token_token_hash")
            .table("api_token")
            .col("token_hash")
            .unique()
            .take();
        manager.create_index(by_hash).await?;
        let of_account = Index::create()
            .name("api_token_account_id")
            .table("api_token")
            .col("account_id")
            .take();
        manager.create_index(of_account).await?;
        let by_age = Index::create()
            .name("idempotency_key_created_at")
            .table("idempotency_key")
            .col("created_at")
            .take();
        manager.create_index(by_age).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["idempotency_key", "api_token"] {
            manager
                .drop_table(Table::drop().table(table).take())
                .await?;
        }
        Ok(())
    }
}

/// `table.column` refers to `target.id`.
fn refers(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}_fkey"))
        .from(table, column)
        .to(target, "id")
        .take()
}
