//! The error of a write that was not let finish.

use sea_orm::{DbErr, RuntimeErr};

/// As the database would say it.
pub(super) fn interrupted(reason: &str) -> DbErr {
    DbErr::Exec(RuntimeErr::Internal(reason.to_owned()))
}
