//! People: names, employers, guests, and the privacy notice.
//!
//! A person is a record of its own, apart from how they sign in (`accounts`), and need not have an account: a
//! *guest* has a name and an e-mail address. Before enrolling, people complete three steps: name,
//! organisation, privacy notice. The module `fonts` knows which characters of a name a certificate can show.
//! Other areas react to a change of employer through the trait [`OnEmployer`].

mod forms;
mod guests;
mod list;
mod model;
mod pages;
mod privacy;
mod service;
mod state;
mod store;
pub(crate) mod views;

pub use forms::{FAMILY_NAME, GIVEN_NAME, PersonName, RawNames, SINGLE_NAME};
pub use guests::{
    Guest, NewGuest, add_guest, confirm_guest, confirmed_guest, end_guest, guest_with,
};
pub use list::{lists_mixed_names, marked_name, name_filter};
pub use model::{NamedEmployer, PRIVACY_NOTICE_VERSION, Readiness, Step};
pub use pages::routes;
pub use privacy::PersonalPeople;
pub use service::{
    OnArrival, OnEmployer, accept_privacy_in, add, affiliate, affiliations, affiliations_at,
    checked_names, count_working_at, guest_addresses, have_named, known_words, lock, lock_all,
    move_affiliations, named_employers, propose, readiness, rename, return_affiliations,
    working_at,
};
pub use state::State;
pub use store::{
    NAMES_SQL, Person, PersonLock, PersonRow, SIGNED_IN_SQL, full_name, joined, name_holds,
    name_is_mixed,
};

/// A hand-written write about a person, which starts with their lock.
pub type PersonRun = crate::db::lock::LockedRun<Person>;
