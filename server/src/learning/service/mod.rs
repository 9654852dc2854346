//! The use cases of learning; each owns its transaction.
//!
//! Every write begins with the person's lock ([`crate::people::lock`]): writes about one person follow each other,
//! and pages rendered before the write are not shown after it.
//!
//! Time ends attempts without anybody writing. Whoever reads how somebody stands therefore ends first what
//! is over ([`enrolled`], [`enrolments`], [`attempt::begun`], [`attempt::state_of`]); a task of the schedule
//! does the same for those whom nobody looks at ([`attempt::end_overdue`]). A write that ends an attempt
//! fails with the database and with nothing else: what is refused afterwards is said in its `Ok`, because an
//! `Err` would undo the end.

pub mod attempt;
mod closing;
pub(super) mod completion;
mod enrolment;
pub mod lesson;

use sea_orm::DbErr;

use super::State;

pub(super) use enrolment::Enrolled;
#[cfg(test)]
pub(super) use enrolment::samples;
pub use enrolment::{enrol, enrolled, enrolments};

/// Writes what time alone has brought about: marks the attempts at tests whose time is over. By the
/// schedule, and before figures are shown that it may change; costs one read when there is nothing to do.
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
