//! The tables, one module each, as SeaORM entities. They contain only the shape of a row: rules are in the
//! areas, and only an area's `store.rs` and `privacy.rs` use an entity.
//!
//! Fixed sets of words are enums here (stored as text), so that no query can misspell one. Times are in UTC
//! with microseconds, the finest precision of both databases; [`crate::clock::Clock`] gives no finer ones.
//! The types of columns and the indexes are in [`crate::db::migration`].

pub mod account;
pub mod affiliation;
pub mod api_token;
pub mod attempt;
pub mod attempt_step;
pub mod audit_entry;
pub mod audit_head;
pub mod calendar_feed;
pub mod certificate;
pub mod certificate_file;
pub mod certificate_translation;
pub mod completion;
pub mod email_token;
pub mod enrolment;
pub mod erasure;
pub mod event;
pub mod event_material;
pub mod event_message;
pub mod event_session;
pub mod former_email;
pub mod guest;
pub mod idempotency_key;
pub mod indicator_fact;
pub mod job;
pub mod lesson_progress;
pub mod mail_refusal;
pub mod mistake_report;
pub mod notice_acceptance;
pub mod organisation;
pub mod organisation_merge;
pub mod organisation_move;
pub mod path_completion;
pub mod path_enrolment;
pub mod person;
pub mod practice_answer;
pub mod recovery_code;
pub mod registration;
pub mod registration_import;
pub mod registration_needs;
pub mod reminder;
pub mod reminder_stop;
pub mod retention_run;
pub mod role_grant;
pub mod second_factor;
pub mod serial_counter;
pub mod session;
pub mod strand_grant;
pub mod test_allowance;
