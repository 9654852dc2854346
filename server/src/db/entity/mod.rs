//! The tables, one module each, as SeaORM entities. Generated code aside, each holds only the row's
//! shape: rules live in the areas, and only their `store.rs` may name an entity.
//!
//! Closed sets of words are enums here (stored as text), so that no query can misspell one. Times are UTC
//! with microseconds, the finest both databases keep; [`crate::clock::Clock`] gives no finer ones. The
//! columns' types and indexes stand in [`crate::db::migration`].

pub mod account;
pub mod affiliation;
pub mod attempt;
pub mod attempt_step;
pub mod audit_entry;
pub mod audit_head;
pub mod certificate;
pub mod certificate_file;
pub mod completion;
pub mod email_token;
pub mod enrolment;
pub mod guest;
pub mod indicator_fact;
pub mod job;
pub mod lesson_progress;
pub mod mistake_report;
pub mod notice_acceptance;
pub mod organisation;
pub mod person;
pub mod practice_answer;
pub mod role_grant;
pub mod serial_counter;
pub mod session;
