//! The file of a certificate in its other language; answers that their author deleted.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    blob, pk_uuid, text, timestamp_with_time_zone as time,
    timestamp_with_time_zone_null as time_null,
};

use super::statements::{drop_tables, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_languages_and_reflections"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let translations = table("certificate_translation")
            .col(pk_uuid("certificate_id"))
            .col(text("language"))
            .col(blob("bytes"))
            .col(text("sha256"))
            .col(time("created_at"))
            .foreign_key(&mut refers(
                "certificate_translation",
                "certificate_id",
                "certificate",
            ))
            .take();
        manager.create_table(translations).await?;
        let altered = Table::alter()
            .table("practice_answer")
            .add_column(time_null("deleted_at"))
            .take();
        manager.alter_table(altered).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let altered = Table::alter()
            .table("practice_answer")
            .drop_column("deleted_at")
            .take();
        manager.alter_table(altered).await?;
        drop_tables(manager, &["certificate_translation"]).await
    }
}
