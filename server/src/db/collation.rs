//! The collation of texts that are shown in alphabetical order.

/// The collation for texts such as names. Both databases have it under this name: PostgreSQL from its ICU
/// library (created with the tables), SQLite from [`crate::text::compare_latvian`] (registered on every
/// connection). No column or index is declared with it, so that any SQLite program can open the file. An
/// older ICU library on a PostgreSQL server may treat long and short vowels as equal.
pub const LATVIAN_ORDER: &str = "latvian";
