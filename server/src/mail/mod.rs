//! Mail: writing, queueing and sending mails.
//!
//! [`Composer`] writes a mail in its reader's language, [`enqueue`] queues it as a job in the caller's
//! transaction (which then calls [`crate::jobs::Notifier::wake`]), and the worker of [`SendMail`] sends it. A
//! mail is sent at least once.
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
pub use delivery::workers;
pub use model::{Attachment, Body, Mail, SendMail, file_name};
pub use privacy::PersonalMails;
pub use store::{enqueue, queued};
pub use transport::Transport;
