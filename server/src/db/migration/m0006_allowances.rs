//! What managers allow a person in tests: more attempts, extra time.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    integer, pk_uuid, text, text_null, timestamp_with_time_zone as time,
    timestamp_with_time_zone_null as time_null, uuid, uuid_null,
};

use super::statements::{drop_tables, index, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_allowances"
    }
}

/// Columns with 0 in the rows that are there.
const COLUMNS: [(&str, &str); 2] = [
    ("enrolment", "extra_attempts"),
    ("attempt", "extra_time_percent"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in COLUMNS {
            let altered = Table::alter()
                .table(table)
                .add_column(integer(column).default(0))
                .take();
            manager.alter_table(altered).await?;
        }
        let allowances = table("test_allowance")
            .col(pk_uuid("id"))
            .col(uuid("person_id"))
            .col(uuid_null("enrolment_id"))
            .col(text("kind"))
            .col(integer("amount"))
            .col(text("reason"))
            .col(uuid("given_by"))
            .col(time("given_at"))
            .col(uuid_null("withdrawn_by"))
            .col(time_null("withdrawn_at"))
            .col(text_null("withdrawn_reason"))
            .foreign_key(&mut refers("test_allowance", "person_id", "person"))
            .foreign_key(&mut refers("test_allowance", "enrolment_id", "enrolment"))
            .take();
        manager.create_table(allowances).await?;
        manager
            .create_index(index("test_allowance", &["person_id"]))
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["test_allowance"]).await?;
        for (table, column) in COLUMNS {
            let altered = Table::alter().table(table).drop_column(column).take();
            manager.alter_table(altered).await?;
        }
        Ok(())
    }
}
