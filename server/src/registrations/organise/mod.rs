//! What organisers see of an event with its registrations, and what they do with these: the board of the event, the
//! list of its registrations, one of them, adding somebody by hand.
//!
//! An event of a strand that an organiser was not given does not exist for them
//! ([`events::for_organiser`](crate::events::for_organiser)).

mod forms;
mod list;
mod model;
mod pages;
mod service;
mod store;
mod views;

pub use pages::routes;
#[cfg(test)]
pub(crate) use views::{
    add::AddRegistrationPage, board::BoardPage, cancel::CancelRegistrationsPage,
    list::RegistrationsPage, one::OrganisedRegistrationPage,
};
