//! Registrations from a file: XLSX or CSV.
//!
//! A file is read within bounds ([`table`](self)), its columns and rows are checked, and what was found is kept
//! encrypted until the organiser has seen it and decides. Carrying it out is a job that registers some rows in each
//! transaction, together with how far it is, so that each row is done once, also after a crash.
//!
//! The rows are kept in a table and not in the form of the page: five thousand of them are more than a form may hold,
//! and a job needs them after the page was left. They are deleted as soon as they are carried out or discarded, when
//! the same person checks another file for the event, and a day after they were read.

mod check;
mod model;
mod pages;
mod service;
mod store;
mod table;
pub(crate) mod views;

pub(super) use pages::routes;
pub use service::{ImportRegistrations, carry_out, discard_old};
pub(super) use service::{forget, made_by};
