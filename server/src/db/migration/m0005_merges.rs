//! Merges of organisations, and what they moved.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    pk_uuid, text, timestamp_with_time_zone as time, timestamp_with_time_zone_null as time_null,
    uuid, uuid_null,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_merges"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let merges = Table::create()
            .table("organisation_merge")
            .col(pk_uuid("id"))
            .col(uuid("kept_id"))
            .col(uuid("merged_id"))
            .col(text("status_before"))
            .col(text("names_folded"))
            .col(uuid("merged_by"))
            .col(time("merged_at"))
            .col(uuid_null("undone_by"))
            .col(time_null("undone_at"))
            .foreign_key(&mut refers("kept_id", "organisation"))
            .foreign_key(&mut refers("merged_id", "organisation"))
            .foreign_key(&mut refers("merged_by", "account"))
            .foreign_key(&mut refers("undone_by", "account"))
            .take();
        manager.create_table(merges).await?;
        let moves = Table::create()
            .table("organisation_move")
            .col(uuid("merge_id"))
            .col(text("record_kind"))
            .col(uuid("record_id"))
            .primary_key(
                Index::create()
                    .col("merge_id")
                    .col("record_kind")
                    .col("record_id"),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("organisation_move_merge_id_fkey")
                    .from("organisation_move", "merge_id")
                    .to("organisation_merge", "id"),
            )
            .take();
        manager.create_table(moves).await?;
        // One at a time leads on from an organisation.
        let in_force = Index::create()
            .name("organisation_merge_in_force")
            .table("organisation_merge")
            .col("merged_id")
            .unique()
            .and_where(Expr::col("undone_at").is_null())
            .take();
        manager.create_index(in_force).await?;
        let kept = Index::create()
            .name("organisation_merge_kept_id")
            .table("organisation_merge")
            .col("kept_id")
            .take();
        manager.create_index(kept).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["organisation_move", "organisation_merge"] {
            manager
                .drop_table(Table::drop().table(table).take())
                .await?;
        }
        Ok(())
    }
}

fn refers(column: &'static str, target: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("organisation_merge_{column}_fkey"))
        .from("organisation_merge", column)
        .to(target, "id")
        .take()
}
