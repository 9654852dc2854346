//! Events with their sessions, registrations, and which strands organisers work on.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, integer, integer_null, json_binary, pk_uuid, text, text_null,
    timestamp_with_time_zone as time, timestamp_with_time_zone_null as time_null, uuid, uuid_null,
};

use super::statements::{index, index_named, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0009_events"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables().iter().rev() {
            if let Some(name) = table.get_table_name() {
                manager
                    .drop_table(Table::drop().table(name.clone()).take())
                    .await?;
            }
        }
        Ok(())
    }
}

/// Every table, each after those it refers to.
fn tables() -> Vec<TableCreateStatement> {
    [of_events(), of_registrations()].concat()
}

fn of_events() -> Vec<TableCreateStatement> {
    vec![
        table("event")
            .col(pk_uuid("id"))
            .col(text("kind"))
            .col(text("strand"))
            .col(text("status"))
            .col(text("title_lv"))
            .col(text("title_en"))
            .col(text("summary_lv"))
            .col(text("summary_en"))
            .col(text("language"))
            .col(text("audience"))
            .col(text("lecturers"))
            .col(text("contact_email"))
            .col(integer("capacity"))
            .col(integer_null("minimum"))
            .col(time_null("opens_at"))
            .col(time_null("closes_at"))
            .col(time_null("cancel_until"))
            .col(integer("offer_hours"))
            .col(json_binary("reminder_minutes"))
            .col(integer("needs_kept_days"))
            .col(time("starts_at"))
            .col(time("ends_at"))
            .col(text("search_folded"))
            .col(big_integer("seat_version").default(0))
            .col(integer("last_number").default(0))
            .col(integer("sequence").default(0))
            .col(uuid("created_by"))
            .col(time("created_at"))
            .col(time_null("published_at"))
            .col(time_null("cancelled_at"))
            .col(text("cancel_reason"))
            .foreign_key(&mut refers("event", "created_by", "account"))
            .take(),
        table("event_session")
            .col(pk_uuid("id"))
            .col(uuid("event_id"))
            .col(integer("position"))
            .col(time("starts_at"))
            .col(time("ends_at"))
            .col(text("form"))
            .col(text("city"))
            .col(text("address"))
            .col(text("room"))
            .col(text("accessibility"))
            .col(text("remote_url"))
            .foreign_key(&mut refers("event_session", "event_id", "event"))
            .take(),
        table("event_material")
            .col(pk_uuid("id"))
            .col(uuid("event_id"))
            .col(integer("position"))
            .col(text("title"))
            .col(text("url"))
            .foreign_key(&mut refers("event_material", "event_id", "event"))
            .take(),
        table("strand_grant")
            .col(uuid("account_id"))
            .col(text("strand"))
            .col(uuid_null("granted_by"))
            .col(time("granted_at"))
            .primary_key(Index::create().col("account_id").col("strand"))
            .foreign_key(&mut refers("strand_grant", "account_id", "account"))
            .foreign_key(&mut refers("strand_grant", "granted_by", "account"))
            .take(),
    ]
}

fn of_registrations() -> Vec<TableCreateStatement> {
    vec![
        table("registration")
            .col(pk_uuid("id"))
            .col(uuid("event_id"))
            .col(uuid("person_id"))
            .col(integer("number"))
            .col(text("state"))
            .col(boolean("holds_place"))
            .col(text("origin"))
            .col(text("given_name"))
            .col(text("family_name"))
            .col(text("name_folded"))
            .col(text("email"))
            .col(text("locale"))
            .col(uuid_null("organisation_id"))
            .col(text("role"))
            .col(uuid_null("group_id"))
            .col(uuid_null("registered_by"))
            .col(uuid_null("substitutes"))
            .col(integer("link_generation").default(0))
            .col(time("created_at"))
            .col(time_null("expires_at"))
            .col(time_null("registered_at"))
            .col(time_null("ended_at"))
            .col(text_null("end_cause"))
            .foreign_key(&mut refers("registration", "event_id", "event"))
            .foreign_key(&mut refers("registration", "person_id", "person"))
            .foreign_key(&mut refers(
                "registration",
                "organisation_id",
                "organisation",
            ))
            .foreign_key(&mut refers("registration", "registered_by", "account"))
            .take(),
        table("registration_needs")
            .col(pk_uuid("registration_id"))
            .col(text("sealed"))
            .col(time("updated_at"))
            .foreign_key(&mut refers(
                "registration_needs",
                "registration_id",
                "registration",
            ))
            .take(),
    ]
}

/// Every index.
fn indexes() -> Vec<IndexCreateStatement> {
    let active = ["pending", "registered", "waiting", "offered"];
    vec![
        index("event_session", &["event_id", "position"])
            .unique()
            .take(),
        index("registration", &["event_id", "number"])
            .unique()
            .take(),
        // A person has one registration in force for an event.
        index_named(
            "registration_active",
            "registration",
            &["event_id", "person_id"],
        )
        .unique()
        .and_where(Expr::col("state").is_in(active))
        .take(),
        index("event", &["status", "starts_at"]),
        index("event_material", &["event_id"]),
        index("registration", &["event_id", "state", "number"]),
        index("registration", &["person_id"]),
        index_named("registration_due", "registration", &["expires_at"])
            .and_where(Expr::col("state").is_in(["pending", "offered"]))
            .take(),
    ]
}
