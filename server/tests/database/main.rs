//! The database layer on every database it is for: the schema's promises, what writes may rely on, and
//! what is said when a database cannot be opened.
#![expect(
    clippy::unwrap_used,
    reason = "tests, and what they share, stop at the first surprise"
)]

mod connecting;
mod measuring;
mod rows;
mod schema;
mod writing;
