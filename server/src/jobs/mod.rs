//! Jobs: work outside a request, asked for in the transaction that needs it.
//!
//! What is to be done is a type, a [`Job`]. An area queues one with [`enqueue`] and, once its transaction is
//! committed, calls [`Notifier::wake`]; work that nobody announced is found by polling. [`run`] takes what is due
//! under a lease and hands it to the worker registered for its kind ([`Workers::with`]). A job runs at least once:
//! a runner that dies gives it back when its lease ends, so workers do nothing twice that must happen once. A failed
//! job waits longer each time and is dead in the end, with its error kept. Whoever queued it may look how far it has
//! come ([`find`]).
//!
//! [`Schedule`] is for what happens now and then without anybody asking.
//!
//! Knows no area: what a worker needs, it was given when it was registered.

mod model;
mod notifier;
mod runner;
mod schedule;
mod store;
#[cfg(test)]
mod tests;
mod worker;

pub use model::{Failure, Job, Retry};
pub use notifier::Notifier;
pub use runner::{run, run_due};
pub use schedule::Schedule;
pub use store::{Queued, State, cancel, enqueue, find, queued};
pub use worker::{Queue, Run, Workers};
