//! People: who somebody is, for whom they work, what they were told about their data; and the
//! register of organisations.
//!
//! A person is apart from how they sign in (`accounts`). Before they enrol, people fill in three
//! things; `certificates` says which characters of a name it can show. Organisations come from a
//! register or are proposed by people and decided on by a programme manager.

pub mod forms;
pub mod model;
pub mod pages;
pub mod service;
mod store;
pub mod views;

pub use model::{PRIVACY_NOTICE_VERSION, Readiness, Step, fold};
pub use service::readiness;
pub use store::{full_name, touch, touching};
