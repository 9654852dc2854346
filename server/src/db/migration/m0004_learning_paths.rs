//! Enrolments in learning paths, and their completions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, double, json_binary, pk_uuid, text, timestamp_with_time_zone as time, uuid,
};

use super::statements::{drop_tables, index, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_learning_paths"
    }
}

const ENROLMENT: &str = "path_enrolment";
const COMPLETION: &str = "path_completion";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table(ENROLMENT)
                    .col(pk_uuid("id"))
                    .col(uuid("person_id"))
                    .col(text("path_id"))
                    .col(text("language"))
                    .col(time("enrolled_at"))
                    .col(boolean("is_trial"))
                    .foreign_key(&mut refers(ENROLMENT, "person_id", "person"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                table(COMPLETION)
                    .col(pk_uuid("id"))
                    .col(uuid("path_enrolment_id"))
                    .col(uuid("person_id"))
                    .col(text("path_id"))
                    .col(json_binary("path_title"))
                    .col(double("hours"))
                    .col(json_binary("trace"))
                    .col(time("completed_at"))
                    .foreign_key(&mut refers(COMPLETION, "path_enrolment_id", ENROLMENT))
                    .foreign_key(&mut refers(COMPLETION, "person_id", "person"))
                    .take(),
            )
            .await?;
        for index in [
            index(ENROLMENT, &["person_id", "path_id", "is_trial"])
                .unique()
                .take(),
            index(COMPLETION, &["path_enrolment_id"]).unique().take(),
            index(COMPLETION, &["person_id"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &[COMPLETION, ENROLMENT]).await
    }
}
