//! Privacy: the download of one's own data, erasure, and retention. What there is about a person, the areas know
//! ([`crate::personal`]); this area carries out what is asked.
//!
//! A person asks for erasure with their password. It is carried out a week later and can be taken back until
//! then; what is kept, without their name, is said before they ask.

mod forms;
mod model;
mod pages;
mod records;
mod service;
mod state;
mod store;
pub(crate) mod views;

pub use model::{Applied, GRACE};
pub use pages::routes;
pub use records::PersonalErasures;
pub use service::{apply_rules, erase_due};
pub use state::{OwnPassword, Retention, Rules, State};
