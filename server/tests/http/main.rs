//! What every route promises whatever comes: right methods, clear refusals, bounded connections,
//! closed files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a failure is the test's to show"
)]

#[cfg(unix)]
mod destinations;
mod logged;
mod media;
mod program;
mod reports;
mod routes;
mod sockets;
mod upload;
