//! Migrations of the schema, in order, the same for SQLite and PostgreSQL. A migration that was in a release
//! is never edited; a change is a new migration.
//!
//! Rules that hold for every table:
//! - no deferred constraints: SQLite checks them at `COMMIT`, where a violation by one write would fail all
//!   writes that share the commit (see [`crate::db`]);
//! - no `CHECK` on words: the enums of [`super::entity`] hold the lists, and SQLite cannot change a check
//!   without rebuilding its table;
//! - no `ON DELETE`: what is deleted with a person's data will be decided by a use case, not by the schema.

mod m0001_learning;
mod m0002_mails;
mod m0003_accounts;
mod m0004_learning_paths;
mod m0005_merges;
mod m0006_allowances;
mod m0007_languages_and_reflections;
mod m0008_reminders;
mod m0009_events;
mod m0010_mixed_names;
mod m0011_api_tokens;
mod m0012_calendar_feeds;
mod m0013_imports;
mod m0014_messages;
mod statements;

use sea_orm_migration::prelude::*;

/// Runs the migrations.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_learning::Migration),
            Box::new(m0002_mails::Migration),
            Box::new(m0003_accounts::Migration),
            Box::new(m0004_learning_paths::Migration),
            Box::new(m0005_merges::Migration),
            Box::new(m0006_allowances::Migration),
            Box::new(m0007_languages_and_reflections::Migration),
            Box::new(m0008_reminders::Migration),
            Box::new(m0009_events::Migration),
            Box::new(m0010_mixed_names::Migration),
            Box::new(m0011_api_tokens::Migration),
            Box::new(m0012_calendar_feeds::Migration),
            Box::new(m0013_imports::Migration),
            Box::new(m0014_messages::Migration),
        ]
    }
}
