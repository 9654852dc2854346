//! `file-unreadable`: a file that is not read, or is not text.

use crate::diagnostic::{Diagnostic, Location, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    code: "file-unreadable",
    severity: Severity::Error,
    page: include_str!("file_unreadable.md"),
};

/// The file was not read.
pub(crate) fn not_read(path: String, reason: &str) -> Diagnostic {
    RULE.in_place(Location::file(path), format!("this is not read: {reason}"))
        .help("put the file itself into the folder of the course")
}

/// The file is not text.
pub(crate) fn not_text(path: String) -> Diagnostic {
    RULE.in_place(Location::file(path), "the file is not UTF-8 text")
        .help("save it as UTF-8")
}

/// The file could not be parsed.
pub(crate) fn not_parsed(path: String) -> Diagnostic {
    RULE.in_place(
        Location::file(path),
        "the Markdown of this file could not be read",
    )
    .help("this is a mistake of the compiler: report it, with the file")
}
