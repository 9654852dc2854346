//! The guarantees of every route for any request: correct methods, clear errors, limited connections,
//! restricted access to files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a failure is the test's to show"
)]

mod api;
mod api_tokens;
#[cfg(unix)]
mod destinations;
mod logged;
mod media;
#[cfg(unix)]
mod operating;
mod program;
mod reports;
mod routes;
mod sockets;
mod upload;
