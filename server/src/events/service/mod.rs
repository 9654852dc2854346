//! The use cases of events; each has its own transaction.

mod announced;
mod editing;
mod noting;
mod on_change;
mod organisers;
mod reading;

pub(super) use announced::{
    announced, announced_filters, announced_one, coming, materials, next, search,
};
pub(super) use editing::{EditError, announce, cancel, create, delete, duplicate, missing, update};
pub(crate) use editing::{Stored, stored};

pub use on_change::{OnEventChange, Refusal};
pub use organisers::give as give_strand;
pub(super) use organisers::{OrganiserRow, change_strand, organisers};
pub(super) use reading::{Listed, filters, organised, places_of};
pub use reading::{for_organiser, strands_of};
