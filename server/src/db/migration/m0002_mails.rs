//! Addresses that do not take mails, and an index over whom mails are for.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{text, text_null, timestamp_with_time_zone as time, uuid_null};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_mails"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let refusals = Table::create()
            .table("mail_refusal")
            .col(text("address").primary_key())
            .col(time("refused_at"))
            .col(text_null("answer"))
            .col(uuid_null("reported_by"))
            .foreign_key(
                ForeignKey::create()
                    .name("mail_refusal_reported_by_fkey")
                    .from("mail_refusal", "reported_by")
                    .to("account", "id"),
            )
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
        manager
            .drop_table(Table::drop().table("mail_refusal").take())
            .await
    }
}
