//! The addresses of the calendar feeds of people's own events, and finding what somebody has registered for others.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{integer, pk_uuid, timestamp_with_time_zone as time};

use super::statements::{drop_tables, index, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0012_calendar_feeds"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let feeds = table("calendar_feed")
            .col(pk_uuid("account_id"))
            .col(integer("generation"))
            .col(time("renewed_at"))
            .foreign_key(&mut refers("calendar_feed", "account_id", "account"))
            .take();
        manager.create_table(feeds).await?;
        let by_registrar = index("registration", &["registered_by"]);
        manager.create_index(by_registrar).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let by_registrar = Index::drop()
            .name("registration_registered_by")
            .table("registration")
            .to_owned();
        manager.drop_index(by_registrar).await?;
        drop_tables(manager, &["calendar_feed"]).await
    }
}
