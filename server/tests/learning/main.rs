//! Learning as people meet it: the routes, on every database at hand, with the shipped courses.

#![expect(
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that finds something else than it expects fails"
)]

mod access;
mod allowances;
mod attempts;
mod background;
mod cases;
mod counted;
mod handbook;
mod lessons;
mod numbers;
mod overdue;
mod path;
mod paths;
mod reflections;
mod reminders;
mod replacing;
mod search;
mod starting;
mod support;
mod typed;
