//! Mail: writing, queueing and sending mails.
//!
//! [`Composer`] writes a mail in its reader's language, [`enqueue`] queues it as a job in the caller's
//! transaction (which then calls [`crate::jobs::Notifier::wake`]), and the worker of [`SendMail`] sends it. A
//! mail is sent at least once.
//!
//! Which addresses do not take mails is recorded here ([`refusal_of`]): a mail server refused one for good, or an
//! administrator saw a mail come back. How many mails an address gets within a day is bounded.
//!
//! This area depends only on the job queue.

mod address;
mod composer;
mod delivery;
mod model;
mod privacy;
mod store;
mod transport;

pub use address::{Email, EmailProblem, LONGEST_EMAIL, as_stored, readable};
pub use composer::Composer;
pub use delivery::{Delivery, StillWanted, workers};
pub use model::{Attachment, Body, Mail, SendMail, file_name};
pub use privacy::PersonalMails;
pub use store::{REFUSED_SQL, Refusal, accept, enqueue, queued, refusal_of, refuse};
pub use transport::{Transport, sender_address};
