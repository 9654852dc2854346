//! Jobs: work outside a request, asked for in the transaction that needs it.
//!
//! An area queues with [`enqueue`] and, once its transaction is committed, rings
//! [`Bell::wake`]; unrung work is found by polling. [`run`] takes what is due under a lease and
//! hands it to the worker registered for its kind. A job runs at least once: a runner that dies
//! gives it back when its lease ends, so workers do nothing twice that must happen once. A failed
//! job waits longer each time and is dead in the end, with its error kept.
//!
//! [`Schedule`] is for what happens now and then without anybody asking.
//! Knows no other area: they register what they can do.

mod model;
mod runner;
mod schedule;
mod store;
#[cfg(test)]
mod tests;

pub use model::{Failure, Worker, Workers};
pub use runner::{Bell, run, run_due};
pub use schedule::{Schedule, Task};
pub use store::{discard, enqueue};
