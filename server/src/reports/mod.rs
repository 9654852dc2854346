//! Reports of mistakes on pages, for the authors.
//!
//! The reporter's identity is not stored, and reports get no answer; the page of help is for questions. Handled
//! reports are deleted after a year.

mod forms;
mod list;
mod model;
mod pages;
mod privacy;
mod service;
mod state;
mod store;
pub(crate) mod views;

pub use pages::routes;
pub use privacy::HandledReports;
pub use state::State;
