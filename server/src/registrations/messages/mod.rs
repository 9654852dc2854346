//! Messages that organisers send to the participants of an event.
//!
//! A message has an id from its form on, so that a form that is sent twice sends it once; its mails are queued in the
//! transaction that records it, one for each registration. Before a mail is sent, it is asked once more whether the
//! registration is still in force.

mod forms;
mod mail;
mod model;
mod pages;
mod service;
mod store;
pub(crate) mod views;

pub(super) use mail::is_wanted;
pub(super) use pages::routes;
pub(super) use service::{by, delete_old, forget};
