//! The database layer on every supported database: the guarantees of the schema and of writes, and
//! the errors when a database cannot be opened.
#![expect(
    clippy::unwrap_used,
    reason = "tests, and what they share, stop at the first surprise"
)]

mod connecting;
mod measuring;
mod rows;
mod schema;
mod writing;
