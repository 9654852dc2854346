//! The register of organisations: what people work for, of which kind, and whether the programme counts
//! it.
//!
//! Organisations come with the register or are proposed by people, and a programme manager decides on
//! them. What follows elsewhere from a decision is told through [`OnChange`]: this area lies below those
//! that refer to organisations, and knows none of them.

mod forms;
mod list;
mod model;
mod pages;
mod service;
mod state;
mod store;
pub(crate) mod views;

pub use forms::{
    ORGANISATION as ORGANISATION_FIELDS, organisation as read_form,
    organisation_typed as form_as_typed,
};
pub use model::{
    KINDS, Kind, Organisation, OrganisationInput, OrganisationName, Reason, Status, kind_from_slug,
    kind_slug, status_slug,
};
pub use pages::routes;
pub use service::{
    Change, OnChange, add_approved, approve, by_ids, correct, count_proposed, decision_reason,
    find, find_or_propose, lock, search,
};
pub use state::State;
pub use store::{NAMED_SQL, NamedOrganisation, OrganisationLock, STATUSES_SQL, joined};
