//! In which order texts stand that people read.

/// The collation of texts that people read in order, such as names; both databases have it under this name:
/// PostgreSQL from its ICU (made with the tables), SQLite from [`crate::text::compare_latvian`] (given to every
/// connection). No column or index is declared with it, so that any SQLite program can open the file. An older
/// ICU of a PostgreSQL server may order long vowels as the short ones.
pub const LATVIAN_ORDER: &str = "latvian";
