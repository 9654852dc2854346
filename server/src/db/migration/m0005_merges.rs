//! Merges of organisations, and what they moved.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    pk_uuid, text, timestamp_with_time_zone as time, timestamp_with_time_zone_null as time_null,
    uuid, uuid_null,
};

use super::statements::{drop_tables, index, index_named, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_merges"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let merges = table("organisation_merge")
            .col(pk_uuid("id"))
            .col(uuid("kept_id"))
            .col(uuid("merged_id"))
            .col(text("status_before"))
            .col(text("names_folded"))
            .col(uuid("merged_by"))
            .col(time("merged_at"))
            .col(uuid_null("undone_by"))
            .col(time_null("undone_at"))
            .foreign_key(&mut refers("organisation_merge", "kept_id", "organisation"))
            .foreign_key(&mut refers(
                "organisation_merge",
                "merged_id",
                "organisation",
            ))
            .foreign_key(&mut refers("organisation_merge", "merged_by", "account"))
            .foreign_key(&mut refers("organisation_merge", "undone_by", "account"))
            .take();
        manager.create_table(merges).await?;
        let moves = table("organisation_move")
            .col(uuid("merge_id"))
            .col(text("record_kind"))
            .col(uuid("record_id"))
            .primary_key(
                Index::create()
                    .col("merge_id")
                    .col("record_kind")
                    .col("record_id"),
            )
            .foreign_key(&mut refers(
                "organisation_move",
                "merge_id",
                "organisation_merge",
            ))
            .take();
        manager.create_table(moves).await?;
        // One at a time leads on from an organisation.
        let in_force = index_named(
            "organisation_merge_in_force",
            "organisation_merge",
            &["merged_id"],
        )
        .unique()
        .and_where(Expr::col("undone_at").is_null())
        .take();
        manager.create_index(in_force).await?;
        manager
            .create_index(index("organisation_merge", &["kept_id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["organisation_move", "organisation_merge"]).await
    }
}
