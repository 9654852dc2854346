//! The use cases of learning; each has its own transaction.
//!
//! Every write starts with the person's lock ([`crate::people::lock`]): writes about one person are
//! serialised, and pages cached before the write are not shown after it.
//!
//! An attempt can end by time alone, without a write. So every function that reads the progress of a person
//! first finishes overdue attempts ([`enrolled`], [`enrolments`], [`attempt::begun`], [`attempt::state_of`]),
//! and a periodic task does the same for all others ([`attempt::end_overdue`]). A transaction that finishes
//! an attempt returns `Err` only for errors of the database; a refusal is part of its `Ok`, because an `Err`
//! would roll it back.

pub(super) mod allowance;
pub mod attempt;
mod closing;
pub(super) mod completion;
mod enrolment;
pub mod lesson;
pub(super) mod path;
pub(super) mod reminder;

use sea_orm::DbErr;

use super::State;

pub(super) use enrolment::Enrolled;
#[cfg(test)]
pub(crate) use enrolment::samples;
pub(super) use enrolment::see_changes;
pub use reminder::remind;

pub use enrolment::{arrive, complete_all_met, courses_of, enrol, enrolled, enrolments};

/// Finishes the attempts whose time is over. Called by the schedule, and before figures are shown that depend
/// on it; costs one query if there is nothing to do.
///
/// # Errors
/// The database fails.
pub async fn catch_up(state: &State) -> Result<(), DbErr> {
    let context = state.context(&state.courses.current());
    let ended = attempt::end_overdue(&context).await?;
    if ended > 0 {
        tracing::info!(ended, "attempts whose time was over were marked");
    }
    Ok(())
}
