//! The programme: what it promised, what counts towards it, and the proof of every counted head.
//!
//! Facts come from other areas through [`record`] and are append-only; indicators are
//! configuration (`courses/programme.toml`). This area knows of sources only their kind and id: it
//! never looks into learning or events.

mod chart;
mod config;
mod indicator;
mod list;
mod model;
mod pages;
mod service;
mod state;
mod store;
#[cfg(test)]
mod tests;
pub(crate) mod views;

pub use config::ProgrammeError;
pub use indicator::{Programme, UNCOUNTED, UNNAMED};
pub use model::NotCounted;
pub use pages::routes;
pub use service::{
    KIND_CORRECTED, Qualifying, counts_of_all, not_counted, reassess_organisation, reconsider,
    record,
};
pub use state::{CatchUp, State};
