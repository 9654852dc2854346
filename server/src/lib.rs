//! The server of Iespēja: pages, rules and records of an e-learning programme on equal opportunities.
//!
//! There is one module for each area (`accounts`, `organisations`, `people`, `learning`, `handbook`,
//! `certificates`, `programme`, `mail`, `jobs`, `audit`, `site`, `demo`), all with the same structure; `app`
//! puts them together; `http`, `db`, `list`, `config`, `clock`, `telemetry`, `server` and `cli` are used by
//! all. `docs/architecture.md` has the map and the invariants.

pub mod accounts;
pub mod api;
pub mod app;
pub mod audit;
pub mod background;
pub mod backup;
pub mod certificates;
pub mod cli;
pub mod clock;
pub mod config;
pub mod crypt;
pub mod data;
pub mod db;
pub mod demo;
pub mod doctor;
pub mod documents;
pub mod events;
pub mod fonts;
pub mod handbook;
pub mod health;
pub mod http;
pub mod ids;
pub mod input;
pub mod jobs;
pub mod learning;
pub mod list;
pub mod local_time;
pub mod mail;
pub mod operating;
pub mod organisations;
pub mod people;
pub mod personal;
pub mod principal;
pub mod privacy;
pub mod programme;
pub mod random;
pub mod reactions;
pub mod registrations;
pub mod reports;
pub mod search;
pub mod server;
pub mod site;
pub mod source;
pub mod telemetry;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;
#[cfg(test)]
mod views;
