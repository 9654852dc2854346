//! Messages to participants of events.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, pk_uuid, text, timestamp_with_time_zone as time, uuid};

use super::statements::{drop_tables, index, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0014_messages"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let messages = table("event_message")
            .col(pk_uuid("id"))
            .col(uuid("event_id"))
            .col(uuid("sent_by"))
            .col(text("sender"))
            .col(time("sent_at"))
            .col(text("audience"))
            .col(integer("recipients"))
            .col(text("subject_lv"))
            .col(text("text_lv"))
            .col(text("subject_en"))
            .col(text("text_en"))
            .foreign_key(&mut refers("event_message", "event_id", "event"))
            .foreign_key(&mut refers("event_message", "sent_by", "account"))
            .take();
        manager.create_table(messages).await?;
        for column in ["event_id", "sent_by", "sent_at"] {
            let index = index("event_message", &[column]);
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["event_message"]).await
    }
}
