//! Events of the programme: seminars, discussions, information events and conferences with their sessions.
//!
//! An event is of a kind and a strand of `courses/programme.toml`. It is a draft until it is published, and then
//! cancelled or finished. Organisers are given strands and see the events of those; managers see all.
//!
//! Who comes is recorded by `registrations`. Both write about an event's places only under its lock
//! ([`EventLock`]).

mod model;
mod privacy;
mod store;

pub use model::{Event, EventStatus, Form, Session, status_from_slug, status_slug};
pub use privacy::PersonalEvents;
pub use store::{
    EventFilter, EventLock, EventRow, NewEvent, NewSession, find, granted_strands, insert, lock,
    next_number, page_of, publish, set_capacity,
};

#[cfg(test)]
pub(crate) use model::sample;
