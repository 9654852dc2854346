//! The programme: its indicators, the facts that they count, and the evidence of every counted person.
//!
//! Facts come from other areas through [`record`] and are append-only. Indicators are configuration
//! (`courses/programme.toml`). The record behind a fact is known here only by its kind and id; this area does
//! not depend on learning or events.

mod chart;
mod config;
mod events;
mod indicator;
mod list;
mod model;
mod pace;
mod pages;
mod privacy;
mod service;
mod state;
mod store;
#[cfg(test)]
mod tests;
pub(crate) mod views;

pub use config::ProgrammeError;
pub use events::{
    AUDIENCES, EventAudience, EventKind, KindMaterial, MOST_PLACES, Strand, admits,
    audience_from_slug, audience_slug, is_https_link, is_material_link,
};
pub use indicator::{Programme, UNCOUNTED, UNNAMED};
pub use model::NotCounted;
pub use pages::routes;
pub use privacy::PersonalFacts;
pub use service::{
    KIND_CORRECTED, MovedFacts, Qualifying, count_facts_of, counts_of_all, move_facts, moved_facts,
    not_counted, reassess_organisation, reconsider, record, return_facts,
};
pub use state::{CatchUp, State};
