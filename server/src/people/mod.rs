//! People: who somebody is, for whom they work, what they were told about their data.
//!
//! A person is apart from how they sign in (`accounts`), and need not have an account: a *guest* has a name
//! and an address. Before they enrol, people fill in three
//! things; `fonts` says which characters of a name a certificate can show. What follows elsewhere from
//! what they say of their work is told through [`OnEmployer`].

mod forms;
mod guests;
mod model;
mod pages;
mod service;
mod state;
mod store;
pub(crate) mod views;

pub use forms::person_name;
pub use guests::{Guest, NewGuest, add_guest, confirm_guest, confirmed_guest, end_guest};
pub use model::{NamedEmployer, PRIVACY_NOTICE_VERSION, PersonName, Readiness, Step};
pub use pages::routes;
pub use service::{
    OnEmployer, accept_privacy_in, add, affiliate, affiliations, count_working_at, guest_addresses,
    have_named, lock, lock_all, named_employers, propose, readiness, rename, working_at,
};
pub use state::State;
pub use store::{NAMES_SQL, Person, PersonLock, PersonRow, full_name, joined, name_holds};

/// A hand-written write about a person, which begins with their lock.
pub type PersonRun = crate::db::lock::LockedRun<Person>;
