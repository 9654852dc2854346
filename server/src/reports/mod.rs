//! Mistakes that people find on pages, told to the authors with the page they are on.
//!
//! Nothing is kept of who found one, and nobody is answered: for that there is the page of help. What was seen to
//! is deleted after [`service::KEPT`].

mod forms;
mod list;
mod model;
mod pages;
mod service;
mod state;
mod store;
pub(crate) mod views;

pub use pages::routes;
pub use service::delete_old;
pub use state::State;
