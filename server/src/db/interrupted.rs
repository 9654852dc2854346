//! The error of a write that was interrupted.

use sea_orm::{DbErr, RuntimeErr};

/// As a database error.
pub(super) fn interrupted(reason: &str) -> DbErr {
    DbErr::Exec(RuntimeErr::Internal(reason.to_owned()))
}
