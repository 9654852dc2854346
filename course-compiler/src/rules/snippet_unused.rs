//! `snippet-unused`: a snippet that no lesson uses.

use crate::diagnostic::{Diagnostic, Location, Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    code: "snippet-unused",
    severity: Severity::Warning,
    page: include_str!("snippet_unused.md"),
};

/// No lesson uses the snippet in this file.
pub(crate) fn report(path: &str, id: &str) -> Diagnostic {
    RULE.in_place(Location::file(path), "no lesson uses this snippet")
        .help(format!(
            "write `[words](snippet:{id})` where it belongs, or remove the file"
        ))
}
