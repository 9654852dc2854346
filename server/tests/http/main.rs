//! What every route promises whatever comes: right methods, clear refusals, bounded connections,
//! closed files.

#[cfg(unix)]
mod program;
mod routes;
mod sockets;
