//! Persons and how they sign in, organisations, learning, certificates, indicators, mail, jobs, audit.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, blob, boolean, boolean_null, date, date_null, double, double_null, integer,
    json_binary, json_binary_null, pk_uuid, text, text_null, timestamp_with_time_zone as time,
    timestamp_with_time_zone_null as time_null, uuid, uuid_null,
};

use crate::db::collation::LATVIAN_ORDER;

use super::statements::{index, index_named, refers, table};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_learning"
    }
}

/// The hash before the first entry of the audit log.
const NO_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            let collation = format!(
                "CREATE COLLATION IF NOT EXISTS {LATVIAN_ORDER} (provider = icu, locale = 'lv')"
            );
            manager
                .get_connection()
                .execute_unprepared(&collation)
                .await?;
        }
        let head = Query::insert()
            .into_table("audit_head")
            .columns(["id", "sequence", "hash"])
            .values_panic([1.into(), 0.into(), NO_HASH.into()])
            .to_owned();
        manager.get_connection().execute(&head).await?;
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
        if manager.get_database_backend() == DbBackend::Postgres {
            let collation = format!("DROP COLLATION IF EXISTS {LATVIAN_ORDER}");
            manager
                .get_connection()
                .execute_unprepared(&collation)
                .await?;
        }
        Ok(())
    }
}

/// Every table, each after those it refers to.
fn tables() -> Vec<TableCreateStatement> {
    [people(), learning(), certificates(), programme(), system()].concat()
}

fn people() -> Vec<TableCreateStatement> {
    vec![
        table("person")
            .col(pk_uuid("id"))
            .col(text("given_name"))
            .col(text("family_name"))
            .col(text("name_folded").default(""))
            .col(big_integer("record_version").default(0))
            .col(time("created_at"))
            .take(),
        table("guest")
            .col(pk_uuid("person_id"))
            .col(text("email"))
            .col(time_null("email_confirmed_at"))
            .col(text("locale"))
            .col(time("created_at"))
            .foreign_key(&mut refers("guest", "person_id", "person"))
            .take(),
        table("account")
            .col(pk_uuid("id"))
            .col(uuid_null("person_id"))
            .col(text("email"))
            .col(text_null("password_hash"))
            .col(time_null("email_confirmed_at"))
            .col(text("locale"))
            .col(time("created_at"))
            .col(time_null("disabled_at"))
            .foreign_key(&mut refers("account", "person_id", "person"))
            .take(),
        table("session")
            .col(text("token_hash").primary_key())
            .col(uuid("account_id"))
            .col(time("created_at"))
            .col(time("expires_at"))
            .foreign_key(&mut refers("session", "account_id", "account"))
            .take(),
        table("role_grant")
            .col(pk_uuid("id"))
            .col(uuid("account_id"))
            .col(text("role"))
            .col(uuid_null("granted_by"))
            .col(time("granted_at"))
            .col(time_null("revoked_at"))
            .foreign_key(&mut refers("role_grant", "account_id", "account"))
            .foreign_key(&mut refers("role_grant", "granted_by", "account"))
            .take(),
        table("email_token")
            .col(text("token_hash").primary_key())
            .col(text("purpose"))
            .col(uuid_null("account_id"))
            .col(time("created_at"))
            .col(time("expires_at"))
            .col(time_null("used_at"))
            .foreign_key(&mut refers("email_token", "account_id", "account"))
            .take(),
        table("organisation")
            .col(pk_uuid("id"))
            .col(text("name"))
            .col(text("name_folded"))
            .col(text_null("registration_number"))
            .col(text("kind"))
            .col(text("status"))
            .col(uuid_null("proposed_by"))
            .col(uuid_null("decided_by"))
            .col(time_null("decided_at"))
            .col(text_null("decision_reason"))
            .col(time("created_at"))
            .foreign_key(&mut refers("organisation", "proposed_by", "person"))
            .foreign_key(&mut refers("organisation", "decided_by", "account"))
            .take(),
        table("affiliation")
            .col(pk_uuid("id"))
            .col(uuid("person_id"))
            .col(uuid("organisation_id"))
            .col(date("since"))
            .col(date_null("until"))
            .col(time("created_at"))
            .foreign_key(&mut refers("affiliation", "person_id", "person"))
            .foreign_key(&mut refers(
                "affiliation",
                "organisation_id",
                "organisation",
            ))
            .take(),
        table("notice_acceptance")
            .col(pk_uuid("id"))
            .col(uuid("person_id"))
            .col(text("notice"))
            .col(text("version"))
            .col(text("locale"))
            .col(time("accepted_at"))
            .foreign_key(&mut refers("notice_acceptance", "person_id", "person"))
            .take(),
    ]
}

fn learning() -> Vec<TableCreateStatement> {
    vec![
        table("enrolment")
            .col(pk_uuid("id"))
            .col(uuid("person_id"))
            .col(text("course_id"))
            .col(text("language"))
            .col(time("enrolled_at"))
            .col(text_null("last_lesson_id"))
            .col(boolean("is_trial"))
            .col(json_binary("seen_parts"))
            .foreign_key(&mut refers("enrolment", "person_id", "person"))
            .take(),
        table("lesson_progress")
            .col(uuid("enrolment_id"))
            .col(text("lesson_id"))
            .col(time("opened_at"))
            .col(time_null("completed_at"))
            .primary_key(Index::create().col("enrolment_id").col("lesson_id"))
            .foreign_key(&mut refers("lesson_progress", "enrolment_id", "enrolment"))
            .take(),
        table("practice_answer")
            .col(pk_uuid("id"))
            .col(uuid("enrolment_id"))
            .col(text("lesson_id"))
            .col(text("question_id"))
            .col(text("revision"))
            .col(json_binary("response"))
            .col(double("fraction"))
            .col(time("answered_at"))
            .foreign_key(&mut refers("practice_answer", "enrolment_id", "enrolment"))
            .take(),
        table("attempt")
            .col(pk_uuid("id"))
            .col(uuid("enrolment_id"))
            .col(text("test_id"))
            .col(integer("number"))
            .col(text("language"))
            .col(time("started_at"))
            .col(time_null("deadline_at"))
            .col(time_null("finished_at"))
            .col(double_null("points"))
            .col(double_null("max_points"))
            .col(boolean_null("passed"))
            .col(double("pass_mark"))
            .col(text("bundle_hash"))
            .col(json_binary("questions"))
            .foreign_key(&mut refers("attempt", "enrolment_id", "enrolment"))
            .take(),
        table("attempt_step")
            .col(uuid("attempt_id"))
            .col(integer("sequence"))
            .col(text("question_id"))
            .col(json_binary_null("response"))
            .col(time("answered_at"))
            .primary_key(Index::create().col("attempt_id").col("sequence"))
            .foreign_key(&mut refers("attempt_step", "attempt_id", "attempt"))
            .take(),
        table("completion")
            .col(pk_uuid("id"))
            .col(uuid("enrolment_id"))
            .col(uuid("person_id"))
            .col(text("course_id"))
            .col(json_binary("course_title"))
            .col(double("hours"))
            .col(json_binary("trace"))
            .col(time("completed_at"))
            .col(text("bundle_hash"))
            .foreign_key(&mut refers("completion", "enrolment_id", "enrolment"))
            .foreign_key(&mut refers("completion", "person_id", "person"))
            .take(),
    ]
}

fn certificates() -> Vec<TableCreateStatement> {
    vec![
        table("certificate")
            .col(pk_uuid("id"))
            .col(text("serial"))
            .col(text("code"))
            .col(uuid("person_id"))
            .col(text("holder_name"))
            .col(text("source_kind"))
            .col(uuid("source_id"))
            .col(json_binary("data"))
            .col(text("template_version"))
            .col(text("language"))
            .col(time("issued_at"))
            .col(text("status"))
            .col(text_null("status_reason"))
            .col(time_null("status_at"))
            .col(uuid_null("replaces_id"))
            .col(text_null("pdf_sha256"))
            .col(time_null("rendered_at"))
            .col(time_null("erased_at"))
            .foreign_key(&mut refers("certificate", "person_id", "person"))
            .foreign_key(&mut refers("certificate", "replaces_id", "certificate"))
            .take(),
        table("certificate_file")
            .col(pk_uuid("certificate_id"))
            .col(blob("bytes"))
            .col(time("created_at"))
            .foreign_key(&mut refers(
                "certificate_file",
                "certificate_id",
                "certificate",
            ))
            .take(),
        table("serial_counter")
            .col(text("series").primary_key())
            .col(big_integer("last"))
            .take(),
    ]
}

fn programme() -> Vec<TableCreateStatement> {
    vec![
        // `superseded_by` is no foreign key: a fact is superseded before its successor is inserted, and
        // deferred keys are excluded (see the module above).
        table("indicator_fact")
            .col(pk_uuid("id"))
            .col(text("indicator_id"))
            .col(uuid("person_id"))
            .col(uuid_null("organisation_id"))
            .col(text("source_kind"))
            .col(uuid("source_id"))
            .col(time("occurred_at"))
            .col(time("created_at"))
            .col(uuid_null("superseded_by"))
            .col(text_null("reason"))
            .foreign_key(&mut refers("indicator_fact", "person_id", "person"))
            .foreign_key(&mut refers(
                "indicator_fact",
                "organisation_id",
                "organisation",
            ))
            .take(),
    ]
}

fn system() -> Vec<TableCreateStatement> {
    vec![
        table("job")
            .col(pk_uuid("id"))
            .col(text("kind"))
            .col(text("dedup_key"))
            .col(json_binary("payload"))
            .col(text("status"))
            .col(integer("attempts").default(0))
            .col(time("run_at"))
            .col(time_null("lease_until"))
            .col(integer("progress_done").default(0))
            .col(integer("progress_total").default(0))
            .col(json_binary_null("output"))
            .col(text_null("last_error"))
            .col(time("created_at"))
            .col(time_null("done_at"))
            .take(),
        table("mistake_report")
            .col(pk_uuid("id"))
            .col(text("page"))
            .col(text("text"))
            .col(text("text_folded"))
            .col(text("locale"))
            .col(time("created_at"))
            .col(time_null("handled_at"))
            .col(uuid_null("handled_by"))
            .foreign_key(&mut refers("mistake_report", "handled_by", "account"))
            .take(),
        table("erasure")
            .col(pk_uuid("id"))
            .col(uuid("person_id"))
            .col(time("requested_at"))
            .col(time("due_at"))
            .col(time_null("withdrawn_at"))
            .col(time_null("done_at"))
            .col(time_null("scrubbed_at"))
            .foreign_key(&mut refers("erasure", "person_id", "person"))
            .take(),
        table("retention_run")
            .col(pk_uuid("id"))
            .col(text("rule"))
            .col(time("before"))
            .col(big_integer("deleted"))
            .col(time("ran_at"))
            .take(),
        table("audit_head")
            .col(integer("id").primary_key())
            .col(big_integer("sequence"))
            .col(text("hash"))
            .take(),
        table("audit_entry")
            .col(big_integer("sequence").primary_key())
            .col(time("at"))
            .col(uuid_null("actor_account_id"))
            .col(text("action"))
            .col(text("subject_kind"))
            .col(text("subject_id"))
            .col(json_binary("detail"))
            .col(text("previous_hash"))
            .col(text("hash"))
            .foreign_key(&mut refers("audit_entry", "actor_account_id", "account"))
            .take(),
    ]
}

/// Every index: first the unique ones, then those for queries.
fn indexes() -> Vec<IndexCreateStatement> {
    [unique(), unique_where(), lookups()].concat()
}

fn unique() -> Vec<IndexCreateStatement> {
    vec![
        index("account", &["email"]).unique().take(),
        index("guest", &["email"]).unique().take(),
        index("organisation", &["registration_number"])
            .unique()
            .take(),
        index("notice_acceptance", &["person_id", "notice", "version"])
            .unique()
            .take(),
        index("enrolment", &["person_id", "course_id", "is_trial"])
            .unique()
            .take(),
        index("attempt", &["enrolment_id", "test_id", "number"])
            .unique()
            .take(),
        index("completion", &["enrolment_id"]).unique().take(),
        index("certificate", &["serial"]).unique().take(),
        index("certificate", &["code"]).unique().take(),
        index("certificate", &["replaces_id"]).unique().take(),
        index("job", &["kind", "dedup_key"]).unique().take(),
    ]
}

/// Unique indexes over the rows that are in force.
fn unique_where() -> Vec<IndexCreateStatement> {
    vec![
        index_named("role_grant_held", "role_grant", &["account_id", "role"])
            .unique()
            .and_where(Expr::col("revoked_at").is_null())
            .take(),
        index_named("affiliation_current", "affiliation", &["person_id"])
            .unique()
            .and_where(Expr::col("until").is_null())
            .take(),
        index_named(
            "attempt_unfinished",
            "attempt",
            &["enrolment_id", "test_id"],
        )
        .unique()
        .and_where(Expr::col("finished_at").is_null())
        .take(),
        index_named(
            "certificate_original",
            "certificate",
            &["source_kind", "source_id"],
        )
        .unique()
        .and_where(Expr::col("replaces_id").is_null())
        .take(),
        index_named(
            "indicator_fact_held",
            "indicator_fact",
            &["indicator_id", "source_kind", "source_id"],
        )
        .unique()
        .and_where(Expr::col("superseded_by").is_null())
        .take(),
    ]
}

fn lookups() -> Vec<IndexCreateStatement> {
    vec![
        index("account", &["person_id"]),
        index("session", &["account_id"]),
        index("session", &["expires_at"]),
        index("email_token", &["account_id"]),
        index("organisation", &["name_folded"]),
        index("organisation", &["status", "created_at"]),
        index("mistake_report", &["created_at"]),
        index("affiliation", &["person_id"]),
        index("affiliation", &["organisation_id"]),
        index_named("attempt_due", "attempt", &["deadline_at"])
            .and_where(Expr::col("finished_at").is_null())
            .take(),
        index("practice_answer", &["enrolment_id", "question_id"]),
        index("completion", &["person_id"]),
        index("certificate", &["person_id"]),
        index("certificate", &["source_id"]),
        index("indicator_fact", &["indicator_id", "person_id"]),
        index("indicator_fact", &["person_id"]),
        index("indicator_fact", &["source_id"]),
        index("job", &["status", "run_at"]),
        index("erasure", &["person_id"]),
        index("audit_entry", &["subject_kind", "subject_id"]),
    ]
}
