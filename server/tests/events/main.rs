//! Events and registrations, through their pages and use cases, on every database at hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a failure is the test's to show"
)]

mod access;
mod announced;
mod editing;
mod feeds;
mod groups;
mod importing;
mod messaging;
mod organised;
mod organising;
mod own;
mod registering;
mod substitutes;
mod support;
