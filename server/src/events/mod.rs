//! Events of the programme: seminars, discussions, information events and conferences with their sessions.
//!
//! An event is of a kind and a strand of `courses/programme.toml`. It is a draft until it is published, and then
//! cancelled or finished. Organisers are given strands and see the events of those; managers see all.
//!
//! Who comes is recorded by `registrations`. Both write about an event's places only under its lock
//! ([`EventLock`]).

mod calendar;
mod forms;
mod list;
mod model;
mod pages;
mod privacy;
mod service;
mod state;
mod store;
pub(crate) mod views;

pub use calendar::{Attendee, CalendarMethod, CalendarSource, FeedEntry};
pub use model::{
    Event, EventStatus, Form, Places, Session, Strands, form_slug, status_from_slug, status_slug,
};
pub use pages::routes;
pub(crate) use pages::{found_cards, next_cards, next_events};
pub use privacy::PersonalEvents;
pub use service::{OnEventChange, Refusal, for_organiser, give_strand, strands_of};
pub(crate) use service::{Stored, stored};
pub use state::State;
pub use store::{
    EventFilter, EventLock, EventRow, Material, NewEvent, NewMaterial, NewSession,
    beginning_within, find, find_all, insert, lock, materials, needs_kept_until, next_number,
    page_of, publish, set_cancelled, set_capacity, set_materials,
};
#[cfg(test)]
pub(crate) use views::organised::sample_stored;
#[cfg(test)]
pub(crate) use views::sample_programme;
pub(crate) use views::{organised::OrganisedEventView, public::EventCard};

#[cfg(test)]
pub(crate) use model::sample;
