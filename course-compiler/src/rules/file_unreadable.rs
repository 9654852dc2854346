//! `file-unreadable`: a file that is not read, or is not text.

use crate::diagnostic::{Diagnostic, Location, Rule, Severity};
use crate::source::{Source, Span};

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

/// The file has more lines or more markup than can be kept in memory.
pub(crate) fn too_long(path: String) -> Diagnostic {
    RULE.in_place(Location::file(path), "the file is too long for one page")
        .help("divide it into several lessons; offer long tables as downloads")
}

/// A table was cut after its first cells.
pub(crate) fn large_table(source: &Source, table: Span, most: usize) -> Diagnostic {
    let first = source.slice(table).lines().next().map_or(0, str::len);
    let line = Span::new(table.start, table.start.saturating_add(first));
    RULE.at(
        source,
        line,
        format!("this table has more than {most} cells, and is not read to its end"),
    )
    .help("keep what readers need here, and put the whole table into `assets` as a download: `[words](../assets/table.csv)`")
}

/// The file could not be parsed.
pub(crate) fn not_parsed(path: String) -> Diagnostic {
    RULE.in_place(
        Location::file(path),
        "the Markdown of this file could not be read",
    )
    .help("this is a mistake of the compiler: report it, with the file")
}
