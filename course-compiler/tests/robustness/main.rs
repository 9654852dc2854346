//! Inputs that nobody means well: bytes of every kind, addresses that run something, paths that lead elsewhere.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![expect(
    clippy::expect_used,
    reason = "a broken promise says what was promised"
)]

mod bytes;
mod outside;
mod promises;
mod urls;

/// A course that compiles, but for what a test puts in the place of a file.
const COURSE: &str = "id = \"k\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\n\
    source_language = \"lv\"\ntitle = { lv = \"K\", en = \"K\" }\nsummary = { lv = \"K\", en = \"K\" }\n";

/// The lines above a lesson.
const HEAD: &str = "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n";
