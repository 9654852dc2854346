//! Files of registrations, between their check and their end.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, pk_uuid, text, text_null, timestamp_with_time_zone as time,
    timestamp_with_time_zone_null as time_null, uuid,
};

use super::statements::{drop_tables, index, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0013_imports"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let imports = table("registration_import")
            .col(pk_uuid("id"))
            .col(uuid("event_id"))
            .col(uuid("created_by"))
            .col(time("created_at"))
            .col(text("file_name"))
            .col(text("status"))
            .col(text_null("sealed"))
            .col(integer("people"))
            .col(integer("left_out"))
            .col(integer("done"))
            .col(text("outcomes"))
            .col(time_null("ended_at"))
            .foreign_key(&mut refers("registration_import", "event_id", "event"))
            .foreign_key(&mut refers("registration_import", "created_by", "account"))
            .take();
        manager.create_table(imports).await?;
        for column in ["event_id", "created_by", "created_at"] {
            let index = index("registration_import", &[column]);
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["registration_import"]).await
    }
}
