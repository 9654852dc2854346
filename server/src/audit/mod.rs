//! The audit log: who did what to which record, for as long as the installation lives.
//!
//! Entries are only ever added, inside the transaction of what they report ([`record`]). Each holds
//! the hash of the one before it, so that changing or removing one shows ([`verify_chain`]).
//! Knows no other area: they say what happened in their own words.

mod model;
mod store;

pub use model::{Broken, Entry};
pub use store::{Noted, about, note, record, verify_chain};
