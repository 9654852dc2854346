//! Reminders of courses that were begun and not gone on with, and who does not want them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, pk_uuid, timestamp_with_time_zone as time, uuid};

use super::statements::{drop_tables, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0008_reminders"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let reminder = table("reminder")
            .col(uuid("enrolment_id"))
            .col(integer("step"))
            .col(time("queued_at"))
            .primary_key(Index::create().col("enrolment_id").col("step"))
            .foreign_key(&mut refers("reminder", "enrolment_id", "enrolment"))
            .take();
        manager.create_table(reminder).await?;
        let stop = table("reminder_stop")
            .col(pk_uuid("person_id"))
            .col(time("stopped_at"))
            .foreign_key(&mut refers("reminder_stop", "person_id", "person"))
            .take();
        manager.create_table(stop).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["reminder_stop", "reminder"]).await
    }
}
