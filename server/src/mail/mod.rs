//! Mail: what is worded for somebody, and how it reaches them.
//!
//! [`Composer`] words a mail in its reader's language, [`enqueue`] queues it as a job in the caller's transaction
//! (which then calls [`crate::jobs::Notifier::wake`]), and the worker of [`SendMail`] hands it over. A mail is
//! sent at least once.
//!
//! Knows no other area but the queue, only addresses and words.

mod address;
mod composer;
mod delivery;
mod model;
mod store;
mod transport;

pub use address::{Email, EmailProblem, LONGEST_EMAIL, as_stored, readable};
pub use composer::Composer;
pub use delivery::workers;
pub use model::{Attachment, Body, Mail, SendMail, file_name};
pub use store::{enqueue, queued};
pub use transport::Transport;
