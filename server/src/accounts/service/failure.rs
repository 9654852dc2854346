//! What can fail in every use case.

use sea_orm::DbErr;

use crate::accounts::password::HashError;

/// What the person asking can do nothing about.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// A password cannot be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
}
