//! The programme: what it promised, what counts towards it, and the proof of every counted head.
//!
//! Facts come from other areas through [`record`] and are append-only; indicators are
//! configuration (`courses/programme.toml`). This area knows of sources only their kind and id: it
//! never looks into learning or events.

mod chart;
pub mod config;
pub mod indicator;
pub mod list;
pub mod model;
pub mod pages;
pub mod service;
mod state;
mod store;
#[cfg(test)]
mod tests;
pub mod views;

pub use config::ProgrammeError;
pub use indicator::{Programme, UNCOUNTED, UNNAMED};
pub use model::NotCounted;
pub use pages::routes;
pub use service::{
    KIND_CORRECTED, Qualifying, not_counted, reassess_organisation, reconsider, record,
};
pub use state::{CatchUp, State};
