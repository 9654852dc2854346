//! Errors that every use case can have.

use sea_orm::DbErr;

use crate::accounts::password::HashError;

/// An error that the person who made the request cannot correct.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// A password cannot be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
}
