//! Mail: an outbox written in the transaction of what a mail reports, and the delivery from it.
//!
//! [`Composer`] words a mail in its reader's language, [`enqueue`] puts it into the outbox as part of
//! the caller's transaction, [`Outbox::wake`] tells the delivery to look now, and
//! [`delivery::run`] sends what is due until the program ends. A mail is sent at least once: it is
//! leased, so that a sender that dies gives it back.
//!
//! Knows no other area, only addresses and words.

mod address;
pub mod composer;
pub mod delivery;
mod model;
mod store;
pub mod transport;

pub use address::{Email, EmailProblem, LONGEST_EMAIL, as_stored, readable};
pub use composer::Composer;
pub use delivery::Outbox;
pub use model::{Mail, file_name};
pub use store::{enqueue, find};
