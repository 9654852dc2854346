//! The audit log: who changed which record. Entries are kept for the life of the installation.
//!
//! Entries are only added, in the transaction of the change that they describe ([`record`]). Each entry
//! contains the hash of the one before it, so that a changed or removed entry is detected ([`verify_chain`]).
//! This area depends on no other area: they name their actions themselves.

mod model;
mod privacy;
mod store;

pub use model::{AuditEntry, Broken};
pub use privacy::PersonalEntries;
pub use store::{Noted, about, note, record, verify_chain};
