//! Registrations for events: who has a place, who waits, what participants need.
//!
//! Places are taken, freed and moved only under the lock of the event ([`events::EventLock`]), in
//! [`places`](self): places are never oversold, a free place does not stay idle while somebody eligible waits, and
//! the waiting list is served in the order of the registrations' numbers.
//!
//! [`events::EventLock`]: crate::events::EventLock

mod forms;
mod group_form;
mod import;
mod link;
mod mails;
mod messages;
mod model;
mod needs;
mod on_change;
mod organise;
mod pages;
mod places;
mod privacy;
mod service;
mod state;
mod store;
#[cfg(test)]
mod tests;
pub(crate) mod views;

pub use forms::{Colleague, RegistrationInput};
pub use import::{
    ImportRegistrations, carry_out as carry_out_import, discard_old as discard_old_imports,
};
pub use model::{
    Cancelled, EndCause, NewRegistration, Origin, Outcome, PENDING_TIME, PlaceCounts, Registration,
    RegistrationState, state_slug,
};
pub use needs::{Needs, set as set_needs};
pub use organise::routes as organiser_routes;
#[cfg(test)]
pub(crate) use organise::{
    AddRegistrationPage, BoardPage, CancelRegistrationsPage, OrganisedRegistrationPage,
    RegistrationsPage,
};
pub(crate) use pages::own_cards;
pub use pages::routes;
pub use places::{
    Effects, PromotionLimit, Refused, accept, cancel, cancel_all, confirm, counts, counts_of,
    decline, promotion_limit, register, resize, settle, substitute,
};
pub use privacy::PersonalRegistrations;
pub use service::own::take_over;
pub use service::substitute::{By, substitute_in};
pub use service::{add, add_in, cancel_in, purge_needs, remind, settle_due};
pub use state::State;
pub use store::merging::{move_registrations, return_registrations};
pub use store::{active_of, find_of, page_of, waiting_numbers};
pub(crate) use views::own::OwnCard;
