//! The register of organisations: where people work, of which kind each organisation is, and whether the
//! programme counts it.
//!
//! Organisations are imported or proposed by people, and a programme manager approves or rejects them. Other
//! areas react to a decision through the trait [`OnChange`]: this area depends on none of those that refer to
//! organisations.

mod forms;
mod list;
mod merging;
mod model;
mod pages;
mod privacy;
mod service;
mod state;
mod store;
pub(crate) mod views;

pub use forms::{OrganisationInput, OrganisationName, RawOrganisation, Reason};
pub use merging::{MergeError, Merging, UndoError, merge, undo as undo_merge};
pub use model::{
    Dependants, KINDS, Merge, Organisation, OrganisationKind, OrganisationStatus, Returned,
    kind_from_slug, kind_slug, status_slug,
};
pub use pages::routes;
pub use privacy::PersonalOrganisations;
pub use service::{
    OnChange, OrganisationChange, add_approved, approve, by_ids, by_names, correct, count_proposed,
    decision_reason, find, find_or_propose, lock, propose, search, with_number,
};
pub use state::State;
pub use store::{
    NAMED_SQL, NamedOrganisation, OrganisationLock, STATUSES_SQL, in_order_of_names, joined, moved,
    name_holds, note_moved,
};
