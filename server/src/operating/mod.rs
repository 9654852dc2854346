//! Running the platform, for administrators: mails and jobs, whether they wait, are done or failed, with the reason;
//! trying them again, dropping them; and which addresses do not take mails.
//!
//! It has no tables of its own. What is in a mail or in the input of a job is shown to nobody.

mod list;
mod pages;
mod service;
mod state;
pub(crate) mod views;

pub use pages::routes;
pub use state::State;
