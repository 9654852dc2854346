//! Jobs: work outside a request, queued in the transaction that needs it.
//!
//! A kind of work is a type that implements [`Job`]. An area queues one with [`enqueue`] and, once its
//! transaction is committed, calls [`Notifier::wake`]; the queue is also polled. [`run`] takes due jobs under
//! a lease and calls the worker registered for their kind ([`Workers::with`]). A job runs at least once: when
//! a runner crashes, another takes the job after the lease, so workers have to be idempotent. A failed job is
//! retried after growing delays and is dead after the last; its error is stored. The progress of a job can be
//! read with [`find`].
//!
//! [`Schedule`] runs periodic tasks.
//!
//! This area depends on no other: a worker is registered together with what it needs.

mod model;
mod notifier;
mod privacy;
mod runner;
mod schedule;
mod store;
#[cfg(test)]
mod tests;
mod worker;

pub use model::{Failure, Job, JobFilter, JobSummary, PHASES, Phase, Retry};
pub use notifier::Notifier;
pub use privacy::FinishedJobs;
pub use runner::{run, run_due};
pub use schedule::Schedule;
pub use store::{
    JobState, Queued, cancel, count_dead, drop_job, enqueue, find, list, newest, one, queued,
    retry, stuck_since,
};
pub use worker::{JobRun, Queue, Workers};
