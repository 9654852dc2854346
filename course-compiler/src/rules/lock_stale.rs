//! `lock-stale`: `course.lock` does not match the course.

use crate::diagnostic::{Diagnostic, Location, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    code: "lock-stale",
    severity: Severity::Warning,
    page: include_str!("lock_stale.md"),
};

/// The lock lacks ids, or has other texts for them.
pub(crate) fn stale(path: String, missing: bool) -> Diagnostic {
    let message = if missing {
        "the course has no `course.lock`"
    } else {
        "`course.lock` is older than the course"
    };
    RULE.in_place(Location::file(path), message)
        .help("run `course lock` and commit the file, so that ids survive the next edit")
}

/// The lock cannot be read.
pub(crate) fn unreadable(path: String, reason: &str) -> Diagnostic {
    let mut diagnostic = RULE
        .in_place(
            Location::file(path),
            format!("`course.lock` cannot be read: {reason}"),
        )
        .help("take it back from version control; do not edit it by hand");
    diagnostic.severity = Severity::Error;
    diagnostic
}
