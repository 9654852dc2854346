//! Addresses that do not take mails, and an index over whom mails are for.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{text, text_null, timestamp_with_time_zone as time, uuid_null};

use super::statements::{drop_tables, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_mails"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let refusals = table("mail_refusal")
            .col(text("address").primary_key())
            .col(time("refused_at"))
            .col(text_null("answer"))
            .col(uuid_null("reported_by"))
            .foreign_key(&mut refers("mail_refusal", "reported_by", "account"))
            .take();
        manager.create_table(refusals).await?;
        // Over the expression of `mail::store`.
        let recipient = match manager.get_database_backend() {
            DbBackend::Postgres => "(lower(payload->>'recipient'))",
            _ => "lower(json_extract(payload, '$.recipient'))",
        };
        let index = format!("CREATE INDEX job_recipient ON job ({recipient})");
        manager
            .get_connection()
            .execute_unprepared(&index)
            .await
            .map(drop)
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared("DROP INDEX job_recipient")
            .await?;
        drop_tables(manager, &["mail_refusal"]).await
    }
}
