//! Accounts that are closed with a reason, sessions with their last use and their device, addresses that change,
//! second factors.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, pk_uuid, text, text_null, timestamp_with_time_zone as time,
    timestamp_with_time_zone_null as time_null, uuid,
};

use super::statements::{drop_tables, index, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [("account", "closed_reason"), ("email_token", "new_email")] {
            manager
                .alter_table(
                    Table::alter()
                        .table(table)
                        .add_column(text_null(column))
                        .take(),
                )
                .await?;
        }
        // Nobody knows when the present sessions were last used: everybody signs in once more.
        drop_tables(manager, &["session"]).await?;
        let session = table("session")
            .col(text("token_hash").primary_key())
            .col(uuid("id").unique_key())
            .col(uuid("account_id"))
            .col(time("created_at"))
            .col(time("expires_at"))
            .col(time("last_used_at"))
            .col(text("device"))
            .foreign_key(&mut refers("session", "account_id", "account"))
            .take();
        let former_email = table("former_email")
            .col(pk_uuid("id"))
            .col(uuid("account_id"))
            .col(text("email"))
            .col(time("until"))
            .foreign_key(&mut refers("former_email", "account_id", "account"))
            .take();
        let second_factor = table("second_factor")
            .col(pk_uuid("account_id"))
            .col(text("secret"))
            .col(time("created_at"))
            .col(time_null("confirmed_at"))
            .col(big_integer("last_step"))
            .col(integer("failures"))
            .col(time_null("locked_until"))
            .foreign_key(&mut refers("second_factor", "account_id", "account"))
            .take();
        let recovery_code = table("recovery_code")
            .col(pk_uuid("id"))
            .col(uuid("account_id"))
            .col(text("code_hash"))
            .col(time("created_at"))
            .col(time_null("used_at"))
            .foreign_key(&mut refers("recovery_code", "account_id", "account"))
            .take();
        for table in [session, former_email, second_factor, recovery_code] {
            manager.create_table(table).await?;
        }
        for (table, column) in INDEXES {
            manager.create_index(index(table, &[column])).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(
            manager,
            &["recovery_code", "second_factor", "former_email", "session"],
        )
        .await?;
        let session = table("session")
            .col(text("token_hash").primary_key())
            .col(uuid("account_id"))
            .col(time("created_at"))
            .col(time("expires_at"))
            .foreign_key(&mut refers("session", "account_id", "account"))
            .take();
        manager.create_table(session).await?;
        for (table, column) in [("account", "closed_reason"), ("email_token", "new_email")] {
            manager
                .alter_table(Table::alter().table(table).drop_column(column).take())
                .await?;
        }
        Ok(())
    }
}

const INDEXES: [(&str, &str); 4] = [
    ("session", "account_id"),
    ("session", "expires_at"),
    ("former_email", "account_id"),
    ("recovery_code", "account_id"),
];
